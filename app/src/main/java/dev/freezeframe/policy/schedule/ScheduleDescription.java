package dev.freezeframe.policy.schedule;

import dev.freezeframe.common.English;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says when a schedule fires: the common cron expressions as text, any other as it is. */
public final class ScheduleDescription {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,2}");
  private static final Pattern DAYS =
      Pattern.compile("([1-7]|[A-Za-z]{3})([,-]([1-7]|[A-Za-z]{3}))*");

  private ScheduleDescription() {}

  public static String of(Schedule schedule) {
    if (!schedule.isCron()) {
      return "Every " + schedule.fields().replaceFirst("^1 ", "");
    }
    String when =
        CronField.split(schedule.fields())
            .flatMap(ScheduleDescription::common)
            .orElse("At " + schedule.expression());
    return when + " " + schedule.timeZone();
  }

  private static Optional<String> common(Map<CronField, String> fields) {
    String minute = fields.get(CronField.MINUTES);
    String hour = fields.get(CronField.HOURS);
    boolean everyMonth =
        fields.get(CronField.MONTH).equals("*") && fields.get(CronField.YEAR).equals("*");
    Optional<String> days =
        days(fields.get(CronField.DAY_OF_MONTH), fields.get(CronField.DAY_OF_WEEK));
    if (!everyMonth || days.isEmpty() || !NUMBER.matcher(minute).matches()) {
      return Optional.empty();
    }
    if (hour.equals("*") && days.get().equals("Daily")) {
      return Optional.of("Hourly at minute " + Integer.parseInt(minute));
    }
    return NUMBER.matcher(hour).matches()
        ? days.map(
            day ->
                "%s at %02d:%02d".formatted(day, Integer.parseInt(hour), Integer.parseInt(minute)))
        : Optional.empty();
  }

  private static Optional<String> days(String dayOfMonth, String dayOfWeek) {
    if ((dayOfMonth + dayOfWeek).equals("*?") || (dayOfMonth + dayOfWeek).equals("?*")) {
      return Optional.of("Daily");
    }
    if (NUMBER.matcher(dayOfMonth).matches()) {
      return Optional.of("Monthly on day " + Integer.parseInt(dayOfMonth));
    }
    if (dayOfMonth.equals("L")) {
      return Optional.of("On the last day of each month");
    }
    return DAYS.matcher(dayOfWeek).matches()
        ? Optional.of(
            "Every "
                + English.and(
                    Arrays.stream(dayOfWeek.split(",")).map(ScheduleDescription::range).toList()))
        : Optional.empty();
  }

  private static String range(String days) {
    return String.join(
        " to ", Arrays.stream(days.split("-")).map(ScheduleDescription::day).toList());
  }

  private static String day(String day) {
    return Arrays.stream(DayOfWeek.values())
        .filter(known -> day.equals(numberOf(known)) || day.equalsIgnoreCase(abbreviate(known)))
        .findFirst()
        .map(known -> known.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
        .orElse(day);
  }

  /** EventBridge counts from Sunday, which is 1. */
  private static String numberOf(DayOfWeek day) {
    return String.valueOf(day.getValue() % 7 + 1);
  }

  private static String abbreviate(DayOfWeek day) {
    return day.name().substring(0, 3);
  }
}
