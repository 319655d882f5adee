package dev.freezeframe.input;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which known word was meant by one that is not known. */
public final class DidYouMean {
  private static final int MAX_LENGTH = 64;

  /** More letters than that are another word, which may be meant. */
  private static final int MAX_SLIP = 2;

  private DidYouMean() {}

  /** The known word with the fewest letters to change; empty if that is more than every third. */
  public static Optional<String> to(String word, Collection<String> known) {
    if (word.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    return known.stream()
        .filter(candidate -> changes(word, candidate) <= Math.max(1, (candidate.length() + 1) / 3))
        .min(
            Comparator.comparingInt((String candidate) -> changes(word, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** The known word that another is mistaken for at a glance: a few letters apart, not the same. */
  public static Optional<String> mistakenFor(String word, Collection<String> known) {
    return known.contains(word)
        ? Optional.empty()
        : to(word, known).filter(nearest -> changes(word, nearest) <= MAX_SLIP);
  }

  private static int changes(String word, String candidate) {
    String from = word.toLowerCase(Locale.ROOT);
    String to = candidate.toLowerCase(Locale.ROOT);
    int[] row = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      row[column] = column;
    }
    for (int line = 1; line <= from.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column <= to.length(); column++) {
        int above = row[column];
        int same = from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1;
        row[column] = Math.min(Math.min(above, row[column - 1]) + 1, diagonal + same);
        diagonal = above;
      }
    }
    return row[to.length()];
  }
}
