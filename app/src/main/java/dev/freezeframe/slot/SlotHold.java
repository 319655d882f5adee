package dev.freezeframe.slot;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SnapshotId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The slots that an execution of {@code snapshot-instance} holds.
 *
 * @param execution ARN
 * @param instance whose set it is
 * @param attempt the id of the set that is to be taken with them
 * @param slots how many were taken
 * @param until when they lapse unless the set is on record by then
 * @param recordedAt when the set was put on record; empty: it has not been
 * @param pending the snapshots of the set that are not known to have settled; none before the set
 *     is on record
 */
public record SlotHold(
    String execution,
    InstanceId instance,
    AttemptId attempt,
    int slots,
    Instant until,
    Optional<Instant> recordedAt,
    SortedSet<SnapshotId> pending) {

  public SlotHold {
    if (slots < 1) {
      throw new IllegalArgumentException("slots are %d, expected at least 1".formatted(slots));
    }
    until = until.truncatedTo(ChronoUnit.MILLIS);
    recordedAt = recordedAt.map(at -> at.truncatedTo(ChronoUnit.MILLIS));
    pending = Collections.unmodifiableSortedSet(new TreeSet<>(pending));
  }

  /** Slots for a set that is not taken yet. */
  public static SlotHold of(
      String execution, InstanceId instance, AttemptId attempt, int slots, Instant until) {
    return new SlotHold(
        execution, instance, attempt, slots, until, Optional.empty(), Collections.emptySortedSet());
  }

  /** The same slots, of which those of a set that is on record are left. */
  public SlotHold recorded(Set<SnapshotId> set, Instant at) {
    return new SlotHold(
        execution, instance, attempt, slots, until, Optional.of(at), new TreeSet<>(set));
  }

  /** The same slots without those of some snapshots. */
  public SlotHold without(Set<SnapshotId> settled) {
    SortedSet<SnapshotId> left = new TreeSet<>(pending);
    left.removeAll(settled);
    return new SlotHold(execution, instance, attempt, slots, until, recordedAt, left);
  }

  /** Who holds them. */
  public SlotHolder holder() {
    return new SlotHolder(instance, execution);
  }

  /** How many slots are held now. */
  public int held() {
    return recordedAt.isPresent() ? pending.size() : slots;
  }

  /** The same slots, which lapse at another instant. */
  public SlotHold until(Instant then) {
    return new SlotHold(execution, instance, attempt, slots, then, recordedAt, pending);
  }

  /** Whether the set may still be taken with them at an instant. */
  public boolean reservedUntil(Instant then) {
    return recordedAt.isEmpty() && !until.isBefore(then);
  }
}
