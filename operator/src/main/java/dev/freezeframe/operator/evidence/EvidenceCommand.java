package dev.freezeframe.operator.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.freezeframe.common.Json;
import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.operator.cli.LedgerOption;
import dev.freezeframe.operator.cli.ProgressLine;
import dev.freezeframe.operator.cli.Terminal;
import dev.freezeframe.operator.cli.WholeFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./freezeframe evidence}. */
@Command(
    name = "evidence",
    sortOptions = false,
    header = "Writes what the restore drills of a time have shown, for an auditor.",
    description = {
      "",
      "One document, as Markdown and as JSON: every drill with its verdict and reason, the set and how"
          + " it was taken, how long the restore took and what was promised, document and image,"
          + " what each failed check means, and the cost; then the instances of which no restore is"
          + " proved. It explains its words. Only the ledger is read, which keeps drills for four"
          + " years.",
      ""
    },
    footer = {"", "Exit status: 0 written; 2 an option, or the table, cannot be used."})
public final class EvidenceCommand implements Callable<Integer> {
  /** The ledger keeps drills for no longer. */
  private static final int MAX_DAYS = 1461;

  private static final String MARKDOWN = ".md";

  private final Clock clock;

  @Spec private CommandSpec spec;

  @Mixin private final LedgerOption ledger;

  @Option(
      names = "--from",
      paramLabel = "DAY",
      required = true,
      description = "first day, such as 2026-10-01, in UTC")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "DAY",
      required = true,
      description = "last day, such as 2026-12-31: today at the latest")
  private String to;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "evidence.md",
      description =
          "where the Markdown is written; the JSON lies beside it, as FILE with the ending .json"
              + " (default: ${DEFAULT-VALUE})")
  private Path out;

  public EvidenceCommand() {
    this(new LedgerOption(), Clock.systemUTC());
  }

  EvidenceCommand(LedgerOption ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    LocalDate first = day("--from", from);
    LocalDate last = day("--to", to);
    checkDays(first, last);
    Path json = json();
    WholeFile.refuseUnwritable("--out", out);
    WholeFile.refuseUnwritable("--out", json);
    Evidence evidence = read(first, last);
    WholeFile.write(json, "JSON", json(evidence));
    WholeFile.write(out, "Markdown", EvidenceMarkdown.write(evidence));
    spec.commandLine().getOut().println("Written: %s, %s".formatted(out, json));
    return 0;
  }

  private void checkDays(LocalDate first, LocalDate last) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (last.isBefore(first)) {
      throw new BadInputException(
          "--to is %s, expected no day before --from, %s".formatted(last, first));
    }
    if (last.isAfter(today)) {
      throw new BadInputException(
          "--to is %s, expected today (%s) at the latest".formatted(last, today));
    }
    if (ChronoUnit.DAYS.between(first, last) >= MAX_DAYS) {
      throw new BadInputException(
          "--from is %s, expected %d days before --to, %s, at most: the ledger keeps drills for four years"
              .formatted(first, MAX_DAYS - 1, last));
    }
  }

  private static LocalDate day(String option, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException wrong) {
      throw new BadInputException(
          "%s is '%s', expected a day such as 2026-10-01".formatted(option, text));
    }
  }

  private Path json() {
    String name = String.valueOf(out.getFileName());
    if (!name.endsWith(MARKDOWN) || name.equals(MARKDOWN)) {
      throw new BadInputException(
          "--out is %s, expected a file that ends in %s".formatted(out, MARKDOWN));
    }
    return out.resolveSibling(name.substring(0, name.length() - MARKDOWN.length()) + ".json");
  }

  private Evidence read(LocalDate first, LocalDate last) {
    try (ProgressLine progress =
        new ProgressLine(
            spec.commandLine().getErr(),
            Terminal.ofLauncher(),
            () -> "Interrupted: %s is as it was.".formatted(out))) {
      progress.begin("reading the ledger " + ledger.table());
      return ledger.read(
          found ->
              new EvidenceReader(
                      found, "ledger table " + ledger.table(), clock.instant(), progress::show)
                  .read(first, last));
    }
  }

  private static String json(Evidence evidence) {
    try {
      return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(evidence) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("evidence is JSON by its nature", impossible);
    }
  }
}
