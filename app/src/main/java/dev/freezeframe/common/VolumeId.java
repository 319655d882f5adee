package dev.freezeframe.common;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The id of an EBS volume, such as {@code vol-0123456789abcdef0}. */
public record VolumeId(@JsonValue String value) implements Comparable<VolumeId> {
  private static final Pattern FORM = Pattern.compile("vol-[0-9a-f]{8,17}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public VolumeId {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "volume id '%s': expected vol- and 8 to 17 hexadecimal digits".formatted(value));
    }
  }

  @Override
  public int compareTo(VolumeId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
