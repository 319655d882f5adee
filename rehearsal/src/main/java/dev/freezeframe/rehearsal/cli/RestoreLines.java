package dev.freezeframe.rehearsal.cli;

import dev.freezeframe.common.English;
import dev.freezeframe.operator.cli.Paragraph;
import dev.freezeframe.operator.cli.Sentence;
import dev.freezeframe.operator.cli.Table;
import dev.freezeframe.rehearsal.restore.RestoreReport;
import dev.freezeframe.rehearsal.restore.Restores;
import dev.freezeframe.rehearsal.run.Result;
import dev.freezeframe.restore.RestoreRow.Stage;
import dev.freezeframe.restore.RestoreRow.Status;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Prints the restores of a rehearsal, a line for each. */
final class RestoreLines {
  private final PrintWriter out;
  private final OptionalInt columns;
  private final Map<String, String> names;

  RestoreLines(PrintWriter out, OptionalInt columns, Result result) {
    this.out = out;
    this.columns = columns;
    this.names = result.fleet().names();
  }

  void print(Restores restores) {
    if (restores.reports().isEmpty()) {
      Paragraph.lines(columns, "NOTHING WAS RESTORED: there is no set to restore.")
          .forEach(out::println);
      return;
    }
    RestoreReport first = restores.reports().get(0);
    Paragraph.lines(columns, "Restored to %s:".formatted(first.request().to().word()))
        .forEach(out::println);
    List<List<String>> rows = restores.reports().stream().map(this::cells).toList();
    Table table = Table.fitting(out, columns, rows);
    for (int row = 0; row < rows.size(); row++) {
      table.row(rows.get(row), sentence(restores.reports().get(row)));
    }
  }

  private List<String> cells(RestoreReport report) {
    String instance = report.instance().value();
    List<String> cells = new ArrayList<>();
    cells.add(instance);
    if (!names.isEmpty()) {
      cells.add(Sentence.of(names.getOrDefault(instance, "-")));
    }
    cells.add(report.status().name());
    cells.add(English.count(report.volumes().size(), "volume", "volumes"));
    return cells;
  }

  /** When each stage was reached; where it did not succeed, the reason alone. */
  private static String sentence(RestoreReport report) {
    if (report.status() != Status.SUCCEEDED) {
      return Sentence.of(report.reason());
    }
    return RestoreReport.TOLD.stream()
        .flatMap(stage -> after(report, stage).stream())
        .collect(Collectors.joining(", "));
  }

  private static Optional<String> after(RestoreReport report, Stage stage) {
    return report
        .after(stage)
        .map(
            length ->
                "%s after %s".formatted(stage.name().toLowerCase(Locale.ROOT), words(length)));
  }

  private static String words(Duration length) {
    return length.toMinutes() < 10
        ? String.format(Locale.ROOT, "%.1f s", length.toMillis() / 1000.0)
        : String.format(Locale.ROOT, "%.1f min", length.toSeconds() / 60.0);
  }
}
