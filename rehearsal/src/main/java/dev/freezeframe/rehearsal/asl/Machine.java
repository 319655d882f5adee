package dev.freezeframe.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.rehearsal.asl.data.StatesError;
import dev.freezeframe.rehearsal.asl.environment.Environment;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A state machine, or the one inside a Map or Parallel state.
 *
 * @param states by name
 */
public record Machine(String startAt, Map<String, State> states) {
  public Machine {
    states = Map.copyOf(states);
  }

  /**
   * Begins an execution, or goes on with one that is redriven.
   *
   * @param state where it begins
   * @param context the context object, without {@code State}
   * @return stops the execution
   */
  public Scope run(
      String state,
      JsonNode input,
      ObjectNode context,
      Environment environment,
      Consumer<JsonNode> succeeded,
      Consumer<StatesError> failed) {
    Scope scope = new Scope();
    new Walk(this, scope, environment, context, 0, true).begin(state, input, succeeded, failed);
    return scope;
  }
}
