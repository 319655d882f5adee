package dev.freezeframe.input;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 30s}, {@code 15m}, {@code 24h}, {@code 1d6h}. */
public final class DurationText {
  private static final Pattern SHORT =
      Pattern.compile("(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?");

  /** A unit, the largest first; a duration is written in the largest that fits it exactly. */
  private record Unit(String letter, String name, long seconds) {}

  private static final List<Unit> UNITS =
      List.of(
          new Unit("d", "days", 86_400),
          new Unit("h", "h", 3600),
          new Unit("m", "min", 60),
          new Unit("s", "s", 1));

  private DurationText() {}

  /**
   * Reads the short form, its parts from the largest on, or ISO-8601 ({@code PT30S}); empty if the
   * text is neither.
   */
  public static Optional<Duration> parse(String text) {
    Matcher form = SHORT.matcher(text);
    if (!text.isEmpty() && form.matches()) {
      long seconds = 0;
      for (int part = 1; part <= UNITS.size(); part++) {
        String number = form.group(part);
        seconds += number == null ? 0 : Long.parseLong(number) * UNITS.get(part - 1).seconds();
      }
      return Optional.of(Duration.ofSeconds(seconds));
    }
    try {
      return Optional.of(Duration.parse(text));
    } catch (DateTimeException | ArithmeticException neither) {
      return Optional.empty();
    }
  }

  /** The short form, such as {@code 90s}; one day is {@code 24h}. */
  public static String format(Duration duration) {
    Unit unit = unitOf(duration);
    return duration.toSeconds() / unit.seconds() + unit.letter();
  }

  /** For a sentence, such as {@code 90 s}. */
  public static String inWords(Duration duration) {
    Unit unit = unitOf(duration);
    return duration.toSeconds() / unit.seconds() + " " + unit.name();
  }

  private static Unit unitOf(Duration duration) {
    long seconds = duration.toSeconds();
    return UNITS.stream()
        .filter(unit -> seconds != 0 && seconds % unit.seconds() == 0)
        .filter(unit -> !unit.letter().equals("d") || seconds > unit.seconds())
        .findFirst()
        .orElseGet(() -> UNITS.get(UNITS.size() - 1));
  }
}
