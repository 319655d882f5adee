package dev.freezeframe.rehearsal.cli;

import dev.freezeframe.operator.cli.Commands;
import picocli.CommandLine;

/** Starts {@code ./rehearse}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new RehearseCommand());
    line.addSubcommand(new ExplainRehearsalCommand());
    return Commands.prepare(line);
  }
}
