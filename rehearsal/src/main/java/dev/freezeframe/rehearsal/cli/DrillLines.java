package dev.freezeframe.rehearsal.cli;

import dev.freezeframe.operator.cli.Paragraph;
import dev.freezeframe.operator.cli.Sentence;
import dev.freezeframe.operator.cli.Table;
import dev.freezeframe.rehearsal.drill.DrillReport;
import dev.freezeframe.rehearsal.drill.Drills;
import dev.freezeframe.rehearsal.run.Result;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints the drills of a rehearsal, a line for each. */
final class DrillLines {
  private final PrintWriter out;
  private final OptionalInt columns;
  private final Map<String, String> names;

  DrillLines(PrintWriter out, OptionalInt columns, Result result) {
    this.out = out;
    this.columns = columns;
    this.names = result.fleet().names();
  }

  void print(Drills drills) {
    List<DrillReport> reports = drills.reports();
    Paragraph.lines(columns, "Drilled: " + counts(reports)).forEach(out::println);
    List<List<String>> rows = reports.stream().map(this::cells).toList();
    Table table = Table.fitting(out, columns, rows);
    for (int row = 0; row < rows.size(); row++) {
      table.row(rows.get(row), sentence(reports.get(row)));
    }
  }

  /** Such as {@code 3 passed, 1 failed; US$ 0.05}. */
  static String counts(List<DrillReport> reports) {
    Map<String, Long> verdicts =
        reports.stream()
            .collect(Collectors.groupingBy(DrillLines::word, TreeMap::new, Collectors.counting()));
    return "%s; US$ %s"
        .formatted(
            verdicts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", ")),
            String.format(
                Locale.ROOT, "%.2f", reports.stream().mapToDouble(DrillReport::cost).sum()));
  }

  private static String word(DrillReport report) {
    return report
        .verdict()
        .map(verdict -> verdict.name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .orElse("without an end");
  }

  private List<String> cells(DrillReport report) {
    String instance = report.row().order().instance().value();
    List<String> cells = new ArrayList<>();
    cells.add(report.row().startedAt().toString().substring(0, 16) + "Z");
    cells.add(instance);
    if (!names.isEmpty()) {
      cells.add(Sentence.of(names.getOrDefault(instance, "-")));
    }
    cells.add(report.row().order().drill().level().name());
    cells.add(report.verdict().map(Enum::name).orElse("-"));
    return cells;
  }

  /** When each stage was reached; where it did not pass, the reason alone. */
  private static String sentence(DrillReport report) {
    if (report.verdict().filter(verdict -> verdict.passed()).isEmpty()) {
      return Sentence.of(report.reason());
    }
    String stages =
        report.stages().entrySet().stream()
            .map(
                stage ->
                    String.format(Locale.ROOT, "%s after %.0f s", stage.getKey(), stage.getValue()))
            .collect(Collectors.joining(", "));
    return Stream.concat(
            Stream.of(stages.isEmpty() ? report.reason() : stages), report.warnings().stream())
        .map(Sentence::of)
        .collect(Collectors.joining("; "));
  }
}
