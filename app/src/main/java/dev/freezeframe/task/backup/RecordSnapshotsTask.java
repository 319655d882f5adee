package dev.freezeframe.task.backup;

import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.metric.Measurements;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import java.time.Clock;
import java.util.Map;
import java.util.Set;

/** Puts a set on record as pending; from then on events move it. */
public final class RecordSnapshotsTask extends JsonTask<BackupInput, BackupState.Completion> {
  private final Ledger ledger;
  private final Clock clock;
  private final Measurements measurements;

  public RecordSnapshotsTask() {
    this(new AwsDependencies());
  }

  public RecordSnapshotsTask(TaskDependencies dependencies) {
    super(BackupInput.class);
    this.ledger = dependencies.ledger();
    this.clock = dependencies.clock();
    this.measurements = dependencies.measurements();
  }

  @Override
  protected BackupState.Completion handle(BackupInput order) {
    BackupState work = order.work();
    SnapshotSet set = work.taken();
    ledger.recordSlotSnapshots(order.holder(), Set.copyOf(set.snapshots()), clock.instant());
    ledger.recordInspectedFacts(work.runId(), order.instanceId(), set.id(), set.volumes());
    ledger.recordSnapshots(
        SnapshotRows.pending(
            set,
            order.instanceId(),
            work.policy().name(),
            work.runId(),
            order.execution(),
            work.devices()));
    measurements.record(work.policy().name(), Map.of(Metric.STARTED, 1.0));
    return new BackupState.Completion(
        false,
        work.policy().completion().firstWait().toSeconds(),
        "%d snapshots are on record".formatted(set.members().size()));
  }
}
