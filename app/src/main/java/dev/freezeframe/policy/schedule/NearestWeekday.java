package dev.freezeframe.policy.schedule;

import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code 15W}: the weekday nearest to a day of the month, in the same month.
 *
 * <p>A month that lacks the day has none. (cron-utils fails there, and takes a Sunday that ends a
 * month for a weekday.)
 */
record NearestWeekday(int day) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,2})W", Pattern.CASE_INSENSITIVE);

  static Optional<NearestWeekday> parse(String dayOfMonth) {
    Matcher form = FORM.matcher(dayOfMonth);
    return form.matches()
        ? Optional.of(new NearestWeekday(Integer.parseInt(form.group(1))))
        : Optional.empty();
  }

  boolean isOn(LocalDate date) {
    return day <= date.lengthOfMonth() && date.equals(nearest(date.withDayOfMonth(day)));
  }

  private static LocalDate nearest(LocalDate date) {
    return switch (date.getDayOfWeek()) {
      case SATURDAY -> date.getDayOfMonth() == 1 ? date.plusDays(2) : date.minusDays(1);
      case SUNDAY ->
          date.getDayOfMonth() == date.lengthOfMonth() ? date.minusDays(2) : date.plusDays(1);
      case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> date;
    };
  }
}
