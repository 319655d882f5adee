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
    header = "Says why a snapshot is kept and until when, or when and why it was deleted.",
    description = {
      "",
      "Of a snapshot: which policy took it, its verdict and why, what keeps it and until when; or"
          + " which rule deleted it, why and in which run. Of a set: the same of each of its"
          + " snapshots. Of an instance: its sets, the one that expires next first, and why its last"
          + " backup took none, and what last proved that it can be restored. Of each: how instance and volumes were set, which a restore needs."
          + " Only the ledger is read: pins, locks and images are those that the"
          + " last run of retention found in EC2.",
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

  @Parameters(
      paramLabel = "ID",
      description =
          "a snapshot (snap-...), an instance (i-...) or a set (a UUID, the tag freezeframe:set)")
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
    Subject subject =
        Subject.of(
            id,
            "i-...; the ledger keeps no Names: aws ec2 describe-instances --filters Name=tag:Name,Values=NAME finds its id");
    return ledger.read(
        found ->
            subject.explain(
                found,
                "table " + ledger.table(),
                clock.instant(),
                spec.commandLine(),
                terminal.columns()));
  }
}
