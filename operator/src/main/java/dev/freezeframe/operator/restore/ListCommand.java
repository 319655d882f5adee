package dev.freezeframe.operator.restore;

import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.operator.cli.Sentence;
import dev.freezeframe.operator.cli.Table;
import dev.freezeframe.operator.cli.Terminal;
import dev.freezeframe.restore.RestoreRow;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./freezeframe restore list}. */
@Command(
    name = "list",
    sortOptions = false,
    header = "Lists restores, the newest first: how each stands and why.",
    footer = {"", "Exit status: 0 listed; 2 an option cannot be used."})
final class ListCommand implements Callable<Integer> {
  private static final int MAX_DAYS = 400;
  private static final List<Integer> WIDTHS = List.of(33, 9, 8, 19);

  private final Clock clock;
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "30",
      description = "those that began in the last N days, 1 to 400 (default: ${DEFAULT-VALUE})")
  private int days;

  @Option(names = "--json", description = "prints JSON instead of lines")
  private boolean json;

  @Mixin private final DeploymentOption deployment;

  ListCommand(DeploymentOption deployment, Clock clock, Terminal terminal) {
    this.deployment = deployment;
    this.clock = clock;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (days < 1 || days > MAX_DAYS) {
      throw new BadInputException("--days is %d, expected 1 to %d".formatted(days, MAX_DAYS));
    }
    List<RestoreRow> rows =
        deployment.ask(
            found -> found.ledger().restores(clock.instant().minus(Duration.ofDays(days))));
    if (json) {
      spec.commandLine().getOut().println(RestoreCommand.json(rows));
      return 0;
    }
    if (rows.isEmpty()) {
      spec.commandLine()
          .getOut()
          .println("no restore began in the last %s".formatted(days == 1 ? "day" : days + " days"));
    }
    Table table = new Table(spec.commandLine().getOut(), terminal.columns(), WIDTHS);
    for (RestoreRow row : rows) {
      table.row(
          List.of(
              row.id().value(),
              row.status().name(),
              row.request().to().word(),
              row.request().instance().value()),
          Sentence.of(row.reason()));
    }
    return 0;
  }
}
