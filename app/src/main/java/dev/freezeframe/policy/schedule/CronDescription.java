package dev.freezeframe.policy.schedule;

import static java.util.stream.Collectors.toCollection;

import dev.freezeframe.common.English;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * Says when a cron expression fires. What one time and one kind of day do not tell is followed by
 * the expression itself.
 */
final class CronDescription {
  /** As many times or days are named; of more, their step, or their number. */
  private static final int MAX_NAMED = 8;

  private static final int HOUR = 60;
  private static final int DAY = 24 * HOUR;
  private static final String DAILY = "Daily";
  private static final Pattern PLAIN = Pattern.compile("\\d+ (\\d+|\\*) \\S+ \\* [^#L]+ \\*");
  private static final List<String> ORDINALS =
      List.of("first", "second", "third", "fourth", "fifth");

  private final Map<CronField, String> fields;
  private final SortedSet<Integer> months;

  private CronDescription(Map<CronField, String> fields) {
    this.fields = fields;
    this.months = CronValues.MONTHS.of(fields.get(CronField.MONTH));
  }

  /** Such as {@code Daily at 02:00 UTC}. */
  static String of(String expression, Map<CronField, String> fields, ZoneId zone) {
    CronDescription cron = new CronDescription(fields);
    return "%s %s%s%s"
        .formatted(
            cron.daysAndTimes(),
            zone,
            cron.years(),
            PLAIN.matcher(expression).matches() ? "" : " (cron %s)".formatted(expression));
  }

  private String daysAndTimes() {
    String days = days();
    String times = times();
    if (times.startsWith("at ")) {
      return days + " " + times;
    }
    return days.equals(DAILY) ? English.upperFirst(times) : days + ", " + times;
  }

  private String times() {
    SortedSet<Integer> minutes = CronValues.MINUTES.of(fields.get(CronField.MINUTES));
    SortedSet<Integer> hours = CronValues.HOURS.of(fields.get(CronField.HOURS));
    List<Integer> times =
        hours.stream()
            .flatMap(hour -> minutes.stream().map(minute -> hour * HOUR + minute))
            .toList();
    if (CronValues.HOURS.isAll(hours) && minutes.size() == 1) {
      return "hourly at minute " + minutes.first();
    }
    if (times.size() <= MAX_NAMED) {
      return "at " + English.and(times.stream().map(CronDescription::timeOfDay).toList());
    }
    int first = times.get(0);
    int last = times.get(times.size() - 1);
    int step = times.get(1) - first;
    boolean even = last - first == step * (times.size() - 1) && isEven(times, step);
    String within = " from %s to %s".formatted(timeOfDay(first), timeOfDay(last));
    if (even) {
      return "every " + step(step) + (first == 0 && last + step == DAY ? "" : within);
    }
    return times.size() + " times" + within;
  }

  private static boolean isEven(List<Integer> times, int step) {
    for (int index = 1; index < times.size(); index++) {
      if (times.get(index) - times.get(index - 1) != step) {
        return false;
      }
    }
    return true;
  }

  private static String step(int minutes) {
    if (minutes % HOUR == 0) {
      return minutes == HOUR ? "hour" : minutes / HOUR + " hours";
    }
    return minutes == 1 ? "minute" : minutes + " minutes";
  }

  private static String timeOfDay(int minutes) {
    return String.format(Locale.ROOT, "%02d:%02d", minutes / HOUR, minutes % HOUR);
  }

  private String days() {
    String dayOfMonth = fields.get(CronField.DAY_OF_MONTH);
    return dayOfMonth.equals("?")
        ? daysOfWeek(fields.get(CronField.DAY_OF_WEEK).toUpperCase(Locale.ROOT))
        : daysOfMonth(dayOfMonth.toUpperCase(Locale.ROOT));
  }

  private String daysOfMonth(String field) {
    if (field.equals("L")) {
      return "On the last day" + ofMonths();
    }
    if (field.endsWith("W")) {
      return "On the weekday nearest to day %s".formatted(field.replace("W", "")) + ofMonths();
    }
    SortedSet<Integer> days = CronValues.DAYS_OF_MONTH.of(field);
    if (CronValues.DAYS_OF_MONTH.isAll(days)) {
      return DAILY + inMonths();
    }
    String named = (days.size() == 1 ? "day " : "days ") + named(days, String::valueOf);
    return CronValues.MONTHS.isAll(months) ? "Monthly on " + named : "On " + named + ofMonths();
  }

  private String daysOfWeek(String field) {
    int hash = field.indexOf('#');
    if (hash > 0) {
      String ordinal = ORDINALS.get(Integer.parseInt(field.substring(hash + 1)) - 1);
      return "On the %s %s"
              .formatted(ordinal, day(CronValues.DAYS_OF_WEEK.number(field.substring(0, hash))))
          + ofMonths();
    }
    if (field.endsWith("L") && !field.equals("L")) {
      int day = CronValues.DAYS_OF_WEEK.number(field.substring(0, field.length() - 1));
      return "On the last %s".formatted(day(day)) + ofMonths();
    }
    if (field.equals("L")) {
      return "Every Saturday" + inMonths();
    }
    SortedSet<Integer> days = CronValues.DAYS_OF_WEEK.of(field);
    if (CronValues.DAYS_OF_WEEK.isAll(days)) {
      return DAILY + inMonths();
    }
    return "Every "
        + (field.contains("/")
            ? English.and(days.stream().map(CronDescription::day).toList())
            : English.and(Arrays.stream(field.split(",")).map(CronDescription::range).toList()))
        + inMonths();
  }

  /** As the list of the field has them: {@code MON-FRI} is Monday to Friday. */
  private static String range(String days) {
    return String.join(
        " to ",
        Arrays.stream(days.split("-"))
            .map(CronValues.DAYS_OF_WEEK::number)
            .map(CronDescription::day)
            .toList());
  }

  private static String day(int number) {
    return DayOfWeek.SUNDAY.plus(number - 1L).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private String ofMonths() {
    return CronValues.MONTHS.isAll(months) ? " of each month" : " of " + namedMonths();
  }

  private String inMonths() {
    return CronValues.MONTHS.isAll(months) ? "" : " in " + namedMonths();
  }

  private String namedMonths() {
    return named(months, month -> Month.of(month).getDisplayName(TextStyle.FULL, Locale.ENGLISH));
  }

  private String years() {
    SortedSet<Integer> years = CronValues.YEARS.of(fields.get(CronField.YEAR));
    return CronValues.YEARS.isAll(years) ? "" : " in " + named(years, String::valueOf);
  }

  /** Numbers that follow each other as a range, others by name, as far as they are few. */
  private static String named(SortedSet<Integer> numbers, IntFunction<String> name) {
    int first = numbers.first();
    int last = numbers.last();
    if (numbers.size() > 2 && last - first == numbers.size() - 1) {
      return "%s to %s".formatted(name.apply(first), name.apply(last));
    }
    if (numbers.size() <= MAX_NAMED) {
      return English.and(numbers.stream().map(name::apply).toList());
    }
    SortedSet<Integer> shown =
        numbers.stream().limit(MAX_NAMED - 1).collect(toCollection(TreeSet::new));
    return "%s and %d more up to %s"
        .formatted(
            String.join(", ", shown.stream().map(name::apply).toList()),
            numbers.size() - shown.size(),
            name.apply(last));
  }
}
