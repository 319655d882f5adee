package dev.freezeframe.rehearsal.asl.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.function.Supplier;

/** A number of seconds, as a field or its {@code Path} names it. */
public interface Seconds {
  /** What Step Functions takes at the most (SFDG, "Task state", TimeoutSeconds). */
  long MAX = 99_999_999;

  Duration of(JsonNode data, Supplier<? extends JsonNode> context);

  static Seconds constant(long seconds) {
    Duration duration = Duration.ofSeconds(seconds);
    return (data, context) -> duration;
  }

  /**
   * Seconds that the data say.
   *
   * @param field that holds the path
   */
  static Seconds at(String field, JsonPath path, long least) {
    return (data, context) -> {
      JsonNode found = path.get(field, data, context);
      if (!found.isIntegralNumber() || found.asLong() < least || found.asLong() > MAX) {
        throw StatesError.runtime(
            "The %s parameter does not reference an integer from %d to %d: %s == %s"
                .formatted(field, least, MAX, path.text(), found));
      }
      return Duration.ofSeconds(found.asLong());
    };
  }
}
