package dev.freezeframe.ledger.dynamo;

import static java.util.Comparator.comparing;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.Proof;
import dev.freezeframe.consistency.SetVerdict;
import dev.freezeframe.consistency.Verdict;
import dev.freezeframe.ledger.SnapshotChange;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.dynamo.table.DynamoAttributes;
import dev.freezeframe.ledger.dynamo.table.DynamoTable;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import dev.freezeframe.snapshot.SnapshotState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A snapshot as an item.
 *
 * <p>An item without {@code snapshotId} is an unmatched event: its snapshot has no row (yet).
 */
final class DynamoSnapshotItem {
  /** How long an unmatched event waits for its row. */
  static final Duration UNMATCHED_KEPT = Duration.ofDays(7);

  private static final String PREFIX = "snapshot#";

  private DynamoSnapshotItem() {}

  static DynamoAttributes key(SnapshotId snapshot) {
    return DynamoAttributes.key(PREFIX + snapshot, "snapshot");
  }

  /** The snapshot that a key, or an entry of an index, belongs to. */
  static SnapshotId snapshot(DynamoAttributes key) {
    return new SnapshotId(key.text(LedgerTable.PARTITION_KEY).substring(PREFIX.length()));
  }

  /** The fields of a snapshot that are known from the start and never change. */
  static DynamoAttributes facts(SnapshotRow row) {
    return new DynamoAttributes()
        .with("snapshotId", row.snapshot().value())
        .with("setId", row.set().value())
        .with("volumeId", row.volume().value())
        .withOptional("device", row.device())
        .with("instanceId", row.instance().value())
        .with("policy", row.policy().value())
        .with("execution", row.execution())
        .with("pointInTime", row.pointInTime())
        .with("runKey", row.run().value())
        .with(group(row));
  }

  /** The keys by which a living snapshot is found in its group. */
  static DynamoAttributes group(SnapshotRow row) {
    return new DynamoAttributes()
        .with("groupKey", row.group().toString())
        .with("groupOrder", DynamoAttributes.iso(row.pointInTime()) + "#" + row.set());
  }

  /** The fields that an event sets. */
  static DynamoAttributes settlement(SnapshotChange change) {
    return new DynamoAttributes()
        .with("state", change.state().name())
        .with("settledAt", change.at())
        .withOptional("cause", change.cause());
  }

  static DynamoAttributes unmatched(SnapshotChange change) {
    return key(change.snapshot())
        .with(settlement(change))
        .with(LedgerTable.TIME_TO_LIVE, change.at().plus(UNMATCHED_KEPT).getEpochSecond());
  }

  /**
   * What is written of a verdict. The indexes hold {@code consistency}, so that it is the set's:
   * retention decides on sets.
   */
  static DynamoAttributes verdict(
      AttemptId set, VolumeId volume, SetVerdict given, Optional<Instant> expiresAt) {
    DynamoAttributes verdict =
        new DynamoAttributes()
            .with("consistency", given.whole().consistency().name())
            .withOptional("proof", given.whole().proof().map(Proof::name))
            .with("reason", given.whole().reason());
    if (given.apart().containsKey(volume)) {
      verdict.withMap("apart", apart(given.apart().get(volume)));
    }
    expiresAt.ifPresent(at -> verdict.with("expiresAt", at).with("dueDay", DueDay.of(set, at)));
    return verdict;
  }

  private static DynamoAttributes apart(Verdict verdict) {
    return new DynamoAttributes()
        .with("consistency", verdict.consistency().name())
        .withOptional("proof", verdict.proof().map(Proof::name))
        .with("reason", verdict.reason());
  }

  private static Verdict apart(DynamoAttributes map) {
    return new Verdict(
        Consistency.valueOf(map.text("consistency")),
        map.optional("proof", Proof::valueOf),
        map.text("reason"));
  }

  static boolean isRow(DynamoAttributes item) {
    return item.has("snapshotId");
  }

  /** The rows of some snapshots, by id; those without a row are left out. */
  static List<SnapshotRow> rows(DynamoTable table, Collection<SnapshotId> ids) {
    return table.findAll(ids.stream().distinct().map(DynamoSnapshotItem::key).toList()).stream()
        .filter(DynamoSnapshotItem::isRow)
        .map(DynamoSnapshotItem::row)
        .sorted(comparing(SnapshotRow::snapshot))
        .toList();
  }

  static SnapshotRow row(DynamoAttributes item) {
    return new SnapshotRow(
        new SnapshotId(item.text("snapshotId")),
        new AttemptId(item.text("setId")),
        new VolumeId(item.text("volumeId")),
        new InstanceId(item.text("instanceId")),
        new PolicyName(item.text("policy")),
        new RunId(item.text("runKey")),
        item.text("execution"),
        item.instant("pointInTime"),
        SnapshotState.valueOf(item.text("state")),
        item.optional("settledAt", Instant::parse),
        item.optional("cause"),
        item.optional("consistency", Consistency::valueOf),
        item.optional("reason"),
        item.optional("expiresAt", Instant::parse),
        item.optional("device"),
        item.optional("proof", Proof::valueOf),
        item.has("apart") ? Optional.of(apart(item.map("apart"))) : Optional.empty());
  }
}
