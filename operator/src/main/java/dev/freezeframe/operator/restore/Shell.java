package dev.freezeframe.operator.restore;

import java.util.Optional;
import java.util.regex.Pattern;

/** Writes words so that a shell reads them as they are. */
final class Shell {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private Shell() {}

  static String word(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** An option with its value, after a space; nothing without one. */
  static String option(String name, Optional<String> value) {
    return value.map(text -> " %s %s".formatted(name, word(text))).orElse("");
  }
}
