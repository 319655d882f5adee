package dev.freezeframe.ledger.dynamo;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.drill.DrillCheck;
import dev.freezeframe.drill.DrillCommand;
import dev.freezeframe.drill.DrillCost;
import dev.freezeframe.drill.DrillEnd;
import dev.freezeframe.drill.DrillId;
import dev.freezeframe.drill.DrillOrder;
import dev.freezeframe.drill.DrillPlan;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillStage;
import dev.freezeframe.drill.DrillTrouble;
import dev.freezeframe.drill.DrilledGroup;
import dev.freezeframe.ledger.dynamo.table.DynamoAttributes;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import java.time.Instant;
import java.time.YearMonth;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Drills as items: each itself, what it costs in its month, and what a group has come to. */
final class DynamoDrillItem {
  /** The group of all drills in the index of groups; no policy's, whose keys have a {@code #}. */
  static final String ALL = "drills";

  /** For an evidence of three years, and the year in which it is asked for. */
  private static final int DAYS_KEPT = 4 * 366;

  private DynamoDrillItem() {}

  static DynamoAttributes key(DrillId id) {
    return DynamoAttributes.key("drill#" + id, "drill");
  }

  static DynamoAttributes groupKey(PolicyName policy, InstanceId instance) {
    return DynamoAttributes.key("drilled#%s#%s".formatted(policy, instance), "drilled");
  }

  static String month(YearMonth month) {
    return "drills#" + month;
  }

  static DynamoAttributes spendingKey(PolicyName policy, YearMonth month, DrillId id) {
    return DynamoAttributes.key(month(month), "%s#%s".formatted(policy, id));
  }

  static DrillId spender(DynamoAttributes item) {
    String key = item.text(LedgerTable.SORT_KEY);
    return new DrillId(key.substring(key.lastIndexOf('#') + 1));
  }

  static String reached(DrillStage stage) {
    return "reached" + stage;
  }

  static String check(DrillCommand command) {
    return "check" + command;
  }

  /** When DynamoDB may drop it. */
  static long kept(Instant from) {
    return from.plusSeconds(DAYS_KEPT * 86_400L).getEpochSecond();
  }

  static DynamoAttributes item(DrillRow row) {
    DynamoAttributes item =
        key(row.id())
            .with("id", row.id().value())
            .withJson("order", row.order())
            .with("execution", row.execution())
            .with("startedAt", row.startedAt())
            .with("attempt", row.found().attempt())
            .with("groupKey", ALL)
            .with("groupOrder", DynamoAttributes.iso(row.startedAt()) + "#" + row.id())
            .with("ttl", kept(row.startedAt()));
    row.plan().ifPresent(plan -> item.withJson("plan", plan));
    return item;
  }

  static DrillRow row(DynamoAttributes item) {
    Map<DrillStage, Instant> reached = new EnumMap<>(DrillStage.class);
    for (DrillStage stage : DrillStage.values()) {
      item.optional(reached(stage), Instant::parse).ifPresent(at -> reached.put(stage, at));
    }
    Map<DrillCommand, DrillCheck> checks = new EnumMap<>(DrillCommand.class);
    for (DrillCommand command : DrillCommand.values()) {
      item.optionalJson(check(command), DrillCheck.class)
          .ifPresent(check -> checks.put(command, check));
    }
    Map<SnapshotId, VolumeId> volumes = new TreeMap<>();
    if (item.has("volumes")) {
      item.map("volumes")
          .asMap()
          .forEach(
              (snapshot, volume) ->
                  volumes.put(new SnapshotId(snapshot), new VolumeId(volume.s())));
    }
    return new DrillRow(
        new DrillId(item.text("id")),
        item.json("order", DrillOrder.class),
        item.text("execution"),
        item.instant("startedAt"),
        item.optionalJson("plan", DrillPlan.class),
        reached,
        new DrillRow.Found(
            item.optional("instance", InstanceId::new),
            item.optional("image"),
            item.number("attempt"),
            volumes,
            checks,
            item.optionalJson("trouble", DrillTrouble.class)),
        item.optionalJson("end", DrillEnd.class));
  }

  static DrilledGroup group(DynamoAttributes item) {
    return item.json("drilled", DrilledGroup.class);
  }

  static DrillCost cost(DynamoAttributes item) {
    return new DrillCost(item.millis("micros"));
  }
}
