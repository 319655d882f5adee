package dev.freezeframe.common;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The name of a policy: letters, digits, {@code -} and {@code _}, 40 at most.
 *
 * <p>It is part of execution names, which Step Functions limits to 80 characters: instance (19),
 * policy (40), scheduled time (16) and two separators fill 77 of them.
 */
public record PolicyName(@JsonValue String value) implements Comparable<PolicyName> {
  public static final String FORM_IN_WORDS =
      "1 to 40 letters, digits, '-' or '_', the first a letter or digit";
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,39}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PolicyName {
    if (value == null || !isWellFormed(value)) {
      throw new IllegalArgumentException(
          "policy name '%s': expected %s".formatted(value, FORM_IN_WORDS));
    }
  }

  public static boolean isWellFormed(String value) {
    return FORM.matcher(value).matches();
  }

  @Override
  public int compareTo(PolicyName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
