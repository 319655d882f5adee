package dev.freezeframe.common;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/**
 * One firing of a policy: its name and the scheduled time, such as {@code daily-20261122T020000Z}.
 *
 * <p>It is the same for every execution, attempt and redrive of that firing; snapshots carry it as
 * the tag by which they are found again.
 */
public record RunId(@JsonValue String value) implements Comparable<RunId> {
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,39}-\\d{8}T\\d{6}Z");

  /** A time that is written with four digits of year. */
  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("+10000-01-01T00:00:00Z");

  /** Of the time and of the hyphen before it. */
  private static final int TIME_LENGTH = "-20261122T020000Z".length();

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RunId {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "run id '%s': expected a policy name and a time such as daily-20261122T020000Z"
              .formatted(value));
    }
  }

  public static RunId of(PolicyName policy, Instant scheduledAt) {
    if (scheduledAt.isBefore(EARLIEST) || !scheduledAt.isBefore(LATEST)) {
      throw new IllegalArgumentException(
          "run of %s at %s: expected a time after %s and before %s"
              .formatted(policy, scheduledAt, EARLIEST, LATEST));
    }
    return new RunId(policy + "-" + TIME.format(scheduledAt));
  }

  /** The policy that fired. */
  public PolicyName policy() {
    return new PolicyName(value.substring(0, value.length() - TIME_LENGTH));
  }

  @Override
  public int compareTo(RunId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
