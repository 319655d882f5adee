package dev.freezeframe.restore;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.freezeframe.common.SetHolder;
import java.util.regex.Pattern;

/**
 * The id of a restore, such as {@code restore-20261128T153000Z-1a2b3c4d}: the name of its
 * execution, the value of the tag on all that it creates, and the start of its client tokens.
 */
public record RestoreId(@JsonValue String value) implements SetHolder, Comparable<RestoreId> {
  private static final Pattern FORM = Pattern.compile("restore-\\d{8}T\\d{6}Z-[0-9a-f]{8}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RestoreId {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "restore id '%s': expected one such as restore-20261128T153000Z-1a2b3c4d"
              .formatted(value));
    }
  }

  @Override
  public String words() {
    return "being restored by " + value;
  }

  @Override
  public int compareTo(RestoreId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
