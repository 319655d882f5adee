package dev.freezeframe.common;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The id of an EC2 instance, such as {@code i-0123456789abcdef0}. */
public record InstanceId(@JsonValue String value) implements Comparable<InstanceId> {
  private static final Pattern FORM = Pattern.compile("i-[0-9a-f]{8,17}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public InstanceId {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "instance id '%s': expected i- and 8 to 17 hexadecimal digits".formatted(value));
    }
  }

  @Override
  public int compareTo(InstanceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
