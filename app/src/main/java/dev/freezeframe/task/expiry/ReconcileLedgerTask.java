package dev.freezeframe.task.expiry;

import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.retention.Reconciler;
import dev.freezeframe.snapshot.Ec2SnapshotsAdapter;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.TaskResult;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Compares ledger and EC2, first what EC2 has and then what the ledger has, one page a time. */
public final class ReconcileLedgerTask
    extends JsonTask<ReconcileLedgerTask.Order, ReconcileLedgerTask.Progress> {
  /** How many findings the console shows; the log has all. */
  private static final int SHOWN = 40;

  private final Reconciler reconciler;
  private final Clock clock;

  public ReconcileLedgerTask() {
    this(new AwsDependencies());
  }

  public ReconcileLedgerTask(TaskDependencies dependencies) {
    super(Order.class);
    this.reconciler =
        new Reconciler(dependencies.ledger(), new Ec2SnapshotsAdapter(dependencies.ec2()));
    this.clock = dependencies.clock();
  }

  @Override
  protected Progress handle(Order order) {
    Progress before =
        order.work().reconciliation().map(TaskResult::answer).orElse(Progress.AT_THE_START);
    return switch (before.side()) {
      case EC2 -> before.afterEc2(reconciler.ofEc2(before.next(), clock.instant()));
      case LEDGER ->
          before.afterLedger(
              reconciler.ofLedger(before.next().map(GroupKey::parse), clock.instant()));
      case DONE -> before;
    };
  }

  /** What the state machine passes. */
  record Order(String execution, Work work) {}

  /** The state of {@code expire-snapshots}; {@code reconciliation} is empty at the start. */
  record Work(Optional<TaskResult<Progress>> reconciliation) {}

  /** Whose side is gone through. */
  enum Side {
    EC2,
    LEDGER,
    DONE
  }

  /**
   * How far it is.
   *
   * @param next where the side goes on; empty: at its start
   */
  record Progress(
      Side side,
      boolean done,
      Optional<String> next,
      int compared,
      int adopted,
      int vanished,
      int returned,
      List<String> found) {
    Progress {
      if (side == Side.LEDGER) {
        next.ifPresent(GroupKey::parse);
      }
    }

    static final Progress AT_THE_START =
        new Progress(Side.EC2, false, Optional.empty(), 0, 0, 0, 0, List.of());

    Progress afterEc2(Reconciler.Result page) {
      return after(page, page.next().isPresent() ? Side.EC2 : Side.LEDGER);
    }

    Progress afterLedger(Reconciler.Result page) {
      return after(page, page.next().isPresent() ? Side.LEDGER : Side.DONE);
    }

    private Progress after(Reconciler.Result page, Side then) {
      return new Progress(
          then,
          then == Side.DONE,
          page.next(),
          compared + page.compared(),
          adopted + page.adopted(),
          vanished + page.vanished(),
          returned + page.returned(),
          Stream.concat(found.stream(), page.words().stream()).limit(SHOWN).toList());
    }
  }
}
