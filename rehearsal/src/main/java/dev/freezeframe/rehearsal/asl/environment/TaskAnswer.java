package dev.freezeframe.rehearsal.asl.environment;

import com.fasterxml.jackson.databind.JsonNode;

/** Takes the answer to what a Task state asked for; only the first counts. */
public interface TaskAnswer {
  void succeed(JsonNode result);

  void fail(String error, String cause);
}
