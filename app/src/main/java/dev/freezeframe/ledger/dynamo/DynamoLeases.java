package dev.freezeframe.ledger.dynamo;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SetHolder;
import dev.freezeframe.drill.DrillId;
import dev.freezeframe.ledger.dynamo.table.DynamoAttributes;
import dev.freezeframe.ledger.dynamo.table.DynamoTable;
import dev.freezeframe.ledger.dynamo.table.DynamoWrite;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import dev.freezeframe.restore.RestoreId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The leases of restores and drills, in one partition, so that one query reads all: an item for
 * each set and each that holds it, and one for each instance, which one restore alone may hold.
 */
final class DynamoLeases {
  private static final String LEASES = "leases";
  private static final String UNTIL = "until";

  /** A lease that has lapsed is of use to nobody; for so long somebody may still look why. */
  private static final Duration KEPT = Duration.ofDays(7);

  private DynamoLeases() {}

  static void takeSet(DynamoTable table, AttemptId set, SetHolder holder, Instant until) {
    table.put(
        lease(setKey(set, holder), holder, until).with("setId", set.value()),
        "attribute_not_exists(#until) OR #until < :until",
        new DynamoAttributes().with(UNTIL, until));
  }

  static void giveSetBack(DynamoTable table, AttemptId set, SetHolder holder) {
    table.delete(
        setKey(set, holder),
        "#restore = :restore",
        new DynamoAttributes().with("restore", holder.value()));
  }

  static Optional<Instant> until(DynamoTable table, AttemptId set, SetHolder holder) {
    return table.find(setKey(set, holder)).map(item -> item.instant(UNTIL));
  }

  static Optional<SetHolder> ofSet(DynamoTable table, AttemptId set, Instant now) {
    return Optional.ofNullable(held(table, "set#%s#".formatted(set), now).get(set));
  }

  static Map<AttemptId, SetHolder> ofSets(DynamoTable table, Instant now) {
    return held(table, "set#", now);
  }

  private static Map<AttemptId, SetHolder> held(DynamoTable table, String prefix, Instant now) {
    Map<AttemptId, SetHolder> held = new HashMap<>();
    table
        .query(
            "#pk = :leases AND begins_with(#sk, :prefix)",
            new DynamoAttributes().with(LEASES, LEASES).with("prefix", prefix))
        .stream()
        .filter(item -> item.instant(UNTIL).isAfter(now))
        .forEach(item -> held.putIfAbsent(new AttemptId(item.text("setId")), holder(item)));
    return held;
  }

  /** Returns who holds the instance; empty: the restore itself does now. */
  static Optional<RestoreId> takeInstance(
      DynamoTable table, InstanceId instance, RestoreId restore, Instant now, Instant until) {
    DynamoWrite written =
        table.put(
            lease(instanceKey(instance), restore, until),
            "attribute_not_exists(#restore) OR #restore = :restore OR #until <= :now",
            new DynamoAttributes().with("restore", restore.value()).with("now", now));
    return written.made() ? Optional.empty() : Optional.of(restore(written.inTheWay()));
  }

  static void giveInstanceBack(DynamoTable table, InstanceId instance, RestoreId restore) {
    table.delete(
        instanceKey(instance),
        "#restore = :restore",
        new DynamoAttributes().with("restore", restore.value()));
  }

  static Optional<RestoreId> ofInstance(DynamoTable table, InstanceId instance, Instant now) {
    return table
        .find(instanceKey(instance))
        .filter(item -> item.instant(UNTIL).isAfter(now))
        .map(DynamoLeases::restore);
  }

  static boolean takeTurn(
      DynamoTable table, RestoreId restore, String who, Instant now, Instant until) {
    return table
        .put(
            lease(turnKey(restore), restore, until).with("who", who),
            "attribute_not_exists(#until) OR #until <= :now OR #who = :who",
            new DynamoAttributes().with("who", who).with("now", now))
        .made();
  }

  static void giveTurnBack(DynamoTable table, RestoreId restore, String who) {
    table.delete(turnKey(restore), "#who = :who", new DynamoAttributes().with("who", who));
  }

  private static DynamoAttributes turnKey(RestoreId restore) {
    return DynamoAttributes.key(LEASES, "turn#%s".formatted(restore));
  }

  private static DynamoAttributes lease(DynamoAttributes key, SetHolder holder, Instant until) {
    return key.with("restore", holder.value())
        .with(UNTIL, until)
        .with(LedgerTable.TIME_TO_LIVE, until.plus(KEPT).getEpochSecond());
  }

  private static SetHolder holder(DynamoAttributes item) {
    String id = item.text("restore");
    return DrillId.isWellFormed(id) ? new DrillId(id) : new RestoreId(id);
  }

  private static RestoreId restore(DynamoAttributes item) {
    return new RestoreId(item.text("restore"));
  }

  private static DynamoAttributes setKey(AttemptId set, SetHolder holder) {
    return DynamoAttributes.key(LEASES, "set#%s#%s".formatted(set, holder.value()));
  }

  private static DynamoAttributes instanceKey(InstanceId instance) {
    return DynamoAttributes.key(LEASES, "instance#%s".formatted(instance));
  }
}
