package dev.freezeframe.policy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of each day, in some time zone.
 *
 * @param from included
 * @param to not included; before {@code from} it is on the next day
 */
public record DailyWindow(LocalTime from, LocalTime to) {
  static final String EXPECTED = "a time of day such as 22:00-05:00, from one time to another one";

  private static final Pattern FORM = Pattern.compile("(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d)");

  public DailyWindow {
    if (from.equals(to)) {
      throw new IllegalArgumentException(
          "window is %s-%s, expected %s".formatted(from, to, EXPECTED));
    }
  }

  /** Reads a window as a person writes it; empty: the text is not a window. */
  static Optional<DailyWindow> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new DailyWindow(LocalTime.parse(parts.group(1)), LocalTime.parse(parts.group(2))));
    } catch (DateTimeException | IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  /** Whether an instant lies in it, by the clocks of a time zone. */
  public boolean contains(Instant instant, ZoneId zone) {
    LocalTime time = LocalTime.ofInstant(instant, zone);
    boolean begun = !time.isBefore(from);
    boolean over = !time.isBefore(to);
    return from.isBefore(to) ? begun && !over : begun || !over;
  }

  @Override
  public String toString() {
    return "%s-%s".formatted(from, to);
  }
}
