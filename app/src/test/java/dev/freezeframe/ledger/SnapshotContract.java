package dev.freezeframe.ledger;

import static dev.freezeframe.ledger.Rows.OTHER_EXECUTION;
import static dev.freezeframe.ledger.Rows.RUN;
import static dev.freezeframe.ledger.Rows.TWO;
import static dev.freezeframe.ledger.Rows.completed;
import static dev.freezeframe.ledger.Rows.failed;
import static dev.freezeframe.ledger.Rows.instance;
import static dev.freezeframe.ledger.Rows.judged;
import static dev.freezeframe.ledger.Rows.pending;
import static dev.freezeframe.ledger.Rows.snapshotId;
import static dev.freezeframe.ledger.Rows.verdict;
import static dev.freezeframe.ledger.SnapshotChange.Effect.ALREADY_SETTLED;
import static dev.freezeframe.ledger.SnapshotChange.Effect.APPLIED;
import static dev.freezeframe.ledger.SnapshotChange.Effect.KEPT_EARLY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.dynamo.LedgerUnderTest;
import dev.freezeframe.snapshot.SnapshotState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A single snapshot and its events. */
interface SnapshotContract extends LedgerUnderTest {
  Instant EXPIRY = Instant.parse("2026-12-06T02:00:05.678Z");

  private SnapshotRow only(int number) {
    List<SnapshotRow> rows = ledger().snapshots(List.of(snapshotId(number)));
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  @Test
  default void aSnapshotIsRecordedAsPendingWhateverItsRowSays() {
    ledger()
        .recordSnapshots(
            List.of(
                judged(
                    pending(1).settled(completed(1, 5)),
                    Consistency.APPLICATION,
                    "proved",
                    Optional.of(EXPIRY))));

    assertThat(only(1)).isEqualTo(pending(1));
  }

  @Test
  default void aSnapshotThatIsRecordedAgainStaysAsItIs() {
    ledger().recordSnapshots(pending(1, 1));
    ledger().apply(completed(1, 5));
    ledger()
        .recordVerdict(
            List.of(snapshotId(1)),
            verdict(Consistency.APPLICATION, "proved"),
            Optional.of(EXPIRY));
    SnapshotRow before = only(1);
    SnapshotRow different =
        SnapshotRow.pending(
            snapshotId(1),
            AttemptId.of(OTHER_EXECUTION, 2),
            pending(2).volume(),
            instance(2),
            pending(1).policy(),
            RunId.of(Rows.DAILY, TWO.plusSeconds(1)),
            OTHER_EXECUTION,
            TWO,
            Optional.empty());

    ledger().recordSnapshots(List.of(different));

    assertThat(only(1)).isEqualTo(before);
    assertThat(ledger().snapshotsOf(different.run())).isEmpty();
  }

  @Test
  default void theDeviceOfAVolumeStaysOnRecord() {
    SnapshotRow row = pending(1);
    SnapshotRow attached =
        SnapshotRow.pending(
            row.snapshot(),
            row.set(),
            row.volume(),
            row.instance(),
            row.policy(),
            row.run(),
            row.execution(),
            row.pointInTime(),
            Optional.of("/dev/sdf"));

    ledger().recordSnapshots(List.of(attached));
    ledger().apply(completed(1, 5));

    assertThat(only(1).device()).contains("/dev/sdf");
  }

  @Test
  default void aSnapshotIsSettledByTheFirstEventAndNeverAgain() {
    ledger().recordSnapshots(pending(1, 2));

    assertThat(ledger().apply(completed(1, 5))).isEqualTo(APPLIED);
    assertThat(ledger().apply(completed(1, 5))).isEqualTo(ALREADY_SETTLED);
    assertThat(ledger().apply(failed(1, 6))).isEqualTo(ALREADY_SETTLED);
    assertThat(ledger().apply(failed(2, 6))).isEqualTo(APPLIED);
    assertThat(ledger().apply(completed(2, 7))).isEqualTo(ALREADY_SETTLED);

    assertThat(only(1)).isEqualTo(pending(1).settled(completed(1, 5)));
    assertThat(only(2)).isEqualTo(pending(2).settled(failed(2, 6)));
  }

  @Test
  default void aSnapshotIsSettledByAnEventThatCameBeforeItsRow() {
    assertThat(ledger().apply(failed(1, 5))).isEqualTo(KEPT_EARLY);
    ledger().recordSnapshots(pending(1, 2));

    assertThat(only(1)).isEqualTo(pending(1).settled(failed(1, 5)));
    assertThat(only(2)).isEqualTo(pending(2));
    assertThat(ledger().apply(completed(1, 6))).isEqualTo(ALREADY_SETTLED);
  }

  @Test
  default void aSnapshotKeepsTheFirstOfSeveralEarlyEvents() {
    assertThat(ledger().apply(completed(1, 5))).isEqualTo(KEPT_EARLY);
    assertThat(ledger().apply(failed(1, 6))).isEqualTo(KEPT_EARLY);
    assertThat(ledger().apply(completed(1, 5))).isEqualTo(KEPT_EARLY);
    ledger().recordSnapshots(pending(1, 1));

    assertThat(only(1)).isEqualTo(pending(1).settled(completed(1, 5)));
  }

  @Test
  default void aSnapshotOfWhichOnlyAnEventIsKnownHasNoRow() {
    ledger().apply(completed(1, 5));
    ledger()
        .recordVerdict(
            List.of(snapshotId(1)), verdict(Consistency.CRASH, "no scripts"), Optional.of(EXPIRY));

    assertThat(ledger().snapshots(List.of(snapshotId(1)))).isEmpty();
    assertThat(ledger().snapshotsOf(RUN)).isEmpty();
  }

  @Test
  default void aSnapshotSettlesAfterTheVerdictAsWellAsBefore() {
    ledger().recordSnapshots(pending(1, 1));
    ledger()
        .recordVerdict(
            List.of(snapshotId(1)),
            verdict(Consistency.UNKNOWN, "still pending"),
            Optional.empty());

    assertThat(ledger().apply(completed(1, 90))).isEqualTo(APPLIED);
    assertThat(only(1))
        .isEqualTo(
            judged(
                pending(1).settled(completed(1, 90)),
                Consistency.UNKNOWN,
                "still pending",
                Optional.empty()));
  }

  @Test
  default void aSnapshotIsKeptToTheMillisecond() {
    Instant precise = Instant.parse("2026-11-22T02:00:00.123456789Z");
    ledger().recordSnapshots(pending(1, 1));
    ledger()
        .apply(
            new SnapshotChange(snapshotId(1), SnapshotState.COMPLETED, precise, Optional.empty()));
    ledger()
        .recordVerdict(
            List.of(snapshotId(1)), verdict(Consistency.CRASH, "no scripts"), Optional.of(precise));

    assertThat(only(1).settledAt()).contains(Instant.parse("2026-11-22T02:00:00.123Z"));
    assertThat(only(1).expiresAt()).contains(Instant.parse("2026-11-22T02:00:00.123Z"));
  }
}
