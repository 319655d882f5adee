package dev.freezeframe.common;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The id of an EBS snapshot, such as {@code snap-0123456789abcdef0}. */
public record SnapshotId(@JsonValue String value) implements Comparable<SnapshotId> {
  private static final Pattern FORM = Pattern.compile("snap-[0-9a-f]{8,17}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SnapshotId {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "snapshot id '%s': expected snap- and 8 to 17 hexadecimal digits".formatted(value));
    }
  }

  @Override
  public int compareTo(SnapshotId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
