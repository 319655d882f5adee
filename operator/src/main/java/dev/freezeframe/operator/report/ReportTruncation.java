package dev.freezeframe.operator.report;

import static java.util.Comparator.comparing;

import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps a page to a size that can be mailed: of many backups, not all are told in full. */
final class ReportTruncation {
  /** At about 3 KB each. */
  static final int IN_FULL = 2_000;

  private ReportTruncation() {}

  static Report of(Report report) {
    return of(report, IN_FULL);
  }

  /**
   * The same report, with so many backups in full at most: first those that need somebody, then the
   * newest. It says so itself.
   */
  static Report of(Report report, int inFull) {
    int all = report.runs().stream().mapToInt(run -> run.backups().size()).sum();
    if (all <= inFull) {
      return report;
    }
    Set<Backup> whole = first(report, inFull);
    return report.shortened(
        words(inFull, all), report.runs().stream().map(run -> abridged(run, whole)).toList());
  }

  private record Candidate(Report.Run run, Backup backup, boolean urgent) {}

  private static Set<Backup> first(Report report, int number) {
    Set<String> inDoubt =
        report.doubts().stream().map(Report.Doubt::instance).collect(Collectors.toSet());
    Set<Backup> first = Collections.newSetFromMap(new IdentityHashMap<>());
    report.runs().stream()
        .flatMap(
            run ->
                run.backups().stream()
                    .map(backup -> new Candidate(run, backup, urgent(backup, inDoubt))))
        .sorted(
            comparing(Candidate::urgent)
                .thenComparing(candidate -> candidate.run().scheduledAt())
                .reversed()
                .thenComparing(
                    candidate -> candidate.backup().instance(), Comparator.naturalOrder()))
        .limit(number)
        .forEach(candidate -> first.add(candidate.backup()));
    return first;
  }

  private static boolean urgent(Backup backup, Set<String> inDoubt) {
    return backup.status().equals("FAILED")
        || backup.status().equals("RUNNING")
        || inDoubt.contains(backup.instance());
  }

  private static Report.Run abridged(Report.Run run, Set<Backup> whole) {
    return new Report.Run(
        run.id(),
        run.scheduledAt(),
        run.backups().stream()
            .map(backup -> whole.contains(backup) ? backup : backup.abridged())
            .toList());
  }

  private static String words(int inFull, int all) {
    return String.format(
        Locale.ROOT,
        "Of %,d backups, %,d are told in full: first those that failed or have no outcome, then the"
            + " newest. Of the others there are the end, the freeze and the point in time only; ask for"
            + " their run alone to see more.",
        all,
        inFull);
  }
}
