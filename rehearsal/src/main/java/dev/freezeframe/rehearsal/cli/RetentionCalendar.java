package dev.freezeframe.rehearsal.cli;

import dev.freezeframe.common.LogSafe;
import dev.freezeframe.ledger.Deletion;
import dev.freezeframe.operator.cli.Paragraph;
import dev.freezeframe.rehearsal.run.Result;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import dev.freezeframe.retention.RetainedSet;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Prints which days are still there: a line per group and month, a place per day. A letter is the
 * worth of the best set of the day, in capitals, and a dot a day without one.
 */
final class RetentionCalendar {
  /** An instance, a month and 31 days beside each other. */
  private static final int WIDTH = 2 + 19 + 2 + 7 + 2 + 31;

  /** The first day of each week of a month, above its place. */
  private static final String DAYS = "1      8      15     22     29";

  private final PrintWriter out;
  private final OptionalInt columns;
  private final boolean narrow;

  RetentionCalendar(PrintWriter out, OptionalInt columns) {
    this.out = out;
    this.columns = columns;
    this.narrow = columns.isPresent() && columns.getAsInt() < WIDTH;
  }

  void print(Result result) {
    ZoneId zone = result.policy().schedule().timeZone();
    say(
        "Kept on %s (A application, C crash, U unknown; days in %s)"
            .formatted(result.end().atZone(zone).toLocalDate(), zone));
    Map<String, List<RetainedSet>> groups =
        result.kept().stream()
            .collect(
                Collectors.groupingBy(
                    set -> set.group().instance().value(), TreeMap::new, Collectors.toList()));
    if (!groups.isEmpty()) {
      out.printf(Locale.ROOT, narrow ? "%8s%s%n" : "%32s%s%n", "", DAYS);
    }
    groups.forEach((instance, sets) -> group(instance, sets, zone));
    List<Deletion> deletions =
        result.deletions().stream().map(life -> life.deletion().orElseThrow()).toList();
    Map<String, Long> rules =
        deletions.stream()
            .collect(Collectors.groupingBy(Deletion::rule, TreeMap::new, Collectors.counting()));
    say(
        "%d sets kept, %d snapshots deleted%s"
            .formatted(
                result.kept().size(),
                deletions.size(),
                rules.isEmpty()
                    ? ""
                    : rules.entrySet().stream()
                        .map(rule -> "%d by %s".formatted(rule.getValue(), rule.getKey()))
                        .collect(Collectors.joining(", ", " (", ")"))));
    result.expiries().stream()
        .filter(run -> run.status() != ExecutionStatus.SUCCEEDED)
        .forEach(run -> say("RETENTION FAILED: " + run.name() + why(result, run)));
  }

  /** What the plan came to, if there was one, and what to do about it. */
  private static String why(Result result, Execution run) {
    Stream<String> plans =
        result.ledger().stream()
            .filter(item -> run.arn().equals(item.get("execution")) && item.get("kept") != null)
            .map(item -> String.valueOf(item.get("words")));
    return Stream.concat(plans, Stream.of(run.error().orElse(""), run.cause().orElse("")))
        .filter(words -> !words.isEmpty())
        .map(words -> ": " + LogSafe.of(words))
        .collect(Collectors.joining());
  }

  private void group(String instance, List<RetainedSet> sets, ZoneId zone) {
    SortedMap<YearMonth, char[]> months = new TreeMap<>();
    for (RetainedSet set : sets) {
      LocalDate day = set.pointInTime().atZone(zone).toLocalDate();
      char[] days =
          months.computeIfAbsent(
              YearMonth.from(day), month -> ".".repeat(month.lengthOfMonth()).toCharArray());
      char worth = set.consistency().map(verdict -> verdict.name().charAt(0)).orElse('?');
      int place = day.getDayOfMonth() - 1;
      days[place] = days[place] == '.' || worth < days[place] ? worth : days[place];
    }
    if (narrow) {
      out.println("  " + instance);
      months.forEach((month, days) -> out.println(month + " " + new String(days)));
      return;
    }
    String shown = instance;
    for (Map.Entry<YearMonth, char[]> month : months.entrySet()) {
      out.printf(
          Locale.ROOT, "  %-19s  %s  %s%n", shown, month.getKey(), new String(month.getValue()));
      shown = "";
    }
  }

  private void say(String sentence) {
    Paragraph.lines(columns, sentence).forEach(out::println);
  }
}
