package dev.freezeframe.rehearsal.cli;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.consistency.Proof;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.operator.cli.Paragraph;
import dev.freezeframe.operator.cli.Sentence;
import dev.freezeframe.operator.cli.Table;
import dev.freezeframe.rehearsal.run.InstanceReport;
import dev.freezeframe.rehearsal.run.Result;
import dev.freezeframe.snapshot.SnapshotState;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prints the backups of a rehearsal: a line for each, or one for each instance over all runs. */
final class InstanceLines {
  /** Of a name in the table; a longer one is shown whole and moves its line. */
  private static final int MAX_NAME = 24;

  private final PrintWriter out;
  private final OptionalInt columns;
  private final Result result;
  private final List<InstanceReport> reports;
  private final Map<String, String> names;

  InstanceLines(PrintWriter out, OptionalInt columns, Result result, List<InstanceReport> reports) {
    this.out = out;
    this.columns = columns;
    this.result = result;
    this.reports = reports;
    this.names = result.fleet().names();
    names
        .keySet()
        .retainAll(
            reports.stream().map(report -> report.instance().value()).collect(Collectors.toSet()));
  }

  private record Line(List<String> cells, String sentence) {}

  /** A line for each backup, under the run that it belongs to. */
  void perRun() {
    List<Line> lines = reports.stream().map(this::line).toList();
    Table table = table(lines);
    Instant printed = null;
    for (int index = 0; index < lines.size(); index++) {
      InstanceReport report = reports.get(index);
      if (!report.scheduledAt().equals(printed)) {
        printed = report.scheduledAt();
        out.println();
        Paragraph.lines(
                columns,
                "Run of " + PolicyTime.words(printed, result.policy().schedule().timeZone()))
            .forEach(out::println);
      }
      table.row(lines.get(index).cells(), lines.get(index).sentence());
    }
  }

  /** A line for each instance, with the newest reason why a backup of it was no more. */
  void perInstance() {
    Map<InstanceId, List<InstanceReport>> instances =
        reports.stream()
            .collect(groupingBy(InstanceReport::instance, TreeMap::new, Collectors.toList()));
    List<Line> lines = new ArrayList<>();
    instances.forEach((instance, backups) -> lines.add(summary(instance, backups)));
    Table table = table(lines);
    lines.forEach(line -> table.row(line.cells(), line.sentence()));
  }

  private Line line(InstanceReport report) {
    List<String> cells = named(report.instance());
    cells.add(report.status().name());
    cells.add(verdict(report));
    cells.add(stood(report.frozen(), report.down(), ""));
    cells.add(snapshots(report));
    return new Line(cells, Sentence.of(report.reason()));
  }

  private Line summary(InstanceId instance, List<InstanceReport> backups) {
    Duration longest =
        backups.stream().map(InstanceReport::frozen).max(Comparator.naturalOrder()).orElseThrow();
    Duration down =
        backups.stream().map(InstanceReport::down).max(Comparator.naturalOrder()).orElseThrow();
    List<String> cells = named(instance);
    cells.add(counted(backups, report -> report.status().name()));
    cells.add(counted(backups, InstanceLines::verdict));
    cells.add(stood(longest, down, " at most"));
    return new Line(
        cells,
        backups.stream()
            .filter(InstanceLines::needsAReason)
            .reduce((earlier, later) -> later)
            .map(
                report ->
                    "last %s, %s: %s"
                        .formatted(
                            report.status() == Status.SUCCEEDED
                                ? verdict(report)
                                : report.status().name(),
                            PolicyTime.words(
                                report.scheduledAt(), result.policy().schedule().timeZone()),
                            Sentence.of(report.reason())))
            .orElse(""));
  }

  private static boolean needsAReason(InstanceReport report) {
    return report.status() != Status.SUCCEEDED
        || !report.consistency().map("APPLICATION"::equals).orElse(false);
  }

  private static String counted(
      List<InstanceReport> backups, Function<InstanceReport, String> word) {
    return backups.stream().collect(groupingBy(word, TreeMap::new, counting())).entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey())
        .collect(Collectors.joining(", "));
  }

  /** The id, and the name where any instance has one. */
  private List<String> named(InstanceId instance) {
    List<String> cells = new ArrayList<>();
    cells.add(instance.value());
    if (!names.isEmpty()) {
      cells.add(Sentence.of(names.getOrDefault(instance.value(), "-")));
    }
    return cells;
  }

  private Table table(List<Line> lines) {
    int cells = lines.isEmpty() ? 0 : lines.get(0).cells().size();
    List<Integer> widths =
        IntStream.range(0, cells)
            .mapToObj(
                cell ->
                    lines.stream()
                        .mapToInt(line -> line.cells().get(cell).length())
                        .filter(width -> cell != 1 || width <= MAX_NAME)
                        .max()
                        .orElse(MAX_NAME))
            .toList();
    return new Table(out, columns, widths);
  }

  /**
   * What can be restored of the set is worth; what rests on exit codes alone is told from what is
   * proved.
   */
  static String verdict(InstanceReport report) {
    if (report.consistency().isPresent()
        && !report.snapshots().isEmpty()
        && report.snapshots().stream().noneMatch(row -> row.state() == SnapshotState.COMPLETED)) {
      return "no snapshot completed";
    }
    return report
        .consistency()
        .map(
            consistency ->
                report.proof().filter(Proof.CLAIMED::equals).isPresent()
                    ? consistency + " (claimed)"
                    : consistency)
        .orElse("-");
  }

  /** How long an instance was held, in either way. */
  private static String stood(Duration frozen, Duration down, String atMost) {
    if (down.isZero()) {
      return frozen.isZero() ? frozen(frozen) : frozen(frozen) + atMost;
    }
    String stopped = seconds("down", down) + atMost;
    return frozen.isZero() ? stopped : "%s%s, %s".formatted(frozen(frozen), atMost, stopped);
  }

  static String frozen(Duration frozen) {
    return frozen.isZero() ? "not frozen" : seconds("frozen", frozen);
  }

  private static String seconds(String word, Duration length) {
    return String.format(Locale.ROOT, "%s %.1f s", word, length.toMillis() / 1000.0);
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
}
