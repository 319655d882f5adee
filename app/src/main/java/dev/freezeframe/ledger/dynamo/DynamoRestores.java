package dev.freezeframe.ledger.dynamo;

import static java.util.Comparator.comparing;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SetHolder;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.ledger.RestoreConflicts;
import dev.freezeframe.ledger.dynamo.table.DynamoAttributes;
import dev.freezeframe.ledger.dynamo.table.DynamoTable;
import dev.freezeframe.ledger.dynamo.table.DynamoUpdate;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import dev.freezeframe.restore.RestoreConflictException;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestoreLedger;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoredVolume;
import dev.freezeframe.slot.SlotLedger;
import dev.freezeframe.stop.StopLedger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Restores: a partition for each, in which the restore itself is written last, so that a restore
 * that is on record has its plan and its volumes on record. Leases are apart.
 */
interface DynamoRestores extends RestoreLedger, SlotLedger, StopLedger {

  DynamoTable table();

  @Override
  default RestoreRow claimRestore(RestoreRow row, RestorePlan plan, Instant until) {
    Optional<RestoreRow> before = restore(row.id());
    if (before.isPresent()) {
      return before.get();
    }
    takeLeases(row.id(), plan, row.startedAt(), until);
    table().putIfAbsent(DynamoRestoreItem.plan(row.id(), plan));
    for (int number = 0; number < plan.volumes().size(); number++) {
      table().putIfAbsent(DynamoRestoreItem.volume(row.id(), number, plan.volumes().get(number)));
    }
    table().putIfAbsent(DynamoRestoreItem.item(row));
    return restore(row.id()).orElseThrow();
  }

  /**
   * Takes the lease before it looks for backups, which take their slots before they look for a
   * lease: of the two that come together at least one sees the other.
   */
  private void takeLeases(RestoreId id, RestorePlan plan, Instant now, Instant until) {
    AttemptId set = plan.request().set();
    DynamoLeases.takeSet(table(), set, id, until);
    if (!plan.request().to().disturbsInstance() || plan.target().isEmpty()) {
      return;
    }
    InstanceId target = plan.target().get();
    Optional<RestoreId> other = DynamoLeases.takeInstance(table(), target, id, now, until);
    if (other.isPresent()) {
      DynamoLeases.giveSetBack(table(), set, id);
      throw RestoreConflicts.restored(target, other.get());
    }
    Optional<String> backup = RestoreConflicts.backup(this, this, target, now);
    if (backup.isPresent()) {
      giveBack(id, plan);
      throw new RestoreConflictException(backup.get());
    }
  }

  private void giveBack(RestoreId id, RestorePlan plan) {
    DynamoLeases.giveSetBack(table(), plan.request().set(), id);
    plan.target().ifPresent(target -> DynamoLeases.giveInstanceBack(table(), target, id));
  }

  @Override
  default RestoreRow recordRefused(RestoreRow row) {
    table().putIfAbsent(DynamoRestoreItem.item(row));
    return restore(row.id()).orElseThrow();
  }

  @Override
  default Optional<RestorePlan> restorePlan(RestoreId id) {
    return table()
        .find(DynamoRestoreItem.planKey(id))
        .map(item -> DynamoRestoreItem.plan(item, restoredVolumes(id)));
  }

  @Override
  default Optional<RestoreRow> restore(RestoreId id) {
    return table().find(DynamoRestoreItem.key(id)).map(DynamoRestoreItem::row);
  }

  @Override
  default List<RestoreRow> restores(Instant since) {
    return table()
        .queryItems(
            LedgerTable.GROUP,
            "#groupKey = :restores AND #groupOrder >= :since",
            new DynamoAttributes().with("restores", DynamoRestoreItem.ALL).with("since", since))
        .stream()
        .map(DynamoRestoreItem::row)
        .sorted(comparing(RestoreRow::startedAt).thenComparing(RestoreRow::id).reversed())
        .toList();
  }

  @Override
  default List<RestoredVolume> restoredVolumes(RestoreId id) {
    return volumeItems(id).stream().map(item -> DynamoRestoreItem.volume(id, item)).toList();
  }

  private List<DynamoAttributes> volumeItems(RestoreId id) {
    return table()
        .query(
            "#pk = :restore AND begins_with(#sk, :volumes)",
            new DynamoAttributes()
                .with("restore", DynamoRestoreItem.partition(id))
                .with("volumes", "volume#"));
  }

  @Override
  default void recordCreated(RestoreId id, SnapshotId snapshot, VolumeId volume) {
    change(id, snapshot, "volume", volume.value(), " AND attribute_not_exists(#volume)");
  }

  @Override
  default void recordAttaching(RestoreId id, SnapshotId snapshot, InstanceId instance) {
    change(id, snapshot, "attachedTo", instance.value(), "");
  }

  @Override
  default void recordGone(RestoreId id, SnapshotId snapshot, String why) {
    change(id, snapshot, "gone", why, " AND attribute_not_exists(#gone)");
  }

  private void change(
      RestoreId id, SnapshotId snapshot, String what, String value, String condition) {
    volumeItems(id).stream()
        .filter(item -> DynamoRestoreItem.volume(id, item).creation().snapshot().equals(snapshot))
        .findFirst()
        .ifPresent(
            item ->
                table()
                    .update(
                        item.itemKey(),
                        new DynamoUpdate(
                            "SET #%s = :%s".formatted(what, what),
                            "attribute_exists(#pk)" + condition,
                            new DynamoAttributes().with(what, value))));
  }

  @Override
  default Optional<RestoreRow> beginUndo(RestoreId id, Instant at, Instant until) {
    Optional<RestoreRow> row = restore(id);
    if (row.isEmpty()) {
      return row;
    }
    Optional<RestorePlan> plan = restorePlan(id);
    if (row.get().open() && row.get().undoing()) {
      if (plan.isPresent() && (!holdsTarget(id, plan.get(), at) || !keepLeases(id, at, until))) {
        takeLeases(id, plan.get(), at, until);
      }
      return row;
    }
    plan.ifPresent(known -> takeLeases(id, known, at, until));
    table()
        .update(
            DynamoRestoreItem.key(id),
            new DynamoUpdate(
                "SET #reachedUNDOING = :at, #status = :running, #groupOrder = :order REMOVE"
                    + " #endedAt",
                "attribute_exists(#pk)",
                new DynamoAttributes()
                    .with("at", at)
                    .with("order", DynamoRestoreItem.order(id, at))
                    .with("running", RestoreRow.Status.RUNNING.name())));
    return restore(id);
  }

  @Override
  default void recordStage(RestoreId id, RestoreRow.Stage stage, Instant at) {
    String name = DynamoRestoreItem.reached(stage);
    table()
        .update(
            DynamoRestoreItem.key(id),
            new DynamoUpdate(
                "SET #%s = :at".formatted(name),
                "attribute_exists(#pk) AND attribute_not_exists(#%s)".formatted(name),
                new DynamoAttributes().with("at", at)));
  }

  @Override
  default void recordImage(RestoreId id, Optional<String> image) {
    DynamoAttributes values = new DynamoAttributes().withOptional("image", image);
    table()
        .update(
            DynamoRestoreItem.key(id),
            new DynamoUpdate(
                image.isPresent() ? "SET #image = :image" : "REMOVE #image",
                "attribute_exists(#pk)",
                values));
  }

  @Override
  default void recordLaunched(RestoreId id, InstanceId instance) {
    table()
        .update(
            DynamoRestoreItem.key(id),
            new DynamoUpdate(
                "SET #launched = :launched",
                "attribute_exists(#pk) AND attribute_not_exists(#launched)",
                new DynamoAttributes().with("launched", instance.value())));
  }

  @Override
  default boolean keepLeases(RestoreId id, Instant now, Instant until) {
    Optional<DynamoAttributes> item = table().find(DynamoRestoreItem.planKey(id));
    if (item.isEmpty()) {
      return false;
    }
    RestorePlan plan = DynamoRestoreItem.plan(item.get(), List.of());
    DynamoLeases.takeSet(table(), plan.request().set(), id, until);
    return !plan.request().to().disturbsInstance()
        || plan.target()
            .flatMap(target -> DynamoLeases.takeInstance(table(), target, id, now, until))
            .isEmpty();
  }

  @Override
  default RestoreRow recordRestoreEnded(
      RestoreId id, RestoreRow.Status status, String reason, Instant at) {
    table()
        .update(
            DynamoRestoreItem.key(id),
            new DynamoUpdate(
                "SET #status = :status, #reason = :reason, #endedAt = :at",
                "attribute_exists(#pk)"
                    + " AND (attribute_not_exists(#endedAt) OR #endedAt <= :at)"
                    + (status == RestoreRow.Status.SUCCEEDED
                        ? " AND attribute_not_exists(#reachedUNDOING)"
                        : " AND #status <> :succeeded"),
                ended(status, reason, at)));
    RestoreRow row =
        restore(id)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "end of %s: expected a restore on record, found none".formatted(id)));
    if (!row.open()) {
      restorePlan(id).ifPresent(plan -> giveBack(id, plan));
    }
    return row;
  }

  @Override
  default RestoreRow recordNotUndone(RestoreId id, String reason, Instant at) {
    table()
        .update(
            DynamoRestoreItem.key(id),
            new DynamoUpdate(
                "SET #status = :failed, #reason = :reason, #groupOrder = :order",
                "attribute_exists(#pk) AND attribute_not_exists(#endedAt)",
                new DynamoAttributes()
                    .with("failed", RestoreRow.Status.FAILED.name())
                    .with("reason", reason)
                    .with("order", DynamoRestoreItem.order(id, at))));
    if (restore(id).filter(RestoreRow::notUndone).isPresent()) {
      recordStage(id, RestoreRow.Stage.UNDOING, at);
    }
    return restore(id)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "undo of %s: expected a restore on record, found none".formatted(id)));
  }

  @Override
  default boolean takeTurn(RestoreId id, String who, Instant now, Instant until) {
    return DynamoLeases.takeTurn(table(), id, who, now, until);
  }

  @Override
  default void giveTurn(RestoreId id, String who) {
    DynamoLeases.giveTurnBack(table(), id, who);
  }

  private static DynamoAttributes ended(RestoreRow.Status status, String reason, Instant at) {
    DynamoAttributes values =
        new DynamoAttributes().with("status", status.name()).with("reason", reason).with("at", at);
    return status == RestoreRow.Status.SUCCEEDED
        ? values
        : values.with("succeeded", RestoreRow.Status.SUCCEEDED.name());
  }

  @Override
  default Optional<Instant> leasedUntil(RestoreRow row) {
    return DynamoLeases.until(table(), row.request().set(), row.id());
  }

  @Override
  default Map<AttemptId, SetHolder> setLeases(Instant now) {
    return DynamoLeases.ofSets(table(), now);
  }

  @Override
  default Optional<SetHolder> setLease(AttemptId set, Instant now) {
    return DynamoLeases.ofSet(table(), set, now);
  }

  @Override
  default Optional<RestoreId> instanceLease(InstanceId instance, Instant now) {
    return DynamoLeases.ofInstance(table(), instance, now);
  }
}
