package dev.freezeframe.operator.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Text brought to a width. Nothing of it is left out: it goes on in the next line, between words
 * where a word fits into a line at all. A character outside of plain text counts as one column.
 */
public final class Paragraph {
  private Paragraph() {}

  /**
   * Its lines.
   *
   * @param columns empty: one line, however long
   * @param first what the first line begins with, such as two spaces
   * @param further what every further line begins with
   */
  public static List<String> lines(OptionalInt columns, String first, String further, String text) {
    if (columns.isEmpty()) {
      return List.of((first + text).stripTrailing());
    }
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(first);
    boolean begun = false;
    for (String word : text.split(" ", -1)) {
      if (begun && length(line) + 1 + length(word) > columns.getAsInt()) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(further);
        begun = false;
      }
      line.append(begun ? " " : "").append(word);
      begun = true;
      while (length(line) > columns.getAsInt()) {
        int end = line.offsetByCodePoints(0, columns.getAsInt());
        lines.add(line.substring(0, end));
        line = new StringBuilder(further).append(line.substring(end));
      }
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }

  /** Its lines, with further ones set in by two. */
  public static List<String> lines(OptionalInt columns, String text) {
    return lines(columns, "", "  ", text);
  }

  static int length(CharSequence text) {
    return Character.codePointCount(text, 0, text.length());
  }
}
