package dev.freezeframe.rehearsal.ec2.snapshot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.ec2.api.Ec2Settings;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.SnapshotState;

/** The events of EBS, as EventBridge delivers them. */
public final class SnapshotEvents {
  private final Ec2Settings settings;
  private final Seed seed;
  private int made;

  public SnapshotEvents(Ec2Settings settings, Seed seed) {
    this.settings = settings;
    this.seed = seed;
  }

  /** A set is settled, with all of its snapshots. */
  public ObjectNode ofSet(List<StoredSnapshot> set, String cause, Instant endTime) {
    ObjectNode event = envelope("EBS Multi-Volume Snapshots Completion Status", endTime);
    boolean succeeded = cause.isEmpty();
    ObjectNode detail = detail(event, "createSnapshots", succeeded, cause);
    detail.put("startTime", seconds(set.get(0).startTime())).put("endTime", seconds(endTime));
    ArrayNode snapshots = detail.putArray("snapshots");
    for (StoredSnapshot snapshot : set) {
      resources(event).add(arn("snapshot", snapshot.id()));
      snapshots
          .addObject()
          .put("snapshot_id", arn("snapshot", snapshot.id()))
          .put("source", arn("volume", snapshot.volumeId()))
          .put("status", snapshot.state().toString());
    }
    return event;
  }

  /** One snapshot is settled. */
  public ObjectNode ofSnapshot(StoredSnapshot snapshot, String cause, Instant endTime) {
    ObjectNode event = envelope("EBS Snapshot Notification", endTime);
    boolean succeeded = snapshot.state() == SnapshotState.COMPLETED;
    resources(event).add(arn("snapshot", snapshot.id()));
    detail(event, "createSnapshot", succeeded, cause)
        .put("snapshot_id", arn("snapshot", snapshot.id()))
        .put("source", arn("volume", snapshot.volumeId()))
        .put("startTime", seconds(snapshot.startTime()))
        .put("endTime", seconds(endTime));
    return event;
  }

  private ObjectNode envelope(String type, Instant at) {
    made++;
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event
        .put("version", "0")
        .put("id", seed.uuid("snapshot event/" + made).toString())
        .put("detail-type", type)
        .put("source", "aws.ec2")
        .put("account", settings.account())
        .put("time", seconds(at))
        .put("region", settings.region());
    event.putArray("resources");
    event.putObject("detail");
    return event;
  }

  private static ArrayNode resources(ObjectNode event) {
    return (ArrayNode) event.get("resources");
  }

  private static ObjectNode detail(ObjectNode event, String name, boolean succeeded, String cause) {
    return ((ObjectNode) event.get("detail"))
        .put("event", name)
        .put("result", succeeded ? "succeeded" : "failed")
        .put("cause", cause)
        .put("request-id", "");
  }

  /** Documents differ in where the Region stands; so do the events made here, in turn. */
  private String arn(String type, String id) {
    String form = made % 2 == 1 ? "arn:aws:ec2::%s:%s/%s" : "arn:aws:ec2:%s::%s/%s";
    return form.formatted(settings.region(), type, id);
  }

  private static String seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
