package dev.freezeframe.task.trigger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.common.Json;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.policy.Drill;
import dev.freezeframe.policy.Policy;
import java.time.Duration;
import java.util.List;

/** The inputs of schedules. A run gets the whole policy, so that the console shows it. */
public final class ScheduleInput {
  /** The Scheduler puts the time in its place. */
  private static final String SCHEDULED_TIME = "<aws.scheduler.scheduled-time>";

  private ScheduleInput() {}

  /** For {@code run-policy}: the policy, and the time it was due. */
  public static String ofRun(Policy policy) {
    ObjectNode input = Json.mapper().createObjectNode();
    input.put("scheduledAt", SCHEDULED_TIME);
    input.set("policy", Json.mapper().valueToTree(policy));
    return text(input);
  }

  /** For {@code drill-set}: how the policy's sets are drilled, and the time it was due. */
  public static String ofDrills(PolicyName policy, Drill drill) {
    ObjectNode input = Json.mapper().createObjectNode();
    input.put("scheduledAt", SCHEDULED_TIME);
    input.put("policy", policy.value());
    input.set("drill", Json.mapper().valueToTree(drill));
    return text(input);
  }

  /**
   * For {@code WatchRecoveryPoints}: when each policy runs, and what a backup may take. No more of
   * the policies: a hundred of the largest are more than the 256 KB that the Scheduler takes.
   */
  public static String ofWatch(List<Policy> policies, Duration grace) {
    ObjectNode input = Json.mapper().createObjectNode();
    input.put("grace", grace.toString());
    ArrayNode watched = input.putArray("policies");
    for (Policy policy : policies) {
      watched
          .addObject()
          .put("name", policy.name().value())
          .set("schedule", Json.mapper().valueToTree(policy.schedule()));
    }
    return text(input);
  }

  /**
   * For {@code expire-snapshots}.
   *
   * @param apply true: delete what is due, after a look at what has changed by hand; false: plan it
   */
  public static String ofExpiry(boolean apply) {
    ObjectNode input = Json.mapper().createObjectNode();
    input.put("apply", apply);
    input.put("reconcile", apply);
    return text(input);
  }

  /** For functions that need to know nothing. */
  public static String ofStart() {
    return text(Json.mapper().createObjectNode());
  }

  /** For any function: what it answers without doing anything. */
  public static String ofWake() {
    return text(Json.mapper().createObjectNode().put("wake", true));
  }

  private static String text(ObjectNode input) {
    try {
      return Json.mapper().writeValueAsString(input);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a policy is JSON by its nature", impossible);
    }
  }
}
