package dev.freezeframe.ledger;

import static dev.freezeframe.ledger.Rows.EXECUTION;
import static dev.freezeframe.ledger.Rows.OTHER_EXECUTION;
import static dev.freezeframe.ledger.Rows.RUN;
import static dev.freezeframe.ledger.Rows.TWO;
import static dev.freezeframe.ledger.Rows.freeze;
import static dev.freezeframe.ledger.Rows.instance;
import static dev.freezeframe.ledger.Rows.outcome;
import static dev.freezeframe.ledger.Rows.page;
import static dev.freezeframe.ledger.Rows.run;
import static dev.freezeframe.ledger.Rows.summary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.ledger.dynamo.LedgerUnderTest;
import dev.freezeframe.ledger.run.OutcomeRow;
import dev.freezeframe.ledger.run.RunRow;
import dev.freezeframe.ledger.run.RunSummary;
import dev.freezeframe.ledger.run.RunView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A run. */
interface RunContract extends LedgerUnderTest {

  @Test
  default void aRunIsHeldByTheExecutionThatClaimsItFirst() {
    assertThat(ledger().claimRun(run(EXECUTION))).isEqualTo(run(EXECUTION));
    assertThat(ledger().claimRun(run(OTHER_EXECUTION))).isEqualTo(run(EXECUTION));
    assertThat(ledger().run(RUN).run()).contains(run(EXECUTION));
  }

  @Test
  default void aRunCanBeClaimedTwiceByTheSameExecutionAndKeepsItsFirstStart() {
    ledger().claimRun(run(EXECUTION));
    RunRow again =
        new RunRow(
            RUN, Rows.DAILY, TWO, EXECUTION, TWO.plus(Duration.ofHours(1)), Optional.empty());

    assertThat(ledger().claimRun(again)).isEqualTo(run(EXECUTION));
  }

  @Test
  default void aRunShowsItsSummaryToALateClaim() {
    ledger().claimRun(run(EXECUTION));
    ledger().recordSummary(RUN, summary("5 of 6", TWO), EXECUTION);

    assertThat(ledger().claimRun(run(OTHER_EXECUTION)).summary()).contains(summary("5 of 6", TWO));
  }

  @Test
  default void aRunKeepsTheSummaryThatWasMadeLastInWhateverOrderTheyCome() {
    ledger().claimRun(run(EXECUTION));
    ledger().recordSummary(RUN, summary("first", TWO), EXECUTION);
    ledger().recordSummary(RUN, summary("redriven", TWO.plusSeconds(60)), EXECUTION);
    ledger().recordSummary(RUN, summary("first, again", TWO), EXECUTION);

    assertThat(ledger().run(RUN).run().orElseThrow().summary())
        .contains(summary("redriven", TWO.plusSeconds(60)));
  }

  @Test
  default void ofPagesThatSumUpTheSameTheFirstTellsOfItAndMayBeAskedAgain() {
    ledger().claimRun(run(EXECUTION));
    RunSummary later = summary("5 of 6", TWO.plusSeconds(1));

    assertThat(ledger().recordSummary(RUN, summary("5 of 6", TWO), EXECUTION)).isTrue();
    assertThat(ledger().recordSummary(RUN, later, OTHER_EXECUTION)).isFalse();
    assertThat(ledger().run(RUN).run().orElseThrow().summary()).contains(summary("5 of 6", TWO));

    assertThat(ledger().recordSummary(RUN, later, EXECUTION)).isTrue();
    assertThat(ledger().recordSummary(RUN, summary("5 of 6", TWO), EXECUTION)).isTrue();
    assertThat(ledger().run(RUN).run().orElseThrow().summary()).contains(later);
  }

  @Test
  default void aPageThatSumsUpSomethingElseTellsOfItUnlessSomethingLaterIsKnown() {
    ledger().claimRun(run(EXECUTION));
    ledger().recordSummary(RUN, summary("5 of 6", TWO.plusSeconds(1)), EXECUTION);

    assertThat(ledger().recordSummary(RUN, summary("4 of 6", TWO), OTHER_EXECUTION)).isFalse();
    assertThat(ledger().recordSummary(RUN, summary("6 of 6", TWO.plusSeconds(2)), OTHER_EXECUTION))
        .isTrue();
    assertThat(ledger().recordSummary(RUN, summary("6 of 6", TWO.plusSeconds(3)), EXECUTION))
        .isFalse();
  }

  @Test
  default void aRunTakesNoSummaryBeforeItIsClaimed() {
    assertThatThrownBy(() -> ledger().recordSummary(RUN, summary("none", TWO), EXECUTION))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(RUN.value());
    assertThat(ledger().run(RUN).run()).isEmpty();
  }

  @Test
  default void aRunThatNobodyKnowsIsEmpty() {
    assertThat(ledger().run(RUN))
        .isEqualTo(new RunView(Optional.empty(), List.of(), List.of(), List.of(), List.of()));
  }

  @Test
  default void aRunShowsPagesFreezesAndOutcomesInOrderAndNothingOfOtherRuns() {
    ledger().recordPage(page(10, 1));
    ledger().recordPage(page(2, 1));
    ledger().recordFreeze(freeze(instance(7), 2));
    ledger().recordFreeze(freeze(instance(7), 1));
    ledger().recordFreeze(freeze(instance(3), 1));
    ledger().recordOutcome(outcome(instance(7), EXECUTION, "done", TWO));
    ledger().recordOutcome(outcome(instance(3), EXECUTION, "done", TWO));

    RunView view = ledger().run(RUN);

    assertThat(view.run()).isEmpty();
    assertThat(view.pages()).containsExactly(page(2, 1), page(10, 1));
    assertThat(view.freezes())
        .containsExactly(freeze(instance(3), 1), freeze(instance(7), 1), freeze(instance(7), 2));
    assertThat(view.outcomes())
        .containsExactly(
            outcome(instance(3), EXECUTION, "done", TWO),
            outcome(instance(7), EXECUTION, "done", TWO));
    assertThat(ledger().run(RunId.of(Rows.DAILY, TWO.plusSeconds(1))).pages()).isEmpty();
  }

  @Test
  default void runsAreFoundByTheTimeAtWhichTheyFellDueWhateverBecameOfThem() {
    RunRow first = due(Rows.DAILY, TWO);
    RunRow sameTime = due(new PolicyName("weekly"), TWO);
    RunRow second = due(Rows.DAILY, TWO.plus(Duration.ofDays(1)));
    List.of(second, sameTime, first).forEach(ledger()::claimRun);
    ledger().recordSummary(first.run(), summary("0 of 6", TWO), EXECUTION);

    assertThat(ledger().runs(TWO, second.scheduledAt()))
        .containsExactly(first.run(), sameTime.run());
    assertThat(ledger().runs(TWO.plusMillis(1), second.scheduledAt().plusMillis(1)))
        .containsExactly(second.run());
    assertThat(ledger().runs(TWO.minus(Duration.ofDays(1)), TWO)).isEmpty();
  }

  private static RunRow due(PolicyName policy, Instant at) {
    return new RunRow(RunId.of(policy, at), policy, at, EXECUTION, at, Optional.empty());
  }

  @Test
  default void aRunOfMoreThanAMegabyteIsReadWhole() {
    ledger().claimRun(run(EXECUTION));
    IntStream.rangeClosed(1, 5).forEach(number -> ledger().recordPage(page(number, 500)));
    List<OutcomeRow> outcomes =
        IntStream.rangeClosed(1, 12)
            .mapToObj(n -> outcome(instance(n), EXECUTION, "reason ".repeat(15_000), TWO))
            .toList();
    outcomes.forEach(ledger()::recordOutcome);

    RunView view = ledger().run(RUN);

    assertThat(view.run()).isPresent();
    assertThat(view.pages())
        .isEqualTo(IntStream.rangeClosed(1, 5).mapToObj(n -> page(n, 500)).toList());
    assertThat(view.outcomes()).isEqualTo(outcomes);
  }
}
