package dev.freezeframe.rehearsal.instance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * {@code EC2 Instance State-change Notification}, as the EC2 user guide shows it under "State
 * change events for Amazon EC2 instances".
 *
 * @param id of the event, a UUID
 * @param state the state that was entered, such as {@code stopped}
 */
public record InstanceEvent(
    String id, String region, String account, String instanceId, String state, Instant at) {
  public static final String TYPE = "EC2 Instance State-change Notification";

  /** The event whole, as EventBridge delivers it. */
  public ObjectNode json() {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event
        .put("version", "0")
        .put("id", id)
        .put("detail-type", TYPE)
        .put("source", "aws.ec2")
        .put("account", account)
        .put("time", at.truncatedTo(ChronoUnit.SECONDS).toString())
        .put("region", region);
    event
        .putArray("resources")
        .add("arn:aws:ec2:%s:%s:instance/%s".formatted(region, account, instanceId));
    event.putObject("detail").put("instance-id", instanceId).put("state", state);
    return event;
  }
}
