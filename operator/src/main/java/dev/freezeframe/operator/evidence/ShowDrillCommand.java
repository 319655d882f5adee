package dev.freezeframe.operator.evidence;

import dev.freezeframe.drill.DrillId;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.operator.cli.LedgerOption;
import dev.freezeframe.operator.cli.Paragraph;
import dev.freezeframe.operator.cli.Sentence;
import dev.freezeframe.operator.cli.Terminal;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./freezeframe drills show}. */
@Command(
    name = "show",
    sortOptions = false,
    header = "Shows a drill: its verdict, its set, its checks and stages.",
    footer = {
      "",
      "Exit status: 0 shown; 1 there is no such drill; 2 an option, or the table, cannot be used."
    })
final class ShowDrillCommand implements Callable<Integer> {
  private static final int NOT_THERE = 1;

  private final Clock clock;
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "a drill, such as drill-20261128T080000Z-1a2b3c4d")
  private String id;

  @Option(names = "--json", description = "prints JSON instead of lines")
  private boolean json;

  @Mixin private final LedgerOption ledger;

  ShowDrillCommand(LedgerOption ledger, Clock clock, Terminal terminal) {
    this.ledger = ledger;
    this.clock = clock;
    this.terminal = terminal;
  }

  /** What is on record of a drill. */
  private record Found(DrillRow row, Optional<DrillEvidence> ended) {}

  @Override
  public Integer call() {
    DrillId drill = drill();
    Optional<Found> found =
        ledger.read(
            ask ->
                ask.drill(drill)
                    .map(
                        row ->
                            new Found(
                                row,
                                new EvidenceReader(
                                        ask, ledger.table(), clock.instant(), words -> {})
                                    .of(row))));
    if (found.isEmpty()) {
      spec.commandLine().getErr().println("%s is not in the ledger".formatted(drill));
      return NOT_THERE;
    }
    Optional<DrillEvidence> ended = found.get().ended();
    PrintWriter out = spec.commandLine().getOut();
    if (json && ended.isPresent()) {
      out.println(DrillsCommand.json(ended.get()));
      return 0;
    }
    if (ended.isEmpty()) {
      out.println(underWay(found.get().row()));
      return 0;
    }
    print(
        "%s: %s: %s".formatted(drill, ended.get().drill().verdict(), ended.get().drill().reason()));
    DrillText.lines(ended.get(), Sentence::of).forEach(this::print);
    return 0;
  }

  private DrillId drill() {
    try {
      return new DrillId(id);
    } catch (IllegalArgumentException malformed) {
      throw new BadInputException(malformed.getMessage());
    }
  }

  /** As JSON, it is a text: what ended drills have is not known of it. */
  private String underWay(DrillRow row) {
    String words =
        "%s of %s has no result yet; it began %s%s"
            .formatted(
                row.id(),
                row.order().instance(),
                row.startedAt(),
                row.reached().entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .map(stage -> " and reached %s".formatted(stage.getKey()))
                    .orElse(""));
    return json ? DrillsCommand.json(words) : words;
  }

  private void print(String line) {
    Paragraph.lines(terminal.columns(), Sentence.of(line))
        .forEach(spec.commandLine().getOut()::println);
  }
}
