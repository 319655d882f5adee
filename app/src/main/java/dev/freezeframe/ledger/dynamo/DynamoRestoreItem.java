package dev.freezeframe.ledger.dynamo;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.ledger.dynamo.table.DynamoAttributes;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoredVolume;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A restore as items of one partition: itself, its plan, and each of its volumes. What tasks only
 * read, such as the plan, is JSON as text; volumes are apart, since their tags may fill an item.
 */
final class DynamoRestoreItem {
  /** The group of all restores in the index of groups; no policy's, whose keys have a {@code #}. */
  static final String ALL = "restores";

  private static final String PREFIX = "restore#";
  private static final String VOLUME = "volume#";

  private DynamoRestoreItem() {}

  static String partition(RestoreId id) {
    return PREFIX + id;
  }

  static DynamoAttributes key(RestoreId id) {
    return DynamoAttributes.key(partition(id), "restore");
  }

  static DynamoAttributes planKey(RestoreId id) {
    return DynamoAttributes.key(partition(id), "plan");
  }

  static DynamoAttributes volumeKey(RestoreId id, int number) {
    return DynamoAttributes.key(partition(id), "%s%03d".formatted(VOLUME, number));
  }

  /** The name of the attribute that has when a stage was reached. */
  static String reached(RestoreRow.Stage stage) {
    return "reached" + stage;
  }

  static DynamoAttributes item(RestoreRow row) {
    DynamoAttributes item =
        key(row.id())
            .with("id", row.id().value())
            .withJson("request", row.request())
            .with("hash", row.hash())
            .with("execution", row.execution())
            .with("startedAt", row.startedAt())
            .with("status", row.status().name())
            .with("reason", row.reason())
            .with("groupKey", ALL)
            .with("groupOrder", order(row.id(), row.startedAt()))
            .withOptional("launched", row.launched().map(InstanceId::value))
            .withOptional("image", row.image());
    row.reached().forEach((stage, at) -> item.with(reached(stage), at));
    row.endedAt().ifPresent(at -> item.with("endedAt", at));
    return item;
  }

  /** Its place among all restores in the index, by the last time at which something began. */
  static String order(RestoreId id, Instant at) {
    return DynamoAttributes.iso(at) + "#" + id;
  }

  static RestoreRow row(DynamoAttributes item) {
    Map<RestoreRow.Stage, Instant> reached = new EnumMap<>(RestoreRow.Stage.class);
    for (RestoreRow.Stage stage : RestoreRow.Stage.values()) {
      item.optional(reached(stage), Instant::parse).ifPresent(at -> reached.put(stage, at));
    }
    return new RestoreRow(
        new RestoreId(item.text("id")),
        item.json("request", RestoreRequest.class),
        item.text("hash"),
        item.text("execution"),
        item.instant("startedAt"),
        RestoreRow.Status.valueOf(item.text("status")),
        item.text("reason"),
        reached,
        item.optional("launched", InstanceId::new),
        item.optional("image"),
        item.optional("endedAt", Instant::parse));
  }

  static DynamoAttributes plan(RestoreId id, RestorePlan plan) {
    return planKey(id).withJson("plan", withVolumes(plan, List.of()));
  }

  static RestorePlan plan(DynamoAttributes item, List<RestoredVolume> volumes) {
    return withVolumes(
        item.json("plan", RestorePlan.class),
        volumes.stream().map(RestoredVolume::creation).toList());
  }

  private static RestorePlan withVolumes(RestorePlan plan, List<RestorePlan.Creation> volumes) {
    return new RestorePlan(
        plan.request(),
        plan.zone(),
        plan.target(),
        plan.running(),
        volumes,
        plan.replaced(),
        plan.launch());
  }

  static DynamoAttributes volume(RestoreId id, int number, RestorePlan.Creation creation) {
    return volumeKey(id, number).withJson("creation", creation);
  }

  static RestoredVolume volume(RestoreId id, DynamoAttributes item) {
    return new RestoredVolume(
        id,
        item.json("creation", RestorePlan.Creation.class),
        item.optional("volume", VolumeId::new),
        item.optional("attachedTo", InstanceId::new),
        item.optional("gone"));
  }
}
