package dev.freezeframe.operator.dlm;

import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** When a schedule of DLM fires, as a schedule of ours. DLM's times are UTC. */
final class StartTimes {
  private static final Set<Integer> INTERVALS = Set.of(1, 2, 3, 4, 6, 8, 12, 24);
  private static final Pattern CRON = Pattern.compile("\\s*cron\\((.*)\\)\\s*");
  private static final int DAY = 24;

  private StartTimes() {}

  static Map<String, Object> convert(DlmObject rule, List<String> notes) {
    Optional<String> cron = rule.text("CronExpression");
    if (cron.isPresent()) {
      return Map.of("cron", expression(rule, cron.get()));
    }
    OptionalInt interval = rule.number("Interval", 1, DAY);
    if (interval.isEmpty()) {
      throw rule.refuse("Interval", "hours, or a CronExpression in its place");
    }
    int hours = interval.getAsInt();
    if (!INTERVALS.contains(hours)) {
      throw rule.refuse("Interval", "1, 2, 3, 4, 6, 8, 12 or 24 hours");
    }
    if (!rule.text("IntervalUnit").orElse("HOURS").equals("HOURS")) {
      throw rule.refuse("IntervalUnit", "HOURS");
    }
    List<String> times = rule.texts("Times");
    if (times.size() > 1) {
      throw rule.refuse("Times", "one time");
    }
    if (times.isEmpty()) {
      notes.add(
          "no time is given, and DLM chose one; here the intervals count from the deployment."
              + " For a time of day, write schedule.cron");
      return Map.of("rate", hours == 1 ? "1 hour" : hours + " hours");
    }
    return Map.of("cron", daily(rule, hours, times.get(0)));
  }

  private static String expression(DlmObject rule, String text) {
    Matcher form = CRON.matcher(text);
    if (!form.matches()) {
      throw rule.refuse("CronExpression", "one such as cron(0 18 ? * FRI *)");
    }
    return form.group(1).strip().replaceAll("\\s+", " ");
  }

  private static String daily(DlmObject rule, int interval, String time) {
    LocalTime first;
    try {
      first = LocalTime.parse(time);
    } catch (DateTimeParseException noTime) {
      throw rule.refuse("Times", "a time such as 09:00");
    }
    String hours =
        interval == 1
            ? "*"
            : IntStream.range(0, DAY / interval)
                .map(run -> (first.getHour() + run * interval) % DAY)
                .sorted()
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(","));
    return "%d %s * * ? *".formatted(first.getMinute(), hours);
  }
}
