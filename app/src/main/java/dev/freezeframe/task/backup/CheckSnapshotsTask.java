package dev.freezeframe.task.backup;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.SnapshotChange;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.metric.Measurements;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.policy.Completion;
import dev.freezeframe.snapshot.Ec2Snapshot;
import dev.freezeframe.snapshot.Ec2Snapshots;
import dev.freezeframe.snapshot.Ec2SnapshotsAdapter;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks whether a set has settled: in the ledger, which events keep current; in EC2 only where an
 * event is overdue.
 */
public final class CheckSnapshotsTask extends JsonTask<BackupInput, BackupState.Completion> {
  /** Each wait is this much longer than the one before. */
  private static final double GROWTH = 1.5;

  /** A snapshot that EC2 does not show by then is gone, and not just too new to be seen. */
  private static final Duration GONE = Duration.ofMinutes(30);

  private final Ledger ledger;
  private final Ec2Snapshots live;
  private final Clock clock;
  private final Measurements measurements;

  public CheckSnapshotsTask() {
    this(new AwsDependencies());
  }

  public CheckSnapshotsTask(TaskDependencies dependencies) {
    super(BackupInput.class);
    this.ledger = dependencies.ledger();
    this.live = new Ec2SnapshotsAdapter(dependencies.ec2());
    this.clock = dependencies.clock();
    this.measurements = dependencies.measurements();
  }

  @Override
  protected BackupState.Completion handle(BackupInput order) {
    Completion policy = order.work().policy().completion();
    SnapshotSet set = order.work().taken();
    Duration age = Duration.between(set.pointInTime(), clock.instant());
    List<SnapshotId> pending = pending(set);
    if (!pending.isEmpty() && age.compareTo(overdue(policy)) >= 0) {
      askEc2(pending, age);
      List<SnapshotId> still = pending(set);
      Set<SnapshotId> settled = new TreeSet<>(pending);
      still.forEach(settled::remove);
      ledger.giveSlotsBack(order.holder(), settled);
      measure(order.work().policy().name(), pending.size() - still.size());
      pending = still;
    }
    if (pending.isEmpty()) {
      return new BackupState.Completion(true, 0, "all snapshots have settled");
    }
    if (age.compareTo(policy.giveUpAfter()) >= 0) {
      return new BackupState.Completion(
          true,
          0,
          "%d of %d snapshots have not settled within %s"
              .formatted(pending.size(), set.members().size(), policy.giveUpAfter()));
    }
    return new BackupState.Completion(
        false,
        nextWait(order.work(), policy, age),
        "%d of %d snapshots are pending".formatted(pending.size(), set.members().size()));
  }

  /** Twice the longest wait: an event that has not come by then is taken for lost. */
  private static Duration overdue(Completion policy) {
    return policy.longestWait().multipliedBy(2);
  }

  private static long nextWait(BackupState work, Completion policy, Duration age) {
    long before = work.completion().map(last -> last.answer().waitSeconds()).orElse(0L);
    long grown = Math.max(policy.firstWait().toSeconds(), (long) Math.ceil(before * GROWTH));
    long left = policy.giveUpAfter().minus(age).toSeconds() + 1;
    return Math.min(left, Math.min(grown, policy.longestWait().toSeconds()));
  }

  private List<SnapshotId> pending(SnapshotSet set) {
    List<SnapshotRow> rows = ledger.snapshots(set.snapshots());
    if (rows.size() != set.members().size()) {
      throw new IllegalStateException(
          "set %s: expected %d rows in the ledger, found %d"
              .formatted(set.id(), set.members().size(), rows.size()));
    }
    return rows.stream().filter(row -> !row.state().settled()).map(SnapshotRow::snapshot).toList();
  }

  private void measure(PolicyName policy, int overdue) {
    measurements.record(
        policy, overdue == 0 ? Map.of() : Map.of(Metric.EVENTS_OVERDUE, (double) overdue));
  }

  private void askEc2(List<SnapshotId> pending, Duration age) {
    Map<SnapshotId, Ec2Snapshot> existing = live.existing(pending);
    for (SnapshotId snapshot : pending) {
      Ec2Snapshot found = existing.get(snapshot);
      if (found == null) {
        if (age.compareTo(GONE) >= 0) {
          ledger.apply(
              new SnapshotChange(
                  snapshot,
                  SnapshotState.ERROR,
                  clock.instant(),
                  Optional.of("EC2 does not know the snapshot any more")));
        }
      } else if (found.state().settled()) {
        ledger.apply(SnapshotChange.of(found, clock.instant()));
      }
    }
  }
}
