package dev.freezeframe.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.rehearsal.asl.data.StatesError;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * One rule of {@code Retry} (ASL, "Retrying after error"): 3 attempts, 1 s and a rate of 2 where it
 * says nothing.
 *
 * @param maxDelaySeconds the longest wait
 * @param jitter whether a wait is drawn between nothing and itself ({@code FULL})
 */
record Retrier(
    List<String> errors,
    int intervalSeconds,
    int maxAttempts,
    double backoffRate,
    double maxDelaySeconds,
    boolean jitter) {
  static final Set<String> FIELDS =
      Set.of(
          "ErrorEquals",
          "IntervalSeconds",
          "MaxAttempts",
          "BackoffRate",
          "MaxDelaySeconds",
          "JitterStrategy",
          "Comment");

  Retrier {
    errors = List.copyOf(errors);
  }

  static Retrier read(JsonNode rule, List<String> errors) {
    return new Retrier(
        errors,
        rule.path("IntervalSeconds").asInt(1),
        rule.path("MaxAttempts").asInt(3),
        rule.path("BackoffRate").asDouble(2),
        rule.path("MaxDelaySeconds").asDouble(Double.MAX_VALUE),
        rule.path("JitterStrategy").asText().equals("FULL"));
  }

  boolean matches(StatesError error, boolean ofTask) {
    return errors.stream().anyMatch(name -> error.isNamed(name, ofTask));
  }

  /**
   * How long to wait.
   *
   * @param retries that this rule has made so far
   * @param drawn from 0 to below 1
   */
  Duration delay(int retries, double drawn) {
    double seconds = Math.min(maxDelaySeconds, intervalSeconds * Math.pow(backoffRate, retries));
    long millis = (long) (seconds * 1000);
    return Duration.ofMillis(jitter ? (long) (drawn * (millis + 1)) : millis);
  }
}
