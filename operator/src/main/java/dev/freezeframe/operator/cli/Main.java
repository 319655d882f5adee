package dev.freezeframe.operator.cli;

import picocli.CommandLine;

/** Starts {@code ./freezeframe}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return Commands.of(new FreezeframeCommand());
  }
}
