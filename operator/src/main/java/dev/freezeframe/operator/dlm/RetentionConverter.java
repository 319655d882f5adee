package dev.freezeframe.operator.dlm;

import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * For how long DLM keeps what a schedule took, as retention of ours. Never shorter: months and
 * years count as the longest that the calendar has, and what DLM would move to its archive is kept.
 */
final class RetentionConverter {
  /** The most that either of the two takes: a hundred years. */
  private static final int MAX_DAYS = 36_500;

  private static final int MAX_SETS = 1_000;
  private static final LocalDate BEFORE_A_LEAP_YEAR = LocalDate.of(1999, 1, 1);
  private static final int MONTHS_OF_FOUR_YEARS = 48;

  private RetentionConverter() {}

  static Map<String, Object> convert(DlmObject schedule, List<String> notes) {
    DlmObject rule = schedule.object("RetainRule");
    OptionalInt days = days(rule, notes);
    OptionalInt count = count(rule);
    if (schedule.has("ArchiveRule")) {
      DlmObject archive =
          schedule.object("ArchiveRule").object("RetainRule").object("RetentionArchiveTier");
      notes.add(
          "ArchiveRule: nothing is moved to the archive tier; the time in it is added to retention,"
              + " at the price of the standard tier");
      OptionalInt archivedDays = days(archive, notes);
      OptionalInt archivedCount = count(archive);
      if (archivedDays.isPresent() == archivedCount.isPresent()
          || days.isPresent() != archivedDays.isPresent()) {
        notes.add(
            "RetainRule and ArchiveRule are of different kinds: nothing ends until you write"
                + " retention.days or retention.count");
        return Map.of();
      }
      days = sum(days, archivedDays, MAX_DAYS);
      count = sum(count, archivedCount, MAX_SETS);
    }
    if (days.isPresent()) {
      return Map.of("days", days.getAsInt());
    }
    if (count.isPresent() && count.getAsInt() > 0) {
      return Map.of("count", count.getAsInt());
    }
    notes.add("no RetainRule: nothing ends until you write retention.days or retention.count");
    return Map.of();
  }

  private static OptionalInt sum(OptionalInt first, OptionalInt second, int most) {
    return first.isPresent() && second.isPresent()
        ? OptionalInt.of(Math.min(most, first.getAsInt() + second.getAsInt()))
        : OptionalInt.empty();
  }

  /** A zero beside an age is no count: AWS prints it so. */
  private static OptionalInt count(DlmObject rule) {
    OptionalInt count = rule.number("Count", 0, MAX_SETS);
    boolean none = count.isPresent() && count.getAsInt() == 0 && rule.has("Interval");
    return none ? OptionalInt.empty() : count;
  }

  private static OptionalInt days(DlmObject rule, List<String> notes) {
    OptionalInt interval = rule.number("Interval", 0, MAX_DAYS);
    String unit = rule.text("IntervalUnit").orElse("DAYS");
    if (interval.isEmpty() || (interval.getAsInt() == 0 && rule.has("Count"))) {
      return OptionalInt.empty();
    }
    int number = interval.getAsInt();
    Period period =
        switch (unit) {
          case "DAYS" -> Period.ofDays(number);
          case "WEEKS" -> Period.ofWeeks(number);
          case "MONTHS" -> Period.ofMonths(number);
          case "YEARS" -> Period.ofYears(number);
          default -> throw rule.refuse("IntervalUnit", "DAYS, WEEKS, MONTHS or YEARS");
        };
    int days = Math.min(MAX_DAYS, longest(period));
    if (unit.equals("MONTHS") || unit.equals("YEARS")) {
      notes.add(
          "%d %s: written as %d days, the most that the calendar makes of it"
              .formatted(number, number == 1 ? one(unit) : unit.toLowerCase(Locale.ROOT), days));
    }
    return OptionalInt.of(days);
  }

  /** Such as {@code year} of {@code YEARS}. */
  private static String one(String unit) {
    return unit.substring(0, unit.length() - 1).toLowerCase(Locale.ROOT);
  }

  private static int longest(Period period) {
    return IntStream.range(0, MONTHS_OF_FOUR_YEARS)
        .mapToObj(BEFORE_A_LEAP_YEAR::plusMonths)
        .mapToInt(first -> Math.toIntExact(ChronoUnit.DAYS.between(first, first.plus(period))))
        .max()
        .orElseThrow();
  }
}
