package dev.freezeframe.ledger.dynamo;

import static java.time.ZoneOffset.UTC;
import static java.util.Comparator.comparing;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.drill.DrillCheck;
import dev.freezeframe.drill.DrillCommand;
import dev.freezeframe.drill.DrillCost;
import dev.freezeframe.drill.DrillEnd;
import dev.freezeframe.drill.DrillId;
import dev.freezeframe.drill.DrillLedger;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillStage;
import dev.freezeframe.drill.DrillTrouble;
import dev.freezeframe.drill.DrilledGroup;
import dev.freezeframe.ledger.dynamo.table.DynamoAttributes;
import dev.freezeframe.ledger.dynamo.table.DynamoTable;
import dev.freezeframe.ledger.dynamo.table.DynamoUpdate;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Drills: an item for each, one for what it costs, and one for each group. */
interface DynamoDrills extends DrillLedger {
  String EXISTS = "attribute_exists(#pk)";

  DynamoTable table();

  @Override
  default DrillRow claimDrill(DrillRow row, Instant until) {
    Optional<DrillRow> before = drill(row.id());
    if (before.isPresent()) {
      return before.get();
    }
    DynamoLeases.takeSet(table(), row.order().set(), row.id(), until);
    table().putIfAbsent(DynamoDrillItem.item(row));
    return drill(row.id()).orElseThrow();
  }

  @Override
  default Optional<DrillRow> drill(DrillId id) {
    return table().find(DynamoDrillItem.key(id)).map(DynamoDrillItem::row);
  }

  @Override
  default List<DrillRow> drills(Instant since) {
    return table()
        .queryItems(
            LedgerTable.GROUP,
            "#groupKey = :drills AND #groupOrder >= :since",
            new DynamoAttributes().with("drills", DynamoDrillItem.ALL).with("since", since))
        .stream()
        .map(DynamoDrillItem::row)
        .sorted(comparing(DrillRow::startedAt).thenComparing(DrillRow::id).reversed())
        .toList();
  }

  @Override
  default void recordStage(DrillId id, DrillStage stage, Instant at) {
    String name = DynamoDrillItem.reached(stage);
    first(id, name, new DynamoAttributes().with(name, at));
  }

  /** Sets an attribute that is not there. */
  private void first(DrillId id, String name, DynamoAttributes value) {
    table()
        .update(
            DynamoDrillItem.key(id),
            new DynamoUpdate(
                "SET #%s = :%s".formatted(name, name),
                "%s AND attribute_not_exists(#%s)".formatted(EXISTS, name),
                value));
  }

  @Override
  default void recordAttempt(DrillId id, int attempt) {
    table()
        .update(
            DynamoDrillItem.key(id),
            new DynamoUpdate(
                "SET #attempt = :attempt",
                EXISTS + " AND #attempt < :attempt",
                new DynamoAttributes().with("attempt", attempt)));
  }

  @Override
  default void recordDrillInstance(DrillId id, InstanceId instance, String image) {
    table()
        .update(
            DynamoDrillItem.key(id),
            new DynamoUpdate(
                "SET #instance = :instance, #image = :image",
                EXISTS,
                new DynamoAttributes().with("instance", instance.value()).with("image", image)));
  }

  @Override
  default void recordDrillVolumes(DrillId id, Map<SnapshotId, VolumeId> volumes) {
    DynamoAttributes map = new DynamoAttributes();
    volumes.forEach((snapshot, volume) -> map.with(snapshot.value(), volume.value()));
    first(id, "volumes", new DynamoAttributes().withMap("volumes", map));
  }

  @Override
  default void recordCheck(DrillId id, DrillCommand command, DrillCheck check) {
    String name = DynamoDrillItem.check(command);
    first(id, name, new DynamoAttributes().withJson(name, check));
  }

  @Override
  default void recordTrouble(DrillId id, DrillTrouble trouble) {
    first(id, "trouble", new DynamoAttributes().withJson("trouble", trouble));
  }

  @Override
  default void keepDrillLease(DrillId id, Instant until) {
    drill(id)
        .filter(DrillRow::open)
        .ifPresent(row -> DynamoLeases.takeSet(table(), row.order().set(), id, until));
  }

  @Override
  default Optional<Instant> drillLeasedUntil(DrillRow row) {
    return DynamoLeases.until(table(), row.order().set(), row.id());
  }

  /** The end comes first, and stays; a function that finds it on record records it again. */
  @Override
  default DrillRow recordDrillEnded(DrillId id, DrillEnd end) {
    DrillRow before =
        drill(id)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "end of %s: expected a drill on record, found none".formatted(id)));
    first(id, "end", new DynamoAttributes().withJson("end", end));
    DrillRow row = drill(id).orElse(before);
    addToGroup(row);
    DynamoLeases.giveSetBack(table(), row.order().set(), id);
    return row;
  }

  /** Again where another drill of the group ended meanwhile. */
  private void addToGroup(DrillRow row) {
    boolean done = false;
    for (int tries = 0; !done && tries < 10; tries++) {
      Optional<DynamoAttributes> item =
          table().find(DynamoDrillItem.groupKey(row.order().policy(), row.order().instance()));
      Optional<DrilledGroup> before = item.map(DynamoDrillItem::group);
      Optional<DrilledGroup> after = DrilledGroup.with(before, row);
      done = after.equals(before) || write(row, item, after.orElseThrow());
    }
    if (!done) {
      throw new IllegalStateException(
          "group of %s: expected no ten others to write to it at once".formatted(row.id()));
    }
  }

  private boolean write(DrillRow row, Optional<DynamoAttributes> before, DrilledGroup after) {
    DynamoAttributes item =
        DynamoDrillItem.groupKey(row.order().policy(), row.order().instance())
            .withJson("drilled", after);
    return before
        .map(
            known ->
                table()
                    .put(
                        item,
                        "#drilled = :before",
                        new DynamoAttributes().with("before", known.text("drilled"))))
        .orElseGet(() -> table().putIfAbsent(item))
        .made();
  }

  @Override
  default void recordSpending(PolicyName policy, YearMonth month, DrillId id, DrillCost cost) {
    table()
        .replace(
            DynamoDrillItem.spendingKey(policy, month, id)
                .with("micros", cost.micros())
                .with("ttl", DynamoDrillItem.kept(month.atDay(1).atStartOfDay(UTC).toInstant())));
  }

  @Override
  default void withdrawSpending(PolicyName policy, YearMonth month, DrillId id) {
    table().delete(DynamoDrillItem.spendingKey(policy, month, id), EXISTS, new DynamoAttributes());
  }

  @Override
  default Map<DrillId, DrillCost> spendings(PolicyName policy, YearMonth month) {
    Map<DrillId, DrillCost> spendings = new TreeMap<>();
    table()
        .query(
            "#pk = :month AND begins_with(#sk, :policy)",
            new DynamoAttributes()
                .with("month", DynamoDrillItem.month(month))
                .with("policy", policy + "#"))
        .forEach(item -> spendings.put(DynamoDrillItem.spender(item), DynamoDrillItem.cost(item)));
    return spendings;
  }

  @Override
  default Optional<DrilledGroup> drilledGroup(PolicyName policy, InstanceId instance) {
    return table().find(DynamoDrillItem.groupKey(policy, instance)).map(DynamoDrillItem::group);
  }

  @Override
  default Map<InstanceId, DrilledGroup> drilled(
      PolicyName policy, Collection<InstanceId> instances) {
    Map<InstanceId, DrilledGroup> drilled = new HashMap<>();
    table()
        .findAll(
            instances.stream()
                .distinct()
                .map(instance -> DynamoDrillItem.groupKey(policy, instance))
                .toList())
        .stream()
        .map(DynamoDrillItem::group)
        .forEach(group -> drilled.put(group.instance(), group));
    return drilled;
  }
}
