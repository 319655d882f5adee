package dev.freezeframe.snapshot;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.PointInTime;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The snapshots of one point in time.
 *
 * @param id the attempt that took it
 * @param pointInTime EC2's {@code startTime}
 * @param members by snapshot id
 * @param quiescent whether the instance was stopped before and after the point in time
 * @param adopted whether it was found by its tags rather than returned by the call
 */
public record SnapshotSet(
    AttemptId id, Instant pointInTime, List<Member> members, boolean quiescent, boolean adopted) {

  public SnapshotSet {
    members = members.stream().sorted(Comparator.comparing(Member::snapshot)).toList();
    if (members.isEmpty()) {
      throw new IllegalArgumentException("snapshot set %s: expected a member".formatted(id));
    }
  }

  /** One snapshot of a set. */
  public record Member(SnapshotId snapshot, VolumeId volume) {}

  /** The set of an attempt among some; empty: it has none. */
  public static Optional<SnapshotSet> of(AttemptId attempt, Collection<SnapshotSet> sets) {
    return sets.stream().filter(set -> set.id().equals(attempt)).findFirst();
  }

  public List<SnapshotId> snapshots() {
    return members.stream().map(Member::snapshot).toList();
  }

  /** Which snapshot is of which volume. */
  public Map<SnapshotId, VolumeId> volumes() {
    return members.stream().collect(Collectors.toMap(Member::snapshot, Member::volume));
  }

  /** When its data was taken, as far as it can be known: of an adopted set no call has answered. */
  public PointInTime taken() {
    return new PointInTime(pointInTime, !adopted);
  }

  /** The same set, with what is known of its instance. */
  public SnapshotSet withQuiescence(boolean proved) {
    return new SnapshotSet(id, pointInTime, members, proved, adopted);
  }
}
