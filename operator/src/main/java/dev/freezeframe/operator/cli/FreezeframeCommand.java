package dev.freezeframe.operator.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./freezeframe}: it has subcommands only. */
@Command(
    name = "./freezeframe",
    sortOptions = false,
    commandListHeading = "%nCommands:%n",
    synopsisSubcommandLabel = "COMMAND",
    header =
        "Shows what a deployment has done and why, and restores. Nothing is changed without --apply.",
    footer = {
      "",
      "Each command has a --help of its own.",
      "Exit status: 0 done; 1 what was asked for is not there; 2 an option or a file cannot be used."
    })
final class FreezeframeCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected a command, found none");
  }
}
