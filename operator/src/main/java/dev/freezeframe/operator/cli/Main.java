package dev.freezeframe.operator.cli;

import dev.freezeframe.operator.dlm.ImportDlmCommand;
import dev.freezeframe.operator.doctor.DoctorCommand;
import dev.freezeframe.operator.evidence.DrillsCommand;
import dev.freezeframe.operator.evidence.EvidenceCommand;
import dev.freezeframe.operator.explain.ExplainCommand;
import dev.freezeframe.operator.report.ReportCommand;
import dev.freezeframe.operator.restore.RestoreCommand;
import picocli.CommandLine;

/** Starts {@code ./freezeframe}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(Commands.run("freezeframe", () -> commandLine().execute(arguments)));
  }

  static CommandLine commandLine() {
    return commandLine(Terminal.ofLauncher());
  }

  static CommandLine commandLine(Terminal terminal) {
    CommandLine line = new CommandLine(new FreezeframeCommand());
    line.addSubcommand(new DoctorCommand());
    line.addSubcommand(DrillsCommand.line());
    line.addSubcommand(new EvidenceCommand());
    line.addSubcommand(new ExplainCommand());
    line.addSubcommand(new ImportDlmCommand());
    line.addSubcommand(new ReportCommand());
    line.addSubcommand(RestoreCommand.line());
    return Commands.prepare(line, terminal);
  }
}
