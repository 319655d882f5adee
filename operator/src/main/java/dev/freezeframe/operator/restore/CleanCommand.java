package dev.freezeframe.operator.restore;

import dev.freezeframe.common.Sleeper;
import dev.freezeframe.operator.cli.Terminal;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./freezeframe restore clean}. */
@Command(
    name = "clean",
    sortOptions = false,
    header =
        "Deletes what a restore created and nothing uses: says what, and does it with --apply.",
    footer = {
      "",
      "A volume is deleted if it carries the restore's tag, is on record, was created by EC2 of a"
          + " snapshot of the set, and is attached to nothing.",
      "Exit status: 0 shown, or done; 1 there is nothing to delete, or it failed; 2 an option cannot"
          + " be used."
    })
final class CleanCommand implements Callable<Integer> {
  private final LaterOrder later;

  @Spec private CommandSpec spec;

  @Mixin private final RestoreIdParameter restore = new RestoreIdParameter();

  @Mixin private final LaterOptions options = new LaterOptions();

  @Mixin private final DeploymentOption deployment;

  CleanCommand(DeploymentOption deployment, Clock clock, Sleeper pause, Terminal terminal) {
    this.deployment = deployment;
    this.later = new LaterOrder(LaterOrder.Kind.CLEAN, clock, pause, terminal);
  }

  @Override
  public Integer call() {
    return later.call(spec.commandLine(), options, deployment, restore.id());
  }
}
