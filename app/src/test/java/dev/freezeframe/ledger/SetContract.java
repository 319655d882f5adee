package dev.freezeframe.ledger;

import static dev.freezeframe.ledger.Rows.RUN;
import static dev.freezeframe.ledger.Rows.TWO;
import static dev.freezeframe.ledger.Rows.completed;
import static dev.freezeframe.ledger.Rows.judged;
import static dev.freezeframe.ledger.Rows.pending;
import static dev.freezeframe.ledger.Rows.snapshotId;
import static dev.freezeframe.ledger.Rows.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.dynamo.LedgerUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Snapshots of one point in time. */
interface SetContract extends LedgerUnderTest {
  Instant EXPIRY = Instant.parse("2026-12-06T02:00:05.678Z");
  List<SnapshotId> IDS = IntStream.rangeClosed(1, 128).mapToObj(Rows::snapshotId).toList();

  @Test
  default void aSetOf128SnapshotsIsRecordedJudgedAndReadWhole() {
    ledger().apply(completed(128, 1));
    ledger().recordSnapshots(pending(1, 128));
    ledger().recordSnapshots(pending(1, 128));
    ledger().recordVerdict(IDS, verdict(Consistency.APPLICATION, "proved"), Optional.of(EXPIRY));

    List<SnapshotRow> rows = ledger().snapshots(IDS);

    assertThat(rows).extracting(SnapshotRow::snapshot).isEqualTo(IDS);
    assertThat(rows).allMatch(row -> row.expiresAt().equals(Optional.of(EXPIRY)));
    assertThat(rows).filteredOn(row -> row.state().settled()).hasSize(1);
    assertThat(ledger().snapshotsOf(RUN)).isEqualTo(rows);
  }

  @Test
  default void aSetIsReadByIdWithoutDoublesAndWithoutWhatHasNoRow() {
    ledger().recordSnapshots(pending(1, 3));
    ledger().apply(completed(4, 1));

    assertThat(
            ledger()
                .snapshots(
                    List.of(
                        snapshotId(3), snapshotId(5), snapshotId(1), snapshotId(3), snapshotId(4))))
        .containsExactly(pending(1), pending(3));
    assertThat(ledger().snapshots(List.of())).isEmpty();
  }

  @Test
  default void aSetTakesTheLatestVerdictAndLosesItsExpiryWithIt() {
    ledger().recordSnapshots(pending(1, 2));
    List<SnapshotId> both = List.of(snapshotId(1), snapshotId(2));
    ledger().recordVerdict(both, verdict(Consistency.APPLICATION, "proved"), Optional.of(EXPIRY));
    ledger().recordVerdict(both, verdict(Consistency.UNKNOWN, "not proved"), Optional.empty());

    assertThat(ledger().snapshots(both))
        .containsExactly(
            judged(pending(1), Consistency.UNKNOWN, "not proved", Optional.empty()),
            judged(pending(2), Consistency.UNKNOWN, "not proved", Optional.empty()));
  }

  @Test
  default void aSetIsJudgedAsFarAsItHasRows() {
    ledger().recordSnapshots(pending(1, 1));
    ledger()
        .recordVerdict(
            List.of(snapshotId(1), snapshotId(2)),
            verdict(Consistency.CRASH, "no scripts"),
            Optional.of(EXPIRY));

    assertThat(ledger().snapshots(List.of(snapshotId(1), snapshotId(2))))
        .containsExactly(judged(pending(1), Consistency.CRASH, "no scripts", Optional.of(EXPIRY)));
  }

  @Test
  default void aSetBelongsToItsRunAlone() {
    RunId other = RunId.of(Rows.DAILY, TWO.plus(Duration.ofDays(1)));
    ledger().recordSnapshots(List.of(pending(2), pending(1), pending(3, other)));

    assertThat(ledger().snapshotsOf(RUN)).containsExactly(pending(1), pending(2));
    assertThat(ledger().snapshotsOf(other)).containsExactly(pending(3, other));
  }
}
