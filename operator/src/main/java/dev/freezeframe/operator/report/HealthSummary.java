package dev.freezeframe.operator.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How all that a page shows went: every run, retention and every guest, whichever of them the
 * reader looks at.
 *
 * @param sentence says what is wrong, the worst first, or that nothing is
 */
public record HealthSummary(boolean good, String sentence) {
  private static final int MAX_NAMED = 6;

  /** Judges a report. */
  public static HealthSummary of(Report report) {
    List<String> wrong = new ArrayList<>();
    if (!report.stillFrozen().isEmpty()) {
      wrong.add("still frozen: " + named(instances(report, report.stillFrozen()), ", "));
    }
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
    return wrong.isEmpty()
        ? new HealthSummary(true, allWell(report))
        : new HealthSummary(false, capital(String.join("; ", wrong)) + ".");
  }

  /** Each with its name, where it is known. */
  private static List<String> instances(Report report, List<String> ids) {
    return ids.stream()
        .map(id -> report.names().containsKey(id) ? id + " " + report.names().get(id) : id)
        .toList();
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

  private static String allWell(Report report) {
    long backups = backups(report, any -> true);
    if (backups == 0) {
      return "No instance matched.";
    }
    String all = backups == 1 ? "The backup" : "Each of %s".formatted(counted(backups, "backup"));
    String runs = report.runs().size() > 1 ? " in " + counted(report.runs().size(), "run") : "";
    boolean skipped = backups(report, backup -> backup.status().equals("SKIPPED")) > 0;
    return all
        + runs
        + (skipped ? " succeeded or was skipped for an allowed reason." : " succeeded.");
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
