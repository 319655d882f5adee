package dev.freezeframe.slot;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.VolumeId;
import java.util.List;
import java.util.Optional;

/**
 * A set that is to be taken.
 *
 * @param sharers the other instances that a volume of the set is attached to as well (Multi-Attach)
 * @param setsPerSecond the pace of its policy
 * @param place at which it waits; empty: it has not had to
 */
public record SlotOrder(
    String execution,
    InstanceId instance,
    PolicyName policy,
    List<VolumeId> volumes,
    List<InstanceId> sharers,
    double setsPerSecond,
    Optional<Long> place) {
  /** What EC2 refills the bucket of CreateSnapshots by. */
  private static final double MIN_PER_SECOND = 5;

  public SlotOrder {
    volumes = List.copyOf(volumes);
    sharers = List.copyOf(sharers);
    if (volumes.isEmpty()) {
      throw new IllegalArgumentException("volumes of a set: expected at least one, found none");
    }
  }

  /** How many slots it wants: one for each snapshot. */
  public int slots() {
    return volumes.size();
  }

  /** Whether a set of an instance may hold a volume of this one. */
  boolean meets(InstanceId other) {
    return instance.equals(other) || sharers.contains(other);
  }

  /** An account whose rate was raised says so by the pace of its policies. */
  double perSecond() {
    return Math.max(MIN_PER_SECOND, setsPerSecond);
  }

  /** The same set, waiting at a place. */
  public SlotOrder at(long given) {
    return new SlotOrder(
        execution, instance, policy, volumes, sharers, setsPerSecond, Optional.of(given));
  }
}
