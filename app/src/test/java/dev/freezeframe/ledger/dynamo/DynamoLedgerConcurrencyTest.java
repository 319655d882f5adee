package dev.freezeframe.ledger.dynamo;

import static dev.freezeframe.ledger.Rows.EXECUTION;
import static dev.freezeframe.ledger.Rows.OTHER_EXECUTION;
import static dev.freezeframe.ledger.Rows.RUN;
import static dev.freezeframe.ledger.Rows.SERVER;
import static dev.freezeframe.ledger.Rows.TWO;
import static dev.freezeframe.ledger.Rows.attempt;
import static dev.freezeframe.ledger.Rows.completed;
import static dev.freezeframe.ledger.Rows.failed;
import static dev.freezeframe.ledger.Rows.freeze;
import static dev.freezeframe.ledger.Rows.outcome;
import static dev.freezeframe.ledger.Rows.pending;
import static dev.freezeframe.ledger.Rows.run;
import static dev.freezeframe.ledger.Rows.snapshotId;
import static dev.freezeframe.ledger.Rows.thaw;
import static dev.freezeframe.ledger.SnapshotChange.Effect.ALREADY_SETTLED;
import static dev.freezeframe.ledger.SnapshotChange.Effect.APPLIED;
import static dev.freezeframe.ledger.SnapshotChange.Effect.KEPT_EARLY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.SnapshotChange.Effect;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.Together;
import dev.freezeframe.ledger.run.FreezeRow;
import dev.freezeframe.ledger.run.OutcomeRow;
import dev.freezeframe.ledger.run.RunRow;
import dev.freezeframe.snapshot.SnapshotState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;

/** Two Lambda functions that write the same at once. */
class DynamoLedgerConcurrencyTest {
  private static final int TIMES = 10;

  private final Ledger ledger = new DynamoLedger(LocalTables.client(), LocalTables.create());

  @RepeatedTest(TIMES)
  void exactlyOneOfTwoEventsMovesARow() throws Exception {
    ledger.recordSnapshots(pending(1, 1));

    List<Effect> effects =
        Together.run(
            List.of(() -> ledger.apply(completed(1, 5)), () -> ledger.apply(failed(1, 6))));

    assertThat(effects).containsExactlyInAnyOrder(APPLIED, ALREADY_SETTLED);
    SnapshotState winner =
        effects.get(0) == APPLIED ? SnapshotState.COMPLETED : SnapshotState.ERROR;
    assertThat(ledger.snapshots(List.of(snapshotId(1))))
        .extracting(SnapshotRow::state)
        .containsExactly(winner);
  }

  @RepeatedTest(TIMES)
  void anEventIsNotLostToTheRowThatIsRecordedMeanwhile() throws Exception {
    List<Optional<Effect>> effects =
        Together.run(
            List.of(
                () -> {
                  ledger.recordSnapshots(pending(1, 1));
                  return Optional.empty();
                },
                () -> Optional.of(ledger.apply(completed(1, 5)))));

    assertThat(effects.get(1).orElseThrow()).isIn(APPLIED, KEPT_EARLY);
    assertThat(ledger.snapshots(List.of(snapshotId(1))))
        .containsExactly(pending(1).settled(completed(1, 5)));
  }

  @RepeatedTest(TIMES)
  void exactlyOneOfTwoExecutionsHoldsARun() throws Exception {
    List<RunRow> rows =
        Together.run(
            List.of(
                () -> ledger.claimRun(run(EXECUTION)),
                () -> ledger.claimRun(run(OTHER_EXECUTION))));

    assertThat(rows.get(0)).isEqualTo(rows.get(1));
    assertThat(ledger.run(RUN).run()).contains(rows.get(0));
  }

  @RepeatedTest(TIMES)
  void exactlyOneOfTwoTriesRecordsAFreeze() throws Exception {
    List<Boolean> recorded =
        Together.run(
            List.of(
                () -> ledger.recordFreeze(freeze(SERVER, 1)),
                () -> ledger.recordFreeze(freeze(SERVER, 1))));

    assertThat(recorded).containsExactlyInAnyOrder(true, false);
  }

  @RepeatedTest(TIMES)
  void noThawIsLostToAnother() throws Exception {
    ledger.recordFreeze(freeze(SERVER, 1));
    List<FreezeRow.Thaw> thaws =
        IntStream.range(0, 8).mapToObj(n -> thaw(10 + n, "task-" + n, "sent", n == 5)).toList();

    Together.run(
        thaws.stream()
            .<Callable<Boolean>>map(
                thaw ->
                    () -> {
                      ledger.recordThaw(RUN, SERVER, attempt(1), thaw);
                      return true;
                    })
            .toList());

    assertThat(ledger.freezes(RUN, SERVER).get(0).thaws()).isEqualTo(thaws);
  }

  @RepeatedTest(TIMES)
  void twoExecutionsAgreeOnTheOutcomeInForce() throws Exception {
    List<OutcomeRow> inForce =
        Together.run(
            List.of(
                () ->
                    ledger.recordOutcome(
                        outcome(SERVER, EXECUTION, OutcomeRow.Status.SUCCEEDED, "one", TWO)),
                () ->
                    ledger.recordOutcome(
                        outcome(
                            SERVER, OTHER_EXECUTION, OutcomeRow.Status.SUCCEEDED, "two", TWO))));

    assertThat(inForce.get(0)).isEqualTo(inForce.get(1));
    assertThat(ledger.outcome(RUN, SERVER)).contains(inForce.get(0));
  }
}
