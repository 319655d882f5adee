package dev.freezeframe.operator.cli;

import dev.freezeframe.policy.OneLine;

/** One sentence for a person: one line, nothing in it that could disturb a terminal. */
public final class Sentence {
  private static final String CUT = "...";

  private Sentence() {}

  public static String of(String text) {
    return OneLine.of(text);
  }

  /** The sentence, cut so that it fits into so many columns. */
  static String of(String text, int columns) {
    String line = OneLine.of(text);
    if (Paragraph.length(line) <= columns) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, columns - CUT.length())) + CUT;
  }
}
