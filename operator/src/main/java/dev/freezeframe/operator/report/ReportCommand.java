package dev.freezeframe.operator.report;

import dev.freezeframe.common.RunId;
import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.operator.cli.LedgerOption;
import dev.freezeframe.operator.cli.ProgressLine;
import dev.freezeframe.operator.cli.Terminal;
import dev.freezeframe.operator.cli.WholeFile;
import dev.freezeframe.operator.doctor.aws.fleet.RestoreCheck;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./freezeframe report}. */
@Command(
    name = "report",
    sortOptions = false,
    header = "Writes a page of backups, their results and reasons.",
    description = {
      "",
      "One file that needs no network: open it in a browser, mail it, or put it in a bucket. Failures"
          + " come first. Each instance is a lane over time with its freeze, its set and its"
          + " completion. The ledger is read, by key; besides, EC2 and KMS are asked whether the"
          + " images, instance types, subnets, security groups and keys are there that a restore of"
          + " the sets would need. What they do not answer, the page says.",
      ""
    },
    footer = {
      "",
      "Exit status: 0 written; 1 there is no such run; 2 an option, or the table, cannot be used."
    })
public final class ReportCommand implements Callable<Integer> {
  private static final int NOT_THERE = 1;
  private static final int MAX_DAYS = 400;

  private final Clock clock;
  private final RestoreCheck restores;

  @Spec private CommandSpec spec;

  @Mixin private final LedgerOption ledger;

  @ArgGroup private Asked asked = new Asked();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "report.html",
      description = "where it is written (default: ${DEFAULT-VALUE})")
  private Path out;

  private static final class Asked {
    @Option(
        names = "--run",
        paramLabel = "RUN",
        description = "one run, such as daily-20261122T020000Z")
    private String run;

    @Option(
        names = "--days",
        paramLabel = "N",
        description =
            "the runs that fell due in the last N days and the sets of that time, 1 to 400 (default: 7)")
    private int days = 7;
  }

  public ReportCommand() {
    this(new LedgerOption(), Clock.systemUTC(), RestoreCheck.ofEnvironment());
  }

  ReportCommand(LedgerOption ledger, Clock clock, RestoreCheck restores) {
    this.ledger = ledger;
    this.restores = restores;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    if (asked.days < 1 || asked.days > MAX_DAYS) {
      throw new BadInputException("--days is %d, expected 1 to %d".formatted(asked.days, MAX_DAYS));
    }
    Optional<RunId> run = Optional.ofNullable(asked.run).map(ReportCommand::runId);
    WholeFile.refuseUnwritable("--out", out);
    Optional<Report> report = read(run);
    if (report.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println(
              run.map(id -> "%s is not in the ledger".formatted(id))
                  .orElse(
                      "no run fell due in the last %s"
                          .formatted(asked.days == 1 ? "day" : asked.days + " days")));
      return NOT_THERE;
    }
    write(report.get());
    spec.commandLine().getOut().println("Written: " + out);
    return 0;
  }

  private void write(Report report) {
    try (ProgressLine progress = progress()) {
      progress.begin("writing " + out);
      WholeFile.write(out, "page", ReportPage.write(report));
    }
  }

  private ProgressLine progress() {
    return new ProgressLine(
        spec.commandLine().getErr(),
        Terminal.ofLauncher(),
        () -> "Interrupted: %s is as it was.".formatted(out));
  }

  private Optional<Report> read(Optional<RunId> run) {
    try (ProgressLine progress = progress()) {
      progress.begin("reading the ledger " + ledger.table());
      return ledger.read(
          found -> {
            LedgerReader reader =
                new LedgerReader(found, ledger.table(), clock.instant(), progress::show, restores);
            return run.map(reader::run).orElseGet(() -> reader.days(asked.days));
          });
    }
  }

  private static RunId runId(String text) {
    try {
      return new RunId(text);
    } catch (IllegalArgumentException malformed) {
      throw new BadInputException("--run: " + malformed.getMessage());
    }
  }
}
