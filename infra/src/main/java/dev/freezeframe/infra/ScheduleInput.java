package dev.freezeframe.infra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.lambda.Json;
import dev.freezeframe.policy.Policy;

/** What {@code run-policy} is started with: the whole policy, and the time it was due. */
final class ScheduleInput {
  /** The Scheduler puts the time in its place. */
  private static final String SCHEDULED_TIME = "<aws.scheduler.scheduled-time>";

  private ScheduleInput() {}

  static String of(Policy policy) {
    ObjectNode input = Json.mapper().createObjectNode();
    input.put("scheduledAt", SCHEDULED_TIME);
    input.set("policy", Json.mapper().valueToTree(policy));
    try {
      return Json.mapper().writeValueAsString(input);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a policy is JSON by its nature", impossible);
    }
  }
}
