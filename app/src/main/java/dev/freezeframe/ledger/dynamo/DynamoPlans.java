package dev.freezeframe.ledger.dynamo;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.PlanGroups;
import dev.freezeframe.ledger.PlanLedger;
import dev.freezeframe.ledger.PlanPage;
import dev.freezeframe.ledger.PlanRow;
import dev.freezeframe.ledger.dynamo.table.DynamoAttributes;
import dev.freezeframe.ledger.dynamo.table.DynamoTable;
import dev.freezeframe.ledger.dynamo.table.DynamoWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Plans of deletions, one partition each: the groups that it is of, its pages, and itself. */
interface DynamoPlans extends PlanLedger {
  /** How long a plan can be looked at. */
  Duration LASTS = Duration.ofDays(90);

  DynamoTable table();

  @Override
  default PlanRow recordPlan(PlanRow plan) {
    DynamoWrite write =
        table()
            .putIfAbsent(
                key(plan.plan())
                    .with("execution", plan.execution())
                    .with("at", plan.at())
                    .with("pages", plan.pages())
                    .with("sets", plan.sets())
                    .with("snapshots", plan.snapshots())
                    .with("kept", plan.kept())
                    .with("within", plan.within())
                    .with("leftOut", plan.leftOut())
                    .with("words", plan.words())
                    .with("ttl", plan.at().plus(LASTS).getEpochSecond()));
    return write.made() ? plan : row(plan.plan(), write.inTheWay());
  }

  @Override
  default Optional<PlanRow> plan(String plan) {
    return table().find(key(plan)).map(item -> row(plan, item));
  }

  private static PlanRow row(String plan, DynamoAttributes item) {
    return new PlanRow(
        plan,
        item.text("execution"),
        item.instant("at"),
        item.number("pages"),
        item.number("sets"),
        item.number("snapshots"),
        item.number("kept"),
        item.flag("within"),
        item.has("leftOut") ? item.number("leftOut") : 0,
        item.text("words"));
  }

  @Override
  default void recordPlanGroups(PlanGroups page) {
    table()
        .putIfAbsent(
            key(page.plan(), "groups", page.number())
                .with("at", page.at())
                .with("ttl", page.at().plus(LASTS).getEpochSecond())
                .with("groups", page.groups().stream().map(GroupKey::toString).toList()));
  }

  @Override
  default Optional<PlanGroups> planGroups(String plan, int number) {
    return table()
        .find(key(plan, "groups", number))
        .map(
            item ->
                new PlanGroups(
                    plan,
                    number,
                    item.instant("at"),
                    item.texts("groups").stream().map(GroupKey::parse).toList()));
  }

  @Override
  default void recordPlanPage(PlanPage page) {
    table()
        .put(
            key(page.plan(), "page", page.number())
                .with("at", page.at())
                .with("ttl", page.at().plus(LASTS).getEpochSecond())
                .withMaps("sets", page.sets().stream().map(DynamoPlans::map).toList()),
            "attribute_not_exists(#pk) OR #at < :at",
            new DynamoAttributes().with("at", page.at()));
  }

  @Override
  default Optional<PlanPage> planPage(String plan, int number) {
    return table()
        .find(key(plan, "page", number))
        .map(
            item ->
                new PlanPage(
                    plan,
                    number,
                    item.instant("at"),
                    item.maps("sets").stream().map(DynamoPlans::set).toList()));
  }

  private static DynamoAttributes map(PlanPage.PlannedSet set) {
    DynamoAttributes map =
        new DynamoAttributes()
            .with("group", set.group().toString())
            .with("setId", set.set().value())
            .with("pointInTime", set.pointInTime())
            .with("members", set.members().stream().map(SnapshotId::value).toList())
            .with("expires", set.expires())
            .with("rule", set.rule())
            .with("reason", set.reason());
    set.reevaluateAt().ifPresent(at -> map.with("reevaluateAt", at));
    return map;
  }

  private static PlanPage.PlannedSet set(DynamoAttributes map) {
    return new PlanPage.PlannedSet(
        GroupKey.parse(map.text("group")),
        new AttemptId(map.text("setId")),
        map.instant("pointInTime"),
        map.texts("members").stream().map(SnapshotId::new).toList(),
        map.flag("expires"),
        map.text("rule"),
        map.text("reason"),
        map.optional("reevaluateAt", Instant::parse));
  }

  private static DynamoAttributes key(String plan) {
    return DynamoAttributes.key("plan#" + plan, "plan");
  }

  private static DynamoAttributes key(String plan, String kind, int number) {
    return DynamoAttributes.key("plan#" + plan, "%s#%05d".formatted(kind, number));
  }
}
