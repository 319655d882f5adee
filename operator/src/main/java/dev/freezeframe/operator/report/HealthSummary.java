package dev.freezeframe.operator.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How all that a page shows went: every run, retention and every guest, whichever of them the
 * reader looks at.
 *
 * @param sentence says what is wrong, the worst first, or how the backups ended
 */
public record HealthSummary(Level level, String sentence) {

  /** How urgent it is; as the exit status of a rehearsal, which knows {@code BAD} alone. */
  public enum Level {
    GOOD,
    /** Nothing failed, and yet a guest stood still for nothing, or for too long. */
    ATTENTION,
    BAD
  }

  private static final int MAX_NAMED = 6;
  private static final String NO_SET = "without a set";

  /** Judges a report. */
  public static HealthSummary of(Report report) {
    List<String> wrong = new ArrayList<>();
    still(wrong, report, "frozen", report.stillHeld().frozen());
    still(wrong, report, "unmounted", report.stillHeld().unmounted());
    still(wrong, report, "stopped", report.stillHeld().stopped());
    if (!report.doubts().isEmpty()) {
      List<String> doubtful =
          report.doubts().stream().map(Report.Doubt::instance).distinct().toList();
      wrong.add("may still be frozen: " + named(instances(report, doubtful), ", "));
    }
    count(wrong, report, "FAILED", "failed");
    count(wrong, report, "RUNNING", "without an outcome on record");
    if (!report.troubles().isEmpty()) {
      wrong.add(named(report.troubles(), "; "));
    }
    if (!wrong.isEmpty()) {
      return new HealthSummary(Level.BAD, capital(String.join("; ", wrong)) + ".");
    }
    List<String> remarks = remarks(report);
    if (!remarks.isEmpty()) {
      return new HealthSummary(
          Level.ATTENTION,
          "%s. %s.".formatted(capital(String.join("; ", remarks)), outcome(report)));
    }
    return new HealthSummary(Level.GOOD, outcome(report) + ".");
  }

  /** Whether nothing failed and nobody is frozen, as the exit status of a rehearsal says it. */
  public boolean good() {
    return level != Level.BAD;
  }

  private static List<String> remarks(Report report) {
    List<String> remarks = new ArrayList<>();
    List<Backup> inVain =
        frozen(report)
            .filter(backup -> !backup.consistency().filter("APPLICATION"::equals).isPresent())
            .toList();
    if (!inVain.isEmpty()) {
      remarks.add(
          "%s frozen, and no application-consistent set came of it: %s"
              .formatted(
                  counted(inVain.size(), "guest") + (inVain.size() == 1 ? " was" : " were"),
                  seconds(report, inVain)));
    }
    report
        .freezeBudget()
        .ifPresent(
            budget -> {
              List<Backup> over =
                  frozen(report)
                      .filter(backup -> backup.frozen().orElseThrow().compareTo(budget) > 0)
                      .toList();
              if (!over.isEmpty()) {
                remarks.add(
                    "frozen for longer than scripts.freezeBudget (%d s): %s"
                        .formatted(budget.toSeconds(), seconds(report, over)));
              }
            });
    return remarks;
  }

  private static Stream<Backup> frozen(Report report) {
    return report.runs().stream()
        .flatMap(run -> run.backups().stream())
        .filter(backup -> backup.frozen().filter(time -> !time.isZero()).isPresent());
  }

  /** Each with how long it stood still, the longest first. */
  private static String seconds(Report report, List<Backup> backups) {
    return named(
        backups.stream()
            .sorted(
                Comparator.comparing(
                        (Backup backup) -> backup.frozen().orElse(Duration.ZERO),
                        Comparator.reverseOrder())
                    .thenComparing(Backup::instance))
            .map(
                backup ->
                    String.format(
                        Locale.ROOT,
                        "%s %.1f s",
                        name(report, backup.instance()),
                        backup.frozen().orElseThrow().toMillis() / 1000.0))
            .toList(),
        ", ");
  }

  private static void still(List<String> wrong, Report report, String what, List<String> ids) {
    if (!ids.isEmpty()) {
      wrong.add("still %s: %s".formatted(what, named(instances(report, ids), ", ")));
    }
  }

  private static List<String> instances(Report report, List<String> ids) {
    return ids.stream().map(id -> name(report, id)).toList();
  }

  /** The id with its name, where that is known. */
  private static String name(Report report, String id) {
    return report.names().containsKey(id) ? id + " " + report.names().get(id) : id;
  }

  private static void count(List<String> wrong, Report report, String status, String words) {
    Predicate<Backup> meant = backup -> backup.status().equals(status);
    long backups = backups(report, meant);
    if (backups > 0) {
      long runs =
          report.runs().stream().filter(run -> run.backups().stream().anyMatch(meant)).count();
      String where =
          report.runs().size() > 1
              ? ", in %s of %s".formatted(number(runs), counted(report.runs().size(), "run"))
              : "";
      wrong.add(
          "%s of %s %s%s"
              .formatted(
                  number(backups), counted(backups(report, any -> true), "backup"), words, where));
    }
  }

  /** That nothing failed, and what the sets are worth where that is not the same for all. */
  private static String outcome(Report report) {
    long backups = backups(report, any -> true);
    if (backups == 0) {
      return "No instance matched";
    }
    String all = backups == 1 ? "The backup" : "Each of %s".formatted(counted(backups, "backup"));
    String runs = report.runs().size() > 1 ? " in " + counted(report.runs().size(), "run") : "";
    long skipped = backups(report, backup -> backup.status().equals("SKIPPED"));
    String ends =
        Stream.of(
                skipped < backups ? " succeeded" : "",
                skipped > 0 ? " was skipped for an allowed reason" : "")
            .filter(end -> !end.isEmpty())
            .collect(Collectors.joining(" or"));
    return all + runs + ends + verdicts(report);
  }

  private static String verdicts(Report report) {
    SortedMap<String, Long> counts =
        report.runs().stream()
            .flatMap(run -> run.backups().stream())
            .collect(
                Collectors.groupingBy(
                    backup -> backup.consistency().orElse(NO_SET),
                    TreeMap::new,
                    Collectors.counting()));
    if (counts.size() == 1) {
      return counts.containsKey(NO_SET) ? "; no snapshot set was taken" : ": " + counts.firstKey();
    }
    return ": "
        + counts.entrySet().stream()
            .map(count -> number(count.getValue()) + " " + count.getKey())
            .collect(Collectors.joining(", "));
  }

  private static long backups(Report report, Predicate<Backup> meant) {
    return report.runs().stream().flatMap(run -> run.backups().stream()).filter(meant).count();
  }

  private static String counted(long number, String what) {
    return "%s %s%s".formatted(number(number), what, number == 1 ? "" : "s");
  }

  /** As the page writes its numbers, whatever the machine's language. */
  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String named(List<String> names, String between) {
    String first = names.stream().limit(MAX_NAMED).collect(Collectors.joining(between));
    int more = names.size() - MAX_NAMED;
    return more > 0 ? "%s%sand %s more".formatted(first, between, number(more)) : first;
  }

  private static String capital(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }
}
