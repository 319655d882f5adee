package dev.freezeframe.ledger;

import static dev.freezeframe.ledger.Rows.EXECUTION;
import static dev.freezeframe.ledger.Rows.OTHER_EXECUTION;
import static dev.freezeframe.ledger.Rows.RUN;
import static dev.freezeframe.ledger.Rows.SERVER;
import static dev.freezeframe.ledger.Rows.TWO;
import static dev.freezeframe.ledger.Rows.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How the backup of one instance ended. */
interface OutcomeContract extends LedgerUnderTest {

  @Test
  default void anOutcomeIsEmptyUntilThereIsOne() {
    assertThat(ledger().outcome(RUN, SERVER)).isEmpty();
  }

  @Test
  default void anOutcomeOfTheSameExecutionIsReplaced() {
    ledger().recordOutcome(outcome(SERVER, EXECUTION, "first", TWO));
    OutcomeRow redriven = outcome(SERVER, EXECUTION, "redriven", TWO.plusSeconds(60));

    assertThat(ledger().recordOutcome(redriven)).isEqualTo(redriven);
    assertThat(ledger().outcome(RUN, SERVER)).contains(redriven);
  }

  @Test
  default void anOutcomeOfAnotherExecutionIsNotReplaced() {
    OutcomeRow first = outcome(SERVER, EXECUTION, "first", TWO);
    ledger().recordOutcome(first);

    assertThat(
            ledger().recordOutcome(outcome(SERVER, OTHER_EXECUTION, "second", TWO.plusSeconds(60))))
        .isEqualTo(first);
    assertThat(ledger().outcome(RUN, SERVER)).contains(first);
  }

  @Test
  default void anOutcomeIsNotReplacedByAnEarlierOneOfItsOwnExecution() {
    OutcomeRow redriven = outcome(SERVER, EXECUTION, "redriven", TWO.plusSeconds(60));
    ledger().recordOutcome(redriven);

    assertThat(ledger().recordOutcome(outcome(SERVER, EXECUTION, "first", TWO)))
        .isEqualTo(redriven);
  }

  @Test
  default void anOutcomeMayHaveComeToNothing() {
    OutcomeRow skipped =
        new OutcomeRow(
            RUN,
            SERVER,
            EXECUTION,
            OutcomeRow.Status.SKIPPED,
            Optional.empty(),
            "the agent is offline",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            Optional.empty(),
            List.of(),
            TWO);
    ledger().recordOutcome(skipped);

    assertThat(ledger().outcome(RUN, SERVER)).contains(skipped);
  }
}
