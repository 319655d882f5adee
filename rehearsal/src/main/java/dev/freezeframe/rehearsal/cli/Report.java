package dev.freezeframe.rehearsal.cli;

import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.operator.cli.Sentence;
import dev.freezeframe.rehearsal.run.InstanceReport;
import dev.freezeframe.rehearsal.run.Result;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints what came of a rehearsal: a line per instance, the calls, and where the rest is. */
final class Report {
  private final PrintWriter out;

  Report(PrintWriter out) {
    this.out = out;
  }

  void print(Result result, Path file, Path page) {
    Instant printed = null;
    for (InstanceReport report : result.reports()) {
      if (!report.scheduledAt().equals(printed)) {
        printed = report.scheduledAt();
        out.println();
        out.printf("Run of %s%n", printed);
      }
      line(report);
    }
    if (!result.expiries().isEmpty()) {
      new KeptCalendar(out).print(result);
    }
    out.println();
    out.println(
        "Calls: "
            + result.calls().entrySet().stream()
                .map(call -> call.getKey() + " " + call.getValue())
                .collect(Collectors.joining(", ")));
    result.firings().stream()
        .filter(firing -> !firing.selectedAll())
        .forEach(
            firing ->
                out.println("NOT ALL TARGETS WERE SELECTED in the run of " + firing.scheduledAt()));
    if (!result.stillFrozen().isEmpty()) {
      out.println("STILL FROZEN: " + String.join(", ", result.stillFrozen()));
    }
    out.println(summary(result));
    out.println("Written: " + file);
    out.println("To look at: " + page);
    out.flush();
  }

  private void line(InstanceReport report) {
    out.println(
        "  %-19s  %-9s  %-11s  %-14s  %-24s  %s"
            .formatted(
                report.instance(),
                report.status(),
                report.consistency().orElse("-"),
                "frozen %.1f s".formatted(report.frozen().toMillis() / 1000.0),
                snapshots(report),
                Sentence.of(report.reason()))
            .stripTrailing());
  }

  private static String snapshots(InstanceReport report) {
    if (report.snapshots().isEmpty()) {
      return "no snapshots";
    }
    Map<String, Integer> states = new TreeMap<>();
    for (SnapshotRow row : report.snapshots()) {
      states.merge(row.state().name().toLowerCase(Locale.ROOT), 1, Integer::sum);
    }
    return states.entrySet().stream()
        .map(state -> state.getValue() + " " + state.getKey())
        .collect(Collectors.joining(", "));
  }

  private static String summary(Result result) {
    Map<String, Integer> ends = new TreeMap<>();
    Map<String, Integer> verdicts = new TreeMap<>();
    for (InstanceReport report : result.reports()) {
      ends.merge(report.status().name().toLowerCase(Locale.ROOT), 1, Integer::sum);
      report.consistency().ifPresent(verdict -> verdicts.merge(verdict, 1, Integer::sum));
    }
    if (ends.isEmpty()) {
      return "No instance matched the policy.";
    }
    return "%s; %s"
        .formatted(words(ends), verdicts.isEmpty() ? "no snapshot set" : words(verdicts));
  }

  private static String words(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey())
        .collect(Collectors.joining(", "));
  }
}
