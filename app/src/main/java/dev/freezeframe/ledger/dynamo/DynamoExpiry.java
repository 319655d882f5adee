package dev.freezeframe.ledger.dynamo;

import static java.util.Comparator.comparing;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.Adoption;
import dev.freezeframe.ledger.Deletion;
import dev.freezeframe.ledger.ExpiryLedger;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.IndexedSnapshot;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.dynamo.table.DynamoAttributes;
import dev.freezeframe.ledger.dynamo.table.DynamoTable;
import dev.freezeframe.ledger.dynamo.table.DynamoUpdate;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When snapshots are due, and how they ended. What lives has the key of its group; what does not
 * has lost it, and with it its place in the indexes.
 */
interface DynamoExpiry extends ExpiryLedger {
  String LIVING = "attribute_exists(#groupKey)";

  DynamoTable table();

  @Override
  default Stream<IndexedSnapshot> due(LocalDate day, Instant now) {
    return DueDay.partitions(day).stream()
        .flatMap(
            partition ->
                table().stream(
                    LedgerTable.DUE,
                    "#dueDay = :day AND #expiresAt <= :now",
                    new DynamoAttributes().with("day", partition).with("now", now)))
        .map(DynamoHistoryItem::due);
  }

  @Override
  default List<IndexedSnapshot> members(GroupKey group) {
    return table()
        .query(
            LedgerTable.GROUP,
            "#groupKey = :group",
            new DynamoAttributes().with("group", group.toString()))
        .stream()
        .map(DynamoHistoryItem::member)
        .toList();
  }

  @Override
  default void recordExpiry(
      Collection<SnapshotId> ids, Optional<Instant> expiresAt, Optional<String> held) {
    DynamoSnapshotItem.rows(table(), ids).forEach(row -> record(row, expiresAt, held));
  }

  private void record(SnapshotRow row, Optional<Instant> expiresAt, Optional<String> held) {
    DynamoAttributes values = new DynamoAttributes();
    expiresAt.ifPresent(
        at -> values.with("expiresAt", at).with("dueDay", DueDay.of(row.set(), at)));
    held.ifPresent(reason -> values.with("held", reason));
    String removed =
        (held.isPresent() ? "#deleting" : "#held")
            + (expiresAt.isPresent() ? "" : ", #expiresAt, #dueDay");
    table()
        .update(
            DynamoSnapshotItem.key(row.snapshot()),
            new DynamoUpdate(
                (values.isEmpty() ? "" : "SET " + values.assignments()) + " REMOVE " + removed,
                LIVING,
                values));
  }

  @Override
  default boolean recordDeleting(SnapshotId snapshot, Deletion intended) {
    return table()
        .update(
            DynamoSnapshotItem.key(snapshot),
            new DynamoUpdate(
                "SET #deleting = :deleting",
                LIVING,
                new DynamoAttributes().withMap("deleting", DynamoHistoryItem.map(intended))))
        .made();
  }

  @Override
  default boolean recordDeletion(SnapshotId snapshot, Deletion deletion) {
    DynamoAttributes values =
        new DynamoAttributes()
            .withMap("deletion", DynamoHistoryItem.map(deletion))
            .with("ttl", deletion.at().plus(DynamoHistoryItem.ROWS_OUTLIVE).getEpochSecond());
    return end(snapshot, values);
  }

  @Override
  default boolean recordVanished(SnapshotId snapshot, Instant noticedAt) {
    return end(snapshot, new DynamoAttributes().with("vanishedAt", noticedAt));
  }

  private boolean end(SnapshotId snapshot, DynamoAttributes values) {
    return table()
        .update(
            DynamoSnapshotItem.key(snapshot),
            new DynamoUpdate(
                "SET "
                    + values.assignments()
                    + " REMOVE #groupKey, #groupOrder, #dueDay, #held, #deleting",
                LIVING,
                values))
        .made();
  }

  @Override
  default void recordReturned(SnapshotId snapshot) {
    DynamoSnapshotItem.rows(table(), List.of(snapshot)).forEach(this::recordReturned);
  }

  private void recordReturned(SnapshotRow row) {
    DynamoAttributes keys = DynamoSnapshotItem.group(row);
    table()
        .update(
            DynamoSnapshotItem.key(row.snapshot()),
            new DynamoUpdate(
                "SET " + keys.assignments() + " REMOVE #vanishedAt, #expiresAt",
                "attribute_exists(#vanishedAt)",
                keys));
  }

  @Override
  default void recordAdoption(SnapshotId snapshot, Adoption adoption) {
    table()
        .update(
            DynamoSnapshotItem.key(snapshot),
            new DynamoUpdate(
                "SET #adoption = :adoption",
                "attribute_exists(#snapshotId) AND attribute_not_exists(#adoption)",
                new DynamoAttributes().withMap("adoption", DynamoHistoryItem.map(adoption))));
  }

  @Override
  default List<SnapshotHistory> lives(Collection<SnapshotId> ids) {
    return table().findAll(ids.stream().distinct().map(DynamoSnapshotItem::key).toList()).stream()
        .filter(DynamoSnapshotItem::isRow)
        .map(DynamoHistoryItem::life)
        .sorted(comparing(life -> life.row().snapshot()))
        .toList();
  }
}
