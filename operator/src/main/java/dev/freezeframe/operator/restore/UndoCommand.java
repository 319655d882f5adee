package dev.freezeframe.operator.restore;

import dev.freezeframe.common.Sleeper;
import dev.freezeframe.operator.cli.Terminal;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./freezeframe restore undo}. */
@Command(
    name = "undo",
    sortOptions = false,
    header = "Undoes a restore: says what that would do, and does it with --apply.",
    footer = {
      "",
      "Exit status: 0 shown, or undone; 1 there is nothing to undo, or it failed; 2 an option cannot"
          + " be used."
    })
final class UndoCommand implements Callable<Integer> {
  private final LaterOrder later;

  @Spec private CommandSpec spec;

  @Mixin private final RestoreIdParameter restore = new RestoreIdParameter();

  @Mixin private final LaterOptions options = new LaterOptions();

  @Mixin private final DeploymentOption deployment;

  UndoCommand(DeploymentOption deployment, Clock clock, Sleeper pause, Terminal terminal) {
    this.deployment = deployment;
    this.later = new LaterOrder(LaterOrder.Kind.UNDO, clock, pause, terminal);
  }

  @Override
  public Integer call() {
    return later.call(spec.commandLine(), options, deployment, restore.id());
  }
}
