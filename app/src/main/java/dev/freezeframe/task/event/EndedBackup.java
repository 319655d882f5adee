package dev.freezeframe.task.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.Json;
import dev.freezeframe.common.LogSafe;
import dev.freezeframe.common.RunId;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.run.OutcomeRow;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.task.InputRefusedException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * An execution of {@code snapshot-instance} that ended otherwise than well, as Step Functions
 * tells.
 *
 * @param redrives how often it had been redriven by then
 * @param reason why, such as {@code the execution was aborted before its end}
 * @param policy empty: every function refused it, so that nothing was taken for it
 */
record EndedBackup(
    String execution,
    int redrives,
    String reason,
    RunId run,
    InstanceId instance,
    Optional<Policy> policy) {

  /** The records of this execution alone. */
  Optional<OutcomeRow> outcome(Ledger ledger) {
    return ledger.outcome(run, instance).filter(row -> row.execution().equals(execution));
  }

  /**
   * Reads the detail of an event.
   *
   * @return empty: the input names no run or no instance, so that every function refused it before
   *     it did anything
   * @throws InputRefusedException if it is no such event, or its input is not in it
   */
  static Optional<EndedBackup> of(Map<String, Object> detail) {
    String reason = "the execution %s before its end".formatted(how(detail.get("status")));
    String execution = String.valueOf(detail.get("executionArn"));
    JsonNode input = input(execution, detail.get("input"));
    Optional<RunId> run = read(input.path("runId"), RunId.class);
    Optional<InstanceId> instance = read(input.path("instanceId"), InstanceId.class);
    if (run.isEmpty() || instance.isEmpty()) {
      return Optional.empty();
    }
    Optional<Policy> policy =
        read(input.path("policy"), Policy.class)
            .filter(found -> found.name().equals(run.get().policy()));
    return Optional.of(
        new EndedBackup(
            execution,
            redrives(detail.get("redriveCount")),
            policy.isPresent() ? reason : reason + ": its policy was refused",
            run.get(),
            instance.get(),
            policy));
  }

  private static String how(Object status) {
    return switch (String.valueOf(status)) {
      case "ABORTED" -> "was aborted";
      case "TIMED_OUT" -> "timed out";
      case "FAILED" -> "failed";
      default ->
          throw new InputRefusedException(
              "detail.status is '%s', expected ABORTED, TIMED_OUT or FAILED"
                  .formatted(LogSafe.of(String.valueOf(status), 60)));
    };
  }

  /** Where an event does not say, every freeze is taken for one of before its end. */
  private static int redrives(Object count) {
    return count instanceof Number number ? number.intValue() : Integer.MAX_VALUE;
  }

  private static JsonNode input(String execution, Object text) {
    try {
      JsonNode input = text instanceof String json ? Json.mapper().readTree(json) : null;
      if (input != null && input.isObject()) {
        return input;
      }
    } catch (JsonProcessingException noJson) {
      // Step Functions starts nothing whose input is no JSON.
    }
    throw new InputRefusedException(
        "detail.input of %s is %s, expected the input of snapshot-instance as text"
            .formatted(LogSafe.of(execution, 200), text == null ? "missing" : "something else"));
  }

  private static <T> Optional<T> read(JsonNode node, Class<T> type) {
    try {
      return Optional.ofNullable(
          Json.mapper()
              .readerFor(type)
              .with(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
              .readValue(node));
    } catch (IOException | IllegalArgumentException invalid) {
      return Optional.empty();
    }
  }
}
