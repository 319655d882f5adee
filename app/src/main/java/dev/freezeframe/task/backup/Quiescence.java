package dev.freezeframe.task.backup;

import dev.freezeframe.inventory.InstanceFacts;
import dev.freezeframe.inventory.Instances;
import dev.freezeframe.snapshot.SnapshotSet;
import java.time.Clock;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/** Looks whether nothing could write to a stopped instance's volumes while its set was taken. */
final class Quiescence {
  private final Instances instances;
  private final Clock clock;

  Quiescence(Instances instances, Clock clock) {
    this.instances = instances;
    this.clock = clock;
  }

  /** The set, and whether the instance was stopped over its point in time. */
  SnapshotSet of(BackupInput order, SnapshotSet set) {
    return order.work().inspected().stopped()
        ? set.withQuiescence(isTaken(set) && stillStopped(order))
        : set;
  }

  /** A look at the instance from now on comes after EC2 has taken the data. */
  private boolean isTaken(SnapshotSet set) {
    return !set.adopted() || clock.instant().isAfter(set.taken().latest());
  }

  /** Stopped before and after, and not started in between: then nothing could write. */
  private boolean stillStopped(BackupInput order) {
    try {
      Optional<InstanceFacts> now = instances.find(order.instanceId());
      return now.map(InstanceFacts::stopped).orElse(false)
          && now.get().launchedAt().equals(order.work().inspected().launchedAt());
    } catch (SdkException unknown) {
      return false;
    }
  }
}
