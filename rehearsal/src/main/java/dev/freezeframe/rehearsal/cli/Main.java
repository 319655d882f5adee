package dev.freezeframe.rehearsal.cli;

import dev.freezeframe.operator.cli.Commands;
import dev.freezeframe.operator.cli.Legend;
import dev.freezeframe.operator.cli.Terminal;
import dev.freezeframe.rehearsal.faults.FaultList;
import dev.freezeframe.rehearsal.run.RunField;
import picocli.CommandLine;

/** Starts {@code ./rehearse}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(Commands.run("rehearse", () -> commandLine().execute(renamed(arguments))));
  }

  /**
   * {@code storm} was the name of {@code simulate}; it works for one release, and no help shows it.
   */
  static String[] renamed(String... arguments) {
    String[] named = arguments.clone();
    if (named.length > 0 && named[0].equals("storm")) {
      named[0] = "simulate";
    }
    return named;
  }

  static CommandLine commandLine() {
    return commandLine(Terminal.ofLauncher());
  }

  static CommandLine commandLine(Terminal terminal) {
    CommandLine line = new CommandLine(new RehearseCommand(terminal));
    line.addSubcommand(new SimulateCommand(terminal));
    line.addSubcommand(new ExplainRehearsalCommand(terminal));
    Commands.addLegend(
        line,
        "faults",
        "What a file of --faults can say, as {instance: ID, at: ..., do: ..., times: N}:",
        FaultList.entries());
    Commands.addLegend(
        line,
        "fields",
        "Fields of run.json:",
        RunField.ALL.stream()
            .map(field -> new Legend.Entry(field.indented(), field.meaning()))
            .toList());
    return Commands.prepare(line, terminal);
  }
}
