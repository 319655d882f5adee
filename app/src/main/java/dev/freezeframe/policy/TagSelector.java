package dev.freezeframe.policy;

import java.util.Map;
import java.util.Optional;

/**
 * Matches whatever carries a tag. Case-sensitive, as EC2 is.
 *
 * @param value empty: any value matches
 */
public record TagSelector(String key, Optional<String> value) {

  public TagSelector {
    if (key == null || key.isBlank()) {
      throw new IllegalArgumentException("tag selector: expected a key, found '%s'".formatted(key));
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
