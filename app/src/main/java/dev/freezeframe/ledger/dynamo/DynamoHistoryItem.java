package dev.freezeframe.ledger.dynamo;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.Adoption;
import dev.freezeframe.ledger.Deletion;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.IndexedSnapshot;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.ledger.dynamo.table.DynamoAttributes;
import dev.freezeframe.snapshot.SnapshotState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reads the history of a snapshot from its item. */
final class DynamoHistoryItem {
  /** How long the row of a snapshot outlives it. */
  static final Duration ROWS_OUTLIVE = Duration.ofDays(400);

  private DynamoHistoryItem() {}

  /** An entry of the index of what is due. */
  static IndexedSnapshot due(DynamoAttributes entry) {
    return living(
        entry,
        new AttemptId(entry.text("setId")),
        GroupKey.parse(entry.text("policy") + "#" + entry.text("instanceId")),
        entry.instant("pointInTime"));
  }

  /** An entry of the index of groups. */
  static IndexedSnapshot member(DynamoAttributes entry) {
    String order = entry.text("groupOrder");
    int separator = order.indexOf('#');
    return living(
        entry,
        new AttemptId(order.substring(separator + 1)),
        GroupKey.parse(entry.text("groupKey")),
        Instant.parse(order.substring(0, separator)));
  }

  private static IndexedSnapshot living(
      DynamoAttributes entry, AttemptId set, GroupKey group, Instant pointInTime) {
    return new IndexedSnapshot(
        DynamoSnapshotItem.snapshot(entry),
        set,
        group.policy(),
        group.instance(),
        pointInTime,
        entry.optional("state", SnapshotState::valueOf),
        entry.optional("consistency", Consistency::valueOf),
        entry.optional("expiresAt", Instant::parse),
        DynamoRetentionSettingsItem.in(entry),
        DynamoRetentionSettingsItem.number(entry, "setSize"));
  }

  static SnapshotHistory life(DynamoAttributes item) {
    return new SnapshotHistory(
        DynamoSnapshotItem.row(item),
        DynamoRetentionSettingsItem.in(item),
        item.optional("held"),
        deletion("deleting", item),
        deletion("deletion", item),
        item.optional("vanishedAt", Instant::parse),
        item.has("adoption") ? Optional.of(adoption(item.map("adoption"))) : Optional.empty());
  }

  static DynamoAttributes map(Deletion deletion) {
    return new DynamoAttributes()
        .with("rule", deletion.rule())
        .with("reason", deletion.reason())
        .with("run", deletion.run())
        .with("at", deletion.at())
        .with("found", deletion.found());
  }

  private static Optional<Deletion> deletion(String name, DynamoAttributes item) {
    return item.has(name) ? Optional.of(deletion(item.map(name))) : Optional.empty();
  }

  private static Deletion deletion(DynamoAttributes map) {
    return new Deletion(
        map.text("rule"),
        map.text("reason"),
        map.text("run"),
        map.instant("at"),
        map.flag("found"));
  }

  static DynamoAttributes map(Adoption adoption) {
    return new DynamoAttributes().with("at", adoption.at()).with("from", adoption.from());
  }

  private static Adoption adoption(DynamoAttributes map) {
    return new Adoption(map.instant("at"), map.text("from"));
  }
}
