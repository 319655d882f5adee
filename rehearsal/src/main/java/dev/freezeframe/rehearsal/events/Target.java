package dev.freezeframe.rehearsal.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.rehearsal.functions.Functions;
import dev.freezeframe.rehearsal.states.StepFunctions;
import java.nio.charset.StandardCharsets;

/** Where a rule or a schedule delivers to. */
@FunctionalInterface
public interface Target {

  /**
   * Delivers.
   *
   * @throws dev.freezeframe.rehearsal.states.StepFunctionsException if it is refused for now
   */
  void deliver(JsonNode input);

  /** A function, invoked asynchronously. */
  static Target function(Functions functions, String nameOrArn) {
    return input ->
        functions.invokeAsync(nameOrArn, input.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A state machine, started under a random name: a target of EventBridge has no field for one
   * ({@code Target} of its API), so that an event that comes twice starts two executions.
   */
  static Target stateMachine(StepFunctions states, String arn) {
    return input -> states.startForEvent(arn, input);
  }
}
