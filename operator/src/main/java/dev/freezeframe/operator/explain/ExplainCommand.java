package dev.freezeframe.operator.explain;

import dev.freezeframe.operator.cli.LedgerOption;
import dev.freezeframe.operator.cli.Terminal;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./freezeframe explain}. */
@Command(
    name = "explain",
    sortOptions = false,
    header = "Says why a snapshot is there and until when, or why and when it went.",
    description = {
      "",
      "Of a snapshot: which policy took it and what it is worth, what keeps it and until when, or by"
          + " which rule, for what reason and in which run it was deleted. Of an instance: its sets,"
          + " the one that goes next first. Nothing is changed, and EC2 is not asked: what holds a"
          + " snapshot there (a pin, a lock, an image) is told as the last run of retention met it.",
      ""
    },
    footer = {
      "",
      "Exit status: 0 explained; 1 it is not in the ledger; 2 an option, or the table, cannot be used."
    })
public final class ExplainCommand implements Callable<Integer> {
  private final Clock clock;
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Mixin private final LedgerOption ledger;

  @Parameters(paramLabel = "ID", description = "a snapshot (snap-...) or an instance (i-...)")
  private String id;

  public ExplainCommand() {
    this(new LedgerOption(), Clock.systemUTC(), Terminal.ofLauncher());
  }

  ExplainCommand(LedgerOption ledger, Clock clock, Terminal terminal) {
    this.ledger = ledger;
    this.clock = clock;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Subject subject = Subject.of(id);
    return ledger.read(
        found -> subject.explain(found, clock.instant(), spec.commandLine(), terminal.columns()));
  }
}
