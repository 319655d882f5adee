package dev.freezeframe.operator.restore;

import dev.freezeframe.common.Sleeper;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.operator.cli.Terminal;
import dev.freezeframe.operator.restore.text.To;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoreRow.Stage;
import dev.freezeframe.restore.RestoredVolume;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./freezeframe restore show}. */
@Command(
    name = "show",
    sortOptions = false,
    header = "Shows a restore: its stages, its volumes, and how it ended.",
    footer = {
      "",
      "Exit status: 0 shown; 1 there is no such restore, or one that is watched failed; 2 an option"
          + " cannot be used."
    })
final class ShowCommand implements Callable<Integer> {
  private final Clock clock;
  private final Sleeper pause;
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Mixin private final RestoreIdParameter restore = new RestoreIdParameter();

  @Option(names = "--watch", description = "goes on until it has ended")
  private boolean watch;

  @Option(names = "--json", description = "prints JSON instead of lines")
  private boolean json;

  @Mixin private final DeploymentOption deployment;

  ShowCommand(DeploymentOption deployment, Clock clock, Sleeper pause, Terminal terminal) {
    this.deployment = deployment;
    this.clock = clock;
    this.pause = pause;
    this.terminal = terminal;
  }

  private record Answer(
      RestoreRow restore, Optional<RestorePlan> plan, List<RestoredVolume> volumes) {}

  @Override
  public Integer call() {
    RestoreId id = restore.id();
    return deployment.ask(found -> show(found, found.ledger(), id));
  }

  private int show(Deployment found, Ledger ledger, RestoreId id) {
    Optional<RestoreRow> row = ledger.restore(id);
    if (row.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("%s is not in the ledger, or has not begun yet".formatted(id));
      return RestoreCommand.REFUSED;
    }
    if (json) {
      spec.commandLine()
          .getOut()
          .println(
              RestoreCommand.json(
                  new Answer(row.get(), ledger.restorePlan(id), ledger.restoredVolumes(id))));
      return 0;
    }
    if (!watch) {
      print(row.get(), ledger);
      return 0;
    }
    RestoreOrders orders = new RestoreOrders(found.clients().stepFunctions(), found.machine());
    Optional<RestoreRow> ended =
        RestoreEnd.watch(
            spec.commandLine(),
            terminal,
            new RestoreWatch(ledger, clock, pause, spec.commandLine().getOut()),
            id,
            deployment.words(),
            Instant.EPOCH,
            () -> orders.end(row.get().execution()));
    ended.ifPresent(last -> RestoreEnd.print(last, ledger, spec.commandLine().getOut()));
    return ended.filter(last -> last.status() == RestoreRow.Status.SUCCEEDED).isPresent()
        ? 0
        : RestoreCommand.REFUSED;
  }

  private void print(RestoreRow row, Ledger ledger) {
    PrintWriter out = spec.commandLine().getOut();
    RestoreEnd.print(row, ledger, out);
    out.println(
        "  set %s of %s, to %s, plan %s"
            .formatted(
                row.request().set(),
                row.request().instance(),
                new To(row.request().to(), row.request().target()),
                row.hash()));
    out.println("  %s  begun".formatted(row.startedAt()));
    row.reached().entrySet().stream()
        .sorted(Map.Entry.<Stage, Instant>comparingByValue())
        .forEach(
            stage ->
                out.println(
                    "  %s  %s".formatted(stage.getValue(), RestoreWatch.words(stage.getKey()))));
    row.endedAt().ifPresent(at -> out.println("  %s  ended".formatted(at)));
  }
}
