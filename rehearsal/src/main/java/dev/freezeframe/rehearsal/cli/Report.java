package dev.freezeframe.rehearsal.cli;

import dev.freezeframe.consistency.Proof;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.operator.cli.Paragraph;
import dev.freezeframe.operator.cli.Sentence;
import dev.freezeframe.operator.cli.Table;
import dev.freezeframe.policy.TagSelector;
import dev.freezeframe.rehearsal.run.Firing;
import dev.freezeframe.rehearsal.run.InstanceReport;
import dev.freezeframe.rehearsal.run.Result;
import dev.freezeframe.rehearsal.run.WaitsForSlots;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints the result of a rehearsal: a line per instance, the calls, and where the rest is. */
final class Report {
  private final PrintWriter out;
  private final OptionalInt columns;
  private final Table table;

  Report(PrintWriter out, OptionalInt columns) {
    this.out = out;
    this.columns = columns;
    this.table = new Table(out, columns, List.of(19, 9, 11, 14, 24));
  }

  /**
   * Prints it.
   *
   * @param pendingLimit the quota of pending snapshots that it ran under
   */
  void print(Result result, int pendingLimit, Path file, Path page) {
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
      new RetentionCalendar(out, columns).print(result);
    }
    out.println();
    say(
        "Calls: "
            + result.calls().entrySet().stream()
                .map(call -> call.getKey() + " " + call.getValue())
                .collect(Collectors.joining(", ")));
    say(concurrency(result.concurrency()));
    result.firings().stream()
        .filter(firing -> !firing.selectedAll())
        .forEach(
            firing -> say("NOT ALL TARGETS WERE SELECTED in the run of " + firing.scheduledAt()));
    if (!result.stillFrozen().isEmpty()) {
      say("STILL FROZEN: " + String.join(", ", result.stillFrozen()));
    }
    WaitsForSlots.of(result).sentence(pendingLimit).ifPresent(this::say);
    result
        .assumed()
        .forEach(
            document ->
                say(
                    "The document %s does not say what it holds: assumed to hold every volume until its post-script, without a timer (docs/rehearsal.md, documents of your own)"
                        .formatted(document)));
    say(summary(result));
    out.println("Written: " + file);
    out.println("To look at: " + page);
    out.flush();
  }

  private static String concurrency(Result.Concurrency functions) {
    String most =
        "Functions at once: %d at most, of %d that the account lets run"
            .formatted(functions.most(), functions.quota());
    return functions.throttled().isEmpty()
        ? most
        : "%s; THROTTLED: %s"
            .formatted(
                most,
                functions.throttled().entrySet().stream()
                    .map(function -> function.getKey() + " " + function.getValue())
                    .collect(Collectors.joining(", ")));
  }

  private void line(InstanceReport report) {
    table.row(
        List.of(
            report.instance().value(),
            report.status().name(),
            report.consistency().map(verdict -> verdict + claimed(report)).orElse("-"),
            String.format(Locale.ROOT, "frozen %.1f s", report.frozen().toMillis() / 1000.0),
            snapshots(report)),
        Sentence.of(report.reason()));
  }

  /** What rests on exit codes alone is told from what is proved. */
  private static String claimed(InstanceReport report) {
    return report.proof().equals(Optional.of(Proof.CLAIMED)) ? " (claimed)" : "";
  }

  private void say(String sentence) {
    Paragraph.lines(columns, sentence).forEach(out::println);
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
      report
          .consistency()
          .ifPresent(verdict -> verdicts.merge(verdict + claimed(report), 1, Integer::sum));
    }
    if (ends.isEmpty() && !result.firings().stream().allMatch(Firing::selectedAll)) {
      return "Whether an instance matches the policy is not known: its targets were not selected.";
    }
    if (ends.isEmpty()) {
      return "No instance matched the policy: none carries %s."
          .formatted(
              result.policy().targets().stream()
                  .map(TagSelector::toString)
                  .collect(Collectors.joining(", or ")));
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
