package dev.freezeframe.ledger;

import static dev.freezeframe.ledger.Rows.EXECUTION;
import static dev.freezeframe.ledger.Rows.OTHER_EXECUTION;
import static dev.freezeframe.ledger.Rows.RUN;
import static dev.freezeframe.ledger.Rows.SERVER;
import static dev.freezeframe.ledger.Rows.TWO;
import static dev.freezeframe.ledger.Rows.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.ledger.dynamo.LedgerUnderTest;
import dev.freezeframe.ledger.run.OutcomeRow;
import dev.freezeframe.ledger.run.OutcomeRow.Status;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the backup of one instance ended. */
interface OutcomeContract extends LedgerUnderTest {

  @Test
  default void anOutcomeIsEmptyUntilThereIsOne() {
    assertThat(ledger().outcome(RUN, SERVER)).isEmpty();
  }

  @Test
  default void aFailureIsReplacedByWhateverComesLater() {
    ledger().recordOutcome(outcome(SERVER, EXECUTION, "first", TWO));
    OutcomeRow redriven = outcome(SERVER, EXECUTION, "redriven", TWO.plusSeconds(60));
    OutcomeRow other =
        outcome(SERVER, OTHER_EXECUTION, Status.SUCCEEDED, "another", TWO.plusSeconds(90));

    assertThat(ledger().recordOutcome(redriven)).isEqualTo(redriven);
    assertThat(ledger().recordOutcome(other)).isEqualTo(other);
    assertThat(ledger().outcome(RUN, SERVER)).contains(other);
  }

  @ParameterizedTest
  @EnumSource(value = Status.class, names = "FAILED", mode = EnumSource.Mode.EXCLUDE)
  default void aSuccessAndASkipOutliveAnyFailure(Status status) {
    OutcomeRow first = outcome(SERVER, EXECUTION, status, "first", TWO);
    ledger().recordOutcome(first);

    assertThat(ledger().recordOutcome(outcome(SERVER, EXECUTION, "late", TWO.plusSeconds(60))))
        .isEqualTo(first);
    assertThat(
            ledger().recordOutcome(outcome(SERVER, OTHER_EXECUTION, "other", TWO.plusSeconds(60))))
        .isEqualTo(first);
    assertThat(ledger().outcome(RUN, SERVER)).contains(first);
  }

  @Test
  default void aSkipIsReplacedByASuccessAndASuccessByNothing() {
    ledger().recordOutcome(outcome(SERVER, OTHER_EXECUTION, Status.SKIPPED, "skipped", TWO));
    OutcomeRow success =
        outcome(SERVER, EXECUTION, Status.SUCCEEDED, "completed", TWO.plusSeconds(60));
    OutcomeRow late =
        outcome(SERVER, OTHER_EXECUTION, Status.SUCCEEDED, "late", TWO.plusSeconds(90));

    assertThat(ledger().recordOutcome(success)).isEqualTo(success);
    assertThat(ledger().recordOutcome(late)).isEqualTo(success);
    assertThat(ledger().outcome(RUN, SERVER)).contains(success);
  }

  @Test
  default void aFailureIsNotReplacedByAnEarlierOne() {
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
