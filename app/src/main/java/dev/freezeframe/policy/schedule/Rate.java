package dev.freezeframe.policy.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every so many minutes, hours or days; a day is 24 hours, whatever the clocks do. */
public record Rate(int number, Unit unit) {
  public static final String EXPECTED =
      "a number and minutes, hours or days, such as 6 hours or 1 day";
  private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,4}) (minute|hour|day)s?");

  /** A unit of EventBridge Scheduler. */
  enum Unit {
    MINUTE("minute", Duration.ofMinutes(1)),
    HOUR("hour", Duration.ofHours(1)),
    DAY("day", Duration.ofDays(1));

    private final String word;
    private final Duration duration;

    Unit(String word, Duration duration) {
      this.word = word;
      this.duration = duration;
    }
  }

  /** Reads {@code 6 hours}; empty if the text is no rate. */
  public static Optional<Rate> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    for (Unit unit : Unit.values()) {
      if (unit.word.equals(form.group(2))) {
        return Optional.of(new Rate(Integer.parseInt(form.group(1)), unit));
      }
    }
    return Optional.empty();
  }

  /** The first time after an instant; the anchor itself is the first of all. */
  Instant next(Instant after, Instant anchor) {
    if (after.isBefore(anchor)) {
      return anchor;
    }
    long period = unit.duration.multipliedBy(number).toSeconds();
    long periods = Duration.between(anchor, after).toSeconds() / period + 1;
    return anchor.plusSeconds(Math.multiplyExact(periods, period));
  }

  /** As EventBridge writes it: one is singular. */
  @Override
  public String toString() {
    return number + " " + unit.word + (number == 1 ? "" : "s");
  }
}
