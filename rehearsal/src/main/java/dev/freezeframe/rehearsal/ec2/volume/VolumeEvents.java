package dev.freezeframe.rehearsal.ec2.volume;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.rehearsal.cloud.EventSink;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.ec2.api.Ec2Settings;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Tells of volumes as EBS does: EBS user guide, "Amazon EventBridge events for Amazon EBS". */
final class VolumeEvents {
  private static final String TYPE = "EBS Volume Notification";

  private final InstantSource time;
  private final Seed seed;
  private final Ec2Settings settings;
  private final EventSink sink;
  private int made;

  VolumeEvents(InstantSource time, Seed seed, Ec2Settings settings, EventSink sink) {
    this.time = time;
    this.seed = seed;
    this.settings = settings;
    this.sink = sink;
  }

  void available(String volumeId) {
    publish(volumeId, "createVolume", "available", "");
  }

  /** A volume could not be made. */
  void failed(String volumeId, String cause) {
    publish(volumeId, "createVolume", "failed", cause);
  }

  void deleted(String volumeId) {
    publish(volumeId, "deleteVolume", "deleted", "");
  }

  /** A volume could not be attached, as its key cannot be used. */
  void notAttached(String volumeId, String key, String cause) {
    ObjectNode event = envelope(volumeId);
    ((ArrayNode) event.get("resources")).add(key);
    ((ObjectNode) event.get("detail"))
        .put("event", "attachVolume")
        .put("result", "failed")
        .put("cause", cause)
        .put("request-id", "");
    sink.publish(event);
  }

  /** AWS's example has a space before the name, its pattern for rules has none: both come here. */
  void initialized(String volumeId) {
    ObjectNode event = envelope(volumeId);
    boolean space = seed.random("space in an event of " + volumeId).nextBoolean();
    ((ObjectNode) event.get("detail"))
        .put("event", space ? " initializeVolume" : "initializeVolume")
        .put("result", "succeeded")
        .put("completionTime", seconds(time.instant()))
        .put("request-id", seed.uuid("request of volume event/" + made).toString());
    sink.publish(event);
  }

  private void publish(String volumeId, String name, String result, String cause) {
    ObjectNode event = envelope(volumeId);
    ((ObjectNode) event.get("detail"))
        .put("result", result)
        .put("cause", cause)
        .put("event", name)
        .put("request-id", seed.uuid("request of volume event/" + made).toString());
    sink.publish(event);
  }

  private ObjectNode envelope(String volumeId) {
    made++;
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event
        .put("version", "0")
        .put("id", seed.uuid("volume event/" + made).toString())
        .put("detail-type", TYPE)
        .put("source", "aws.ec2")
        .put("account", settings.account())
        .put("time", seconds(time.instant()))
        .put("region", settings.region());
    event
        .putArray("resources")
        .add(
            "arn:aws:ec2:%s:%s:volume/%s"
                .formatted(settings.region(), settings.account(), volumeId));
    event.putObject("detail");
    return event;
  }

  private static String seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
