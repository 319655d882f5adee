package dev.freezeframe.ledger.dynamo;

import static java.util.stream.Collectors.joining;

import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.SetVerdict;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.ledger.SnapshotChange;
import dev.freezeframe.ledger.SnapshotLedger;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.dynamo.table.DynamoAttributes;
import dev.freezeframe.ledger.dynamo.table.DynamoTable;
import dev.freezeframe.ledger.dynamo.table.DynamoUpdate;
import dev.freezeframe.ledger.dynamo.table.DynamoWrite;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import dev.freezeframe.snapshot.SnapshotState;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rows of snapshots, and the events that came before them. */
interface DynamoSnapshots extends SnapshotLedger {
  /** An event meets its row on the second look at the latest, since rows don't vanish. */
  int LOOKS = 3;

  DynamoTable table();

  @Override
  default void recordSnapshots(List<SnapshotRow> rows) {
    rows.stream()
        .map(SnapshotRow::group)
        .distinct()
        .forEach(group -> DynamoGroups.record(table(), group));
    rows.forEach(this::record);
  }

  private void record(SnapshotRow row) {
    DynamoAttributes facts = DynamoSnapshotItem.facts(row);
    table()
        .update(
            DynamoSnapshotItem.key(row.snapshot()),
            new DynamoUpdate(
                "SET "
                    + facts.assignments()
                    + ", #state = if_not_exists(#state, :pending) REMOVE #ttl",
                "attribute_not_exists(#snapshotId)",
                facts.with("pending", SnapshotState.PENDING.name())));
  }

  @Override
  default SnapshotChange.Effect apply(SnapshotChange change) {
    for (int look = 0; look < LOOKS; look++) {
      DynamoWrite settled = settle(change);
      if (settled.made()) {
        return SnapshotChange.Effect.APPLIED;
      }
      if (DynamoSnapshotItem.isRow(settled.inTheWay())) {
        return SnapshotChange.Effect.ALREADY_SETTLED;
      }
      boolean unmatchedIsThere = !settled.inTheWay().isEmpty();
      if (unmatchedIsThere || table().putIfAbsent(DynamoSnapshotItem.unmatched(change)).made()) {
        return SnapshotChange.Effect.KEPT_EARLY;
      }
    }
    throw new IllegalStateException(
        "event of %s: expected its row to stay, found it come and go".formatted(change.snapshot()));
  }

  private DynamoWrite settle(SnapshotChange change) {
    DynamoAttributes settlement = DynamoSnapshotItem.settlement(change);
    return table()
        .update(
            DynamoSnapshotItem.key(change.snapshot()),
            new DynamoUpdate(
                "SET " + settlement.assignments(),
                "attribute_exists(#snapshotId) AND #state = :pending",
                settlement.with("pending", SnapshotState.PENDING.name())));
  }

  @Override
  default List<SnapshotRow> snapshots(Collection<SnapshotId> ids) {
    return DynamoSnapshotItem.rows(table(), ids);
  }

  @Override
  default List<SnapshotRow> snapshotsOf(RunId run) {
    return snapshots(
        table()
            .query(
                LedgerTable.BY_RUN,
                "#runKey = :run",
                new DynamoAttributes().with("run", run.value()))
            .stream()
            .map(DynamoSnapshotItem::snapshot)
            .toList());
  }

  @Override
  default void recordVerdict(
      Collection<SnapshotId> set, SetVerdict verdict, Optional<Instant> expiresAt) {
    snapshots(set)
        .forEach(
            row ->
                judge(
                    row, DynamoSnapshotItem.verdict(row.set(), row.volume(), verdict, expiresAt)));
  }

  @Override
  default void recordVerdict(
      Collection<SnapshotId> set,
      SetVerdict verdict,
      Optional<Instant> expiresAt,
      RetentionSettings terms) {
    snapshots(set)
        .forEach(
            row ->
                judge(
                    row,
                    DynamoSnapshotItem.verdict(row.set(), row.volume(), verdict, expiresAt)
                        .withMap("terms", DynamoRetentionSettingsItem.map(terms))
                        .with("setSize", set.size())));
  }

  /** A deleted snapshot keeps its verdict, and is never due again. */
  private void judge(SnapshotRow row, DynamoAttributes verdict) {
    String gone =
        Stream.of("expiresAt", "dueDay", "proof", "apart")
            .filter(name -> !verdict.has(name))
            .map("#"::concat)
            .collect(joining(", "));
    table()
        .update(
            DynamoSnapshotItem.key(row.snapshot()),
            new DynamoUpdate(
                "SET " + verdict.assignments() + (gone.isEmpty() ? "" : " REMOVE " + gone),
                "attribute_exists(#groupKey)",
                verdict));
  }
}
