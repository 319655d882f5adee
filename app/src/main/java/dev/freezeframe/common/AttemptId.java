package dev.freezeframe.common;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * One attempt at a snapshot set of one instance: the {@code executionId} that its scripts get, and
 * the id of the set that it takes.
 *
 * <p>It follows from the execution and the number of the attempt, so a step that runs twice, or
 * only after a redrive, knows what the first try was called.
 */
public record AttemptId(@JsonValue String value) implements Comparable<AttemptId> {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public AttemptId {
    if (value == null || !isWellFormed(value)) {
      throw new IllegalArgumentException(
          "attempt id '%s': expected a UUID in lower case".formatted(value));
    }
  }

  /** Whether a text could be an id. */
  public static boolean isWellFormed(String value) {
    return FORM.matcher(value).matches();
  }

  /**
   * The id of an attempt.
   *
   * @param execution the ARN of the execution that makes the attempt
   * @param number from 1
   */
  public static AttemptId of(String execution, int number) {
    byte[] name = (execution + "#" + number).getBytes(StandardCharsets.UTF_8);
    return new AttemptId(UUID.nameUUIDFromBytes(name).toString());
  }

  @Override
  public int compareTo(AttemptId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
