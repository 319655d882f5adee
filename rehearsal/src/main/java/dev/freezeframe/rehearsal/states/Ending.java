package dev.freezeframe.rehearsal.states;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How an execution ended.
 *
 * @param output null unless it succeeded
 * @param error null unless it failed or an error was given when it was stopped
 */
record Ending(ExecutionStatus status, JsonNode output, String error, String cause) {

  static Ending succeeded(JsonNode output) {
    return new Ending(ExecutionStatus.SUCCEEDED, output, null, null);
  }

  static Ending failed(String error, String cause) {
    return new Ending(ExecutionStatus.FAILED, null, error, cause);
  }

  static Ending timedOut() {
    return new Ending(ExecutionStatus.TIMED_OUT, null, null, null);
  }

  static Ending aborted() {
    return new Ending(ExecutionStatus.ABORTED, null, null, null);
  }
}
