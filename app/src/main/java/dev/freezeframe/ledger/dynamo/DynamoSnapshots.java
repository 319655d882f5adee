package dev.freezeframe.ledger.dynamo;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.SnapshotChange;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.snapshot.SnapshotState;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The rows of snapshots, and the events that came before them. */
final class DynamoSnapshots {
  /** An event meets its row on the second look at the latest, since rows don't vanish. */
  private static final int LOOKS = 3;

  private final DynamoTable table;

  DynamoSnapshots(DynamoTable table) {
    this.table = table;
  }

  void record(SnapshotRow row) {
    DynamoAttributes facts = DynamoSnapshotItem.facts(row);
    table.update(
        DynamoSnapshotItem.key(row.snapshot()),
        new DynamoUpdate(
            "SET " + facts.assignments() + ", #state = if_not_exists(#state, :pending) REMOVE #ttl",
            "attribute_not_exists(#snapshotId)",
            facts.with("pending", SnapshotState.PENDING.name())));
  }

  SnapshotChange.Effect apply(SnapshotChange change) {
    for (int look = 0; look < LOOKS; look++) {
      DynamoWrite settled = settle(change);
      if (settled.made()) {
        return SnapshotChange.Effect.APPLIED;
      }
      if (DynamoSnapshotItem.isRow(settled.inTheWay())) {
        return SnapshotChange.Effect.ALREADY_SETTLED;
      }
      boolean unmatchedIsThere = !settled.inTheWay().isEmpty();
      if (unmatchedIsThere || table.putIfAbsent(DynamoSnapshotItem.unmatched(change)).made()) {
        return SnapshotChange.Effect.KEPT_EARLY;
      }
    }
    throw new IllegalStateException(
        "event of %s: expected its row to stay, found it come and go".formatted(change.snapshot()));
  }

  private DynamoWrite settle(SnapshotChange change) {
    DynamoAttributes settlement = DynamoSnapshotItem.settlement(change);
    return table.update(
        DynamoSnapshotItem.key(change.snapshot()),
        new DynamoUpdate(
            "SET " + settlement.assignments(),
            "attribute_exists(#snapshotId) AND #state = :pending",
            settlement.with("pending", SnapshotState.PENDING.name())));
  }

  List<SnapshotRow> find(Collection<SnapshotId> ids) {
    return table.findAll(ids.stream().distinct().map(DynamoSnapshotItem::key).toList()).stream()
        .filter(DynamoSnapshotItem::isRow)
        .map(DynamoSnapshotItem::row)
        .sorted(comparing(SnapshotRow::snapshot))
        .toList();
  }

  List<SnapshotRow> ofRun(RunId run) {
    return find(
        table
            .query(
                LedgerTable.BY_RUN,
                "#runKey = :run",
                new DynamoAttributes().with("run", run.value()))
            .stream()
            .map(DynamoSnapshotItem::snapshot)
            .toList());
  }

  /** A deleted snapshot keeps its verdict, and is never due again. */
  void judge(SnapshotRow row, DynamoAttributes verdict) {
    String gone =
        Stream.of("expiresAt", "dueDay", "proof", "apart")
            .filter(name -> !verdict.has(name))
            .map("#"::concat)
            .collect(joining(", "));
    table.update(
        DynamoSnapshotItem.key(row.snapshot()),
        new DynamoUpdate(
            "SET " + verdict.assignments() + (gone.isEmpty() ? "" : " REMOVE " + gone),
            "attribute_exists(#groupKey)",
            verdict));
  }
}
