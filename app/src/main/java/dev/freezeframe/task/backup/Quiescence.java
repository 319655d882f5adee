package dev.freezeframe.task.backup;

import dev.freezeframe.inventory.InstanceFacts;
import dev.freezeframe.inventory.Instances;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.stop.Stopping;
import java.time.Clock;
import java.time.Instant;
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
    Optional<Stopping> stop = order.work().stopped();
    Inspection inspected = order.work().inspected();
    // A stop that was forced holds nothing: the guest may not have written what it had in memory.
    if (stop.map(Stopping::forced).orElse(!inspected.stopped())) {
      return set;
    }
    Optional<Instant> launchedAt =
        stop.isPresent() ? stop.get().launchedAt() : inspected.launchedAt();
    return set.withQuiescence(isTaken(set) && stillStopped(order, launchedAt));
  }

  /** A look at the instance from now on comes after EC2 has taken the data. */
  private boolean isTaken(SnapshotSet set) {
    return !set.adopted() || clock.instant().isAfter(set.taken().latest());
  }

  /** Stopped before and after, and not started in between: then nothing could write. */
  private boolean stillStopped(BackupInput order, Optional<Instant> launchedAt) {
    try {
      Optional<InstanceFacts> now = instances.find(order.instanceId());
      return now.map(InstanceFacts::stopped).orElse(false)
          && now.get().launchedAt().equals(launchedAt);
    } catch (SdkException unknown) {
      return false;
    }
  }
}
