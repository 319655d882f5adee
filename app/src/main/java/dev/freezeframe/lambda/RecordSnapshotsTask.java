package dev.freezeframe.lambda;

import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.metric.Measurements;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.snapshot.SnapshotSet;
import java.time.Clock;
import java.util.Map;
import java.util.Set;

/** Puts a set on record as pending; from then on events move it. */
public final class RecordSnapshotsTask extends JsonTask<InstanceOrder, Work.Completion> {
  private final Ledger ledger;
  private final Clock clock;
  private final Measurements measurements;

  public RecordSnapshotsTask() {
    this(new AwsSurroundings());
  }

  RecordSnapshotsTask(Surroundings surroundings) {
    super(InstanceOrder.class);
    this.ledger = surroundings.ledger();
    this.clock = surroundings.clock();
    this.measurements = surroundings.measurements();
  }

  @Override
  protected Work.Completion handle(InstanceOrder order) {
    Work work = order.work();
    SnapshotSet set = work.taken();
    ledger.recordSlotSnapshots(order.execution(), Set.copyOf(set.snapshots()), clock.instant());
    ledger.recordSnapshots(
        SnapshotRows.pending(
            set,
            order.instanceId(),
            work.policy().name(),
            work.runId(),
            order.execution(),
            work.devices()));
    measurements.record(work.policy().name(), Map.of(Metric.STARTED, 1.0));
    return new Work.Completion(
        false,
        work.policy().completion().firstWait().toSeconds(),
        "%d snapshots are on record".formatted(set.members().size()));
  }
}
