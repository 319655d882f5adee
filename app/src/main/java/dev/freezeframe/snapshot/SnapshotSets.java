package dev.freezeframe.snapshot;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Orders snapshot sets, and finds what was ordered. */
public interface SnapshotSets {

  /**
   * Takes one set, in one call that is never repeated.
   *
   * @throws SnapshotsOverQuotaException if nothing was taken, for a quota that others have used up
   * @throws SnapshotsRefusedException if nothing was taken, for a reason that passes
   * @throws SnapshotsImpossibleException if nothing was taken, for a reason that stays
   */
  SnapshotSet create(SetOrder order);

  /**
   * The sets of an instance in a run that exist; a just created one may be missing. They are those
   * that carry its tags and that we created: tags alone can be put on any snapshot.
   */
  List<SnapshotSet> find(RunId run, InstanceId instance);

  /** How snapshots stand in EC2; those that it does not know are left out. */
  Map<SnapshotId, Standing> standing(Collection<SnapshotId> snapshots);

  /**
   * Adds tags to snapshots, in one call.
   *
   * @return why EC2 refused, for a reason that stays: one is gone, has too many tags, is not ours;
   *     empty: they carry the tags. Of all that are named, EC2 tags every one or none
   */
  Optional<String> tag(Collection<SnapshotId> snapshots, Map<String, String> tags);

  /** The set of an attempt among some; empty: it has none. */
  static Optional<SnapshotSet> of(AttemptId attempt, Collection<SnapshotSet> sets) {
    return sets.stream().filter(set -> set.id().equals(attempt)).findFirst();
  }

  /** How a snapshot stands. */
  record Standing(SnapshotState state, Optional<Instant> completedAt, Optional<String> message) {}
}
