package dev.freezeframe.policy;

import dev.freezeframe.input.FieldTypes.Text;
import dev.freezeframe.input.RefusedValueException;
import java.util.Map;
import java.util.Optional;

/**
 * Matches whatever carries a tag. Case-sensitive, as EC2 is.
 *
 * @param value empty: any value matches
 */
public record TagSelector(String key, Optional<String> value) {

  /** What EC2 allows a tag to be. */
  static final Text KEY = new Text(1, 128);

  static final Text VALUE = new Text(0, 256);

  public TagSelector {
    check("key", key, KEY);
    value.ifPresent(text -> check("value", text, VALUE));
  }

  private static void check(String field, String text, Text limit) {
    if (text == null || !limit.fits(text)) {
      throw new RefusedValueException(
          field, text == null ? "missing" : limit.describe(text), limit.expected());
    }
  }

  /** Reads {@code key=value} or {@code key}; the first {@code =} separates. */
  public static TagSelector parse(String text) {
    int separator = text.indexOf('=');
    return separator < 0
        ? new TagSelector(text, Optional.empty())
        : new TagSelector(text.substring(0, separator), Optional.of(text.substring(separator + 1)));
  }

  public boolean matches(Map<String, String> tags) {
    return value.map(wanted -> wanted.equals(tags.get(key))).orElseGet(() -> tags.containsKey(key));
  }

  @Override
  public String toString() {
    return value.map(wanted -> key + "=" + wanted).orElse(key);
  }
}
