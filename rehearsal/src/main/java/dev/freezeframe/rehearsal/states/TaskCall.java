package dev.freezeframe.rehearsal.states;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.rehearsal.asl.environment.TaskAnswer;
import java.util.function.BooleanSupplier;

/**
 * One try of a Task state.
 *
 * <p>The first answer counts, and only while the execution runs and waits for it.
 */
final class TaskCall {
  private final String execution;
  private final JsonNode parameters;
  private final BooleanSupplier wanted;
  private final TaskAnswer answer;
  private Runnable whenAbandoned = () -> {};
  private boolean over;

  /**
   * A try.
   *
   * @param execution the ARN of its execution
   */
  TaskCall(String execution, JsonNode parameters, BooleanSupplier wanted, TaskAnswer answer) {
    this.execution = execution;
    this.parameters = parameters;
    this.wanted = wanted;
    this.answer = answer;
  }

  String execution() {
    return execution;
  }

  JsonNode parameters() {
    return parameters;
  }

  void succeed(JsonNode result) {
    if (isWanted()) {
      over = true;
      answer.succeed(result);
    }
  }

  void fail(String error, String cause) {
    if (isWanted()) {
      over = true;
      answer.fail(error, cause);
    }
  }

  /** What to do if the execution is stopped before there is an answer. */
  void whenAbandoned(Runnable action) {
    whenAbandoned = action;
  }

  /** The execution was stopped. */
  void abandon() {
    if (!over) {
      over = true;
      whenAbandoned.run();
    }
  }

  private boolean isWanted() {
    return !over && wanted.getAsBoolean();
  }
}
