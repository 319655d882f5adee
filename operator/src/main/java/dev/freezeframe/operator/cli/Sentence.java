package dev.freezeframe.operator.cli;

import dev.freezeframe.common.LogSafe;

/** One sentence for a person: one line, nothing in it that could disturb a terminal. */
public final class Sentence {
  private static final String CUT = "...";

  private Sentence() {}

  public static String of(String text) {
    return LogSafe.of(text);
  }

  /** The sentence, cut so that it fits into so many columns. */
  static String of(String text, int columns) {
    String line = LogSafe.of(text);
    if (Paragraph.length(line) <= columns) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, columns - CUT.length())) + CUT;
  }
}
