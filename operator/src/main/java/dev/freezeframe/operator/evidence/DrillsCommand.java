package dev.freezeframe.operator.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.freezeframe.common.Json;
import dev.freezeframe.operator.cli.LedgerOption;
import dev.freezeframe.operator.cli.Terminal;
import java.time.Clock;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./freezeframe drills}: it has subcommands only. */
@Command(
    name = "drills",
    sortOptions = false,
    header = "Lists restore drills, and shows one.",
    commandListHeading = "%nCommands, each with a --help of its own:%n",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "docs/drills.md says what each verdict wants of you.",
      "Exit status: 0 shown; 1 there is no such drill; 2 an option, or the table, cannot be used."
    })
public final class DrillsCommand implements Runnable {
  @Spec private CommandSpec spec;

  private DrillsCommand() {}

  /** The command with its subcommands. */
  public static CommandLine line() {
    return line(LedgerOption::new, Clock.systemUTC(), Terminal.ofLauncher());
  }

  static CommandLine line(Supplier<LedgerOption> ledgers, Clock clock, Terminal terminal) {
    CommandLine line = new CommandLine(new DrillsCommand());
    line.addSubcommand(new ListDrillsCommand(ledgers.get(), clock, terminal));
    line.addSubcommand(new ShowDrillCommand(ledgers.get(), clock, terminal));
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected list or show, found neither");
  }

  static String json(Object answer) {
    try {
      return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(answer);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("answer of drills: expected JSON", impossible);
    }
  }
}
