package dev.freezeframe.rehearsal.cli;

import dev.freezeframe.common.LogSafe;
import dev.freezeframe.ledger.Deletion;
import dev.freezeframe.operator.cli.Paragraph;
import dev.freezeframe.operator.cli.Sentence;
import dev.freezeframe.rehearsal.run.Result;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import dev.freezeframe.retention.RetainedSet;
import dev.freezeframe.snapshot.SnapshotState;
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
 * worth of the best set of the day, an x one of which no snapshot completed, and a dot a day
 * without one.
 */
final class RetentionCalendar {
  /** A month and 31 days behind an instance. */
  private static final int WIDTH = 2 + 1 + 7 + 1 + 31;

  /** Behind all other letters, as it is worth less. */
  private static final char NOT_COMPLETED = 'x';

  /** The first day of each week of a month, above its place. */
  private static final String DAYS = "1      8      15     22     29";

  private final PrintWriter out;
  private final OptionalInt columns;

  RetentionCalendar(PrintWriter out, OptionalInt columns) {
    this.out = out;
    this.columns = columns;
  }

  void print(Result result) {
    ZoneId zone = result.policy().schedule().timeZone();
    long without = result.kept().stream().filter(set -> !completed(result, set)).count();
    say(
        "Kept on %s (A application, C crash, U unknown,%s . no set; days in %s)"
            .formatted(
                result.end().atZone(zone).toLocalDate(),
                without == 0 ? "" : " x no snapshot completed,",
                zone));
    Map<String, List<RetainedSet>> groups =
        result.kept().stream()
            .collect(
                Collectors.groupingBy(
                    set -> set.group().instance().value(), TreeMap::new, Collectors.toList()));
    Map<String, String> names = result.fleet().names();
    int head =
        groups.keySet().stream()
            .mapToInt(instance -> head(instance, names).length())
            .max()
            .orElse(0);
    boolean narrow = columns.isPresent() && columns.getAsInt() < head + WIDTH;
    if (!groups.isEmpty()) {
      out.println(" ".repeat(narrow ? 8 : head + 11) + DAYS);
    }
    groups.forEach((instance, sets) -> group(result, head, narrow, instance, sets));
    List<Deletion> deletions =
        result.deletions().stream().map(life -> life.deletion().orElseThrow()).toList();
    Map<String, Long> rules =
        deletions.stream()
            .collect(Collectors.groupingBy(Deletion::rule, TreeMap::new, Collectors.counting()));
    say(
        "%d sets kept (%d snapshots%s), %d snapshots deleted%s"
            .formatted(
                result.kept().size(),
                result.kept().stream().mapToInt(set -> set.snapshots().size()).sum(),
                without == 0 ? "" : "; %d sets have no completed one".formatted(without),
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

  /** The id, and the name where the instance has one. */
  private static String head(String instance, Map<String, String> names) {
    return names.containsKey(instance)
        ? "%-19s %s".formatted(instance, Sentence.of(names.get(instance)))
        : instance;
  }

  /** Whether anything can be restored of it. */
  private static boolean completed(Result result, RetainedSet set) {
    return set.snapshots().stream()
        .map(result.lives()::get)
        .anyMatch(life -> life != null && life.row().state() == SnapshotState.COMPLETED);
  }

  private static char worth(Result result, RetainedSet set) {
    return completed(result, set)
        ? set.consistency().map(verdict -> verdict.name().charAt(0)).orElse('?')
        : NOT_COMPLETED;
  }

  private void group(
      Result result, int head, boolean narrow, String instance, List<RetainedSet> sets) {
    ZoneId zone = result.policy().schedule().timeZone();
    SortedMap<YearMonth, char[]> months = new TreeMap<>();
    for (RetainedSet set : sets) {
      LocalDate day = set.pointInTime().atZone(zone).toLocalDate();
      char[] days =
          months.computeIfAbsent(
              YearMonth.from(day), month -> ".".repeat(month.lengthOfMonth()).toCharArray());
      char worth = worth(result, set);
      int place = day.getDayOfMonth() - 1;
      days[place] = days[place] == '.' || worth < days[place] ? worth : days[place];
    }
    String shown = head(instance, result.fleet().names());
    if (narrow) {
      Paragraph.lines(columns, "  ", "  ", shown.replaceAll(" +", " ")).forEach(out::println);
      months.forEach((month, days) -> out.println(month + " " + new String(days)));
      return;
    }
    for (Map.Entry<YearMonth, char[]> month : months.entrySet()) {
      out.printf(
          Locale.ROOT,
          "  %s %s %s%n",
          shown + " ".repeat(head - shown.length()),
          month.getKey(),
          new String(month.getValue()));
      shown = "";
    }
  }

  private void say(String sentence) {
    Paragraph.lines(columns, sentence).forEach(out::println);
  }
}
