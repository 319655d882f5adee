package dev.freezeframe.policy;

/**
 * Makes a text of others fit for a log, a tag, the ledger or a terminal: one line, of bounded
 * length, in which nothing can be acted upon.
 */
public final class OneLine {
  private static final int LONGEST = 1000;

  private OneLine() {}

  /** The text, cut to a length that every place can hold. */
  public static String of(String text) {
    return of(text, LONGEST);
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
        Found.escape(kept.strip().replaceAll("[\\t\\n\\r\\f\\u0085\\u2028\\u2029]+", " "));
    return cut ? line + "..." : line;
  }

  /** The end of a text, likewise. */
  public static String endOf(String text, int most) {
    String whole = text.strip();
    int length = whole.codePointCount(0, whole.length());
    return of(whole.substring(whole.offsetByCodePoints(0, Math.max(0, length - most))), most);
  }
}
