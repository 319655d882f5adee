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
    return Commands.of(new RehearseCommand());
  }
}
