package dev.freezeframe.operator.cli;

import picocli.CommandLine.Option;

/** The option that every command of the project has. */
public final class HelpOption {
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "prints this")
  private boolean help;
}
