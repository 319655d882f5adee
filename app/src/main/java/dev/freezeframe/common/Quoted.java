package dev.freezeframe.common;

/**
 * Puts what was found in a file into words that fit on one line, whatever the file holds.
 *
 * <p>Long texts are cut, and whatever a terminal or a log could act upon is escaped.
 */
public final class Quoted {
  private static final int MAX_LENGTH = 60;

  private Quoted() {}

  public static String quote(String text) {
    return "'" + shorten(text) + "'";
  }

  public static String shorten(String text) {
    return text.codePointCount(0, text.length()) <= MAX_LENGTH
        ? escape(text)
        : escape(text.substring(0, text.offsetByCodePoints(0, MAX_LENGTH))) + "...";
  }

  public static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            character -> {
              if (isInvisible(character)) {
                escaped.append("\\u%04x".formatted(character));
              } else {
                escaped.appendCodePoint(character);
              }
            });
    return escaped.toString();
  }

  /** Whether a character has no shape of its own: controls, directions, halves of pairs. */
  public static boolean isInvisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
