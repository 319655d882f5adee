package dev.freezeframe.common;

/**
 * Makes a text of others fit for a log, a tag, the ledger or a terminal: one line, of bounded
 * length, in which nothing can be acted upon.
 */
public final class LogSafe {
  private static final int MAX_LENGTH = 1000;
  private static final String CUT = "...";

  private LogSafe() {}

  /** The text, cut to a length that every place can hold. */
  public static String of(String text) {
    return of(text, MAX_LENGTH);
  }

  /**
   * The text, cut after so many characters.
   *
   * <p>Line breaks and tabs become a space; escape sequences, directions and halves of pairs are
   * written out, such as {@code \u001b}.
   */
  public static String of(String text, int most) {
    boolean cut = text.codePointCount(0, text.length()) > most;
    String kept = cut ? text.substring(0, text.offsetByCodePoints(0, most)) : text;
    String line =
        Quoted.escape(kept.strip().replaceAll("[\\t\\n\\r\\f\\u0085\\u2028\\u2029]+", " "));
    return cut ? line + CUT : line;
  }

  /** The end of a text, likewise; what is cut begins with a word where one is near. */
  public static String endOf(String text, int most) {
    String whole = text.strip();
    int length = whole.codePointCount(0, whole.length());
    if (length <= most) {
      return of(whole, most);
    }
    String end = whole.substring(whole.offsetByCodePoints(0, length - most + CUT.length()));
    int word = 0;
    while (word < end.length() && !Character.isWhitespace(end.charAt(word))) {
      word++;
    }
    return CUT + of(word < end.length() / 2 ? end.substring(word) : end, most);
  }
}
