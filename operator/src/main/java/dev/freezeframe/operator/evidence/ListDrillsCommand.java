package dev.freezeframe.operator.evidence;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.drill.DrillEnd;
import dev.freezeframe.drill.DrillId;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillVerdict;
import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.operator.cli.LedgerOption;
import dev.freezeframe.operator.cli.Sentence;
import dev.freezeframe.operator.cli.Table;
import dev.freezeframe.operator.cli.Terminal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./freezeframe drills list}. */
@Command(
    name = "list",
    sortOptions = false,
    header = "Lists drills, the newest first: how each ended and why.",
    footer = {"", "Exit status: 0 listed; 2 an option, or the table, cannot be used."})
final class ListDrillsCommand implements Callable<Integer> {
  private static final int MAX_DAYS = 1461;
  private static final List<Integer> WIDTHS = List.of(31, 20, 19);

  private final Clock clock;
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "30",
      description = "those that began in the last N days, 1 to 1461 (default: ${DEFAULT-VALUE})")
  private int days;

  @Option(names = "--json", description = "prints JSON instead of lines")
  private boolean json;

  @Mixin private final LedgerOption ledger;

  ListDrillsCommand(LedgerOption ledger, Clock clock, Terminal terminal) {
    this.ledger = ledger;
    this.clock = clock;
    this.terminal = terminal;
  }

  /**
   * A drill as JSON.
   *
   * @param verdict empty: it is under way
   */
  private record Listed(
      DrillId drill,
      PolicyName policy,
      InstanceId instance,
      Instant startedAt,
      Optional<DrillVerdict> verdict,
      Optional<String> reason) {

    static Listed of(DrillRow row) {
      return new Listed(
          row.id(),
          row.order().policy(),
          row.order().instance(),
          row.startedAt(),
          row.end().map(DrillEnd::verdict),
          row.end().map(DrillEnd::reason));
    }
  }

  @Override
  public Integer call() {
    if (days < 1 || days > MAX_DAYS) {
      throw new BadInputException("--days is %d, expected 1 to %d".formatted(days, MAX_DAYS));
    }
    List<Listed> drills =
        ledger.read(
            found ->
                found.drills(clock.instant().minus(Duration.ofDays(days))).stream()
                    .map(Listed::of)
                    .toList());
    if (json) {
      spec.commandLine().getOut().println(DrillsCommand.json(drills));
      return 0;
    }
    if (drills.isEmpty()) {
      spec.commandLine()
          .getOut()
          .println("no drill began in the last %s".formatted(days == 1 ? "day" : days + " days"));
    }
    Table table = new Table(spec.commandLine().getOut(), terminal.columns(), WIDTHS);
    for (Listed drill : drills) {
      table.row(
          List.of(
              drill.drill().value(),
              drill.verdict().map(DrillVerdict::name).orElse("under way"),
              drill.instance().value()),
          Sentence.of(drill.reason().orElse("it has no result yet")));
    }
    return 0;
  }
}
