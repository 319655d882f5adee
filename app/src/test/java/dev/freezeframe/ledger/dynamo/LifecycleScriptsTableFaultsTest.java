package dev.freezeframe.ledger.dynamo;

import static dev.freezeframe.ledger.Rows.TWO;
import static dev.freezeframe.ledger.Rows.pending;
import static dev.freezeframe.ledger.Rows.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.Deletion;
import dev.freezeframe.ledger.IndexedSnapshot;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.SnapshotChange;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.snapshot.SnapshotState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The known faults of the scripts that this project follows, as far as their table goes. */
class LifecycleScriptsTableFaultsTest {
  private static final Instant EXPIRY = Instant.parse("2026-12-06T02:00:00Z");

  private final String table = LocalTables.create();
  private final Ledger ledger = new DynamoLedger(LocalTables.client(), table);
  private final List<SnapshotRow> rows = pending(1, 60);
  private final List<SnapshotId> ids = rows.stream().map(SnapshotRow::snapshot).toList();

  private void judge() {
    ledger.recordSnapshots(rows);
    ledger.recordVerdict(ids, verdict(Consistency.CRASH, "no scripts"), Optional.of(EXPIRY));
  }

  @Test
  void whatIsDueIsReadToItsLastPage() {
    judge();
    MeteredDynamoDb small = new MeteredDynamoDb(LocalTables.client(), OptionalInt.of(5));

    assertThat(new DynamoLedger(small, table).due(LocalDate.parse("2026-12-06"), EXPIRY))
        .extracting(IndexedSnapshot::snapshot)
        .containsExactlyInAnyOrderElementsOf(ids);
    assertThat(small.calls()).isGreaterThan(12);
  }

  @Test
  void theHistoryOfASnapshotOutlivesIt() {
    judge();
    SnapshotId gone = ids.get(0);
    Deletion deletion = new Deletion("age", "its age ended", "expire-1", EXPIRY, true);
    ledger.recordDeletion(gone, deletion);

    SnapshotHistory life = ledger.lives(List.of(gone)).get(0);
    assertThat(life.deletion()).contains(deletion);
    assertThat(life.row().pointInTime()).isEqualTo(rows.get(0).pointInTime());
    assertThat(life.row().consistency()).contains(Consistency.CRASH);
    assertThat(life.row().reason()).contains("no scripts");
  }

  @Test
  void aSnapshotInErrorIsOnRecordAsThatWithItsCause() {
    ledger.recordSnapshots(rows);
    SnapshotId failed = ids.get(0);
    ledger.apply(
        new SnapshotChange(failed, SnapshotState.ERROR, TWO, Optional.of("the volume is gone")));

    SnapshotRow row = ledger.snapshots(List.of(failed)).get(0);
    assertThat(row.state()).isEqualTo(SnapshotState.ERROR);
    assertThat(row.cause()).contains("the volume is gone");
  }
}
