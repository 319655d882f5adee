package dev.freezeframe.restore;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Remembers what restores have to know of sets. */
public interface FactsLedger {

  /**
   * Keeps what an inspection found until its set is on record, and for 30 days; a later one of the
   * same run replaces it, an earlier one does not.
   */
  void recordInspection(InspectedInstance inspected);

  /** The latest inspection of an instance in a run; empty: none is on record, or no longer. */
  Optional<InspectedInstance> inspection(RunId run, InstanceId instance);

  /** Records the facts of a set; those that are on record already stay. */
  void recordFacts(RestoreFacts facts);

  /**
   * Records as the facts of a set what the inspection of its run has found; nothing if none is on
   * record.
   *
   * @param members which snapshot is of which volume
   */
  default void recordInspectedFacts(
      RunId run, InstanceId instance, AttemptId set, Map<SnapshotId, VolumeId> members) {
    inspection(run, instance)
        .map(inspected -> inspected.facts(set, members))
        .ifPresent(this::recordFacts);
  }

  /** The facts of a set; empty: none are on record. */
  Optional<RestoreFacts> facts(AttemptId set);

  /** The facts of some sets, by set; those of which none are on record are left out. */
  List<RestoreFacts> facts(Collection<AttemptId> sets);

  /**
   * Lets the facts of a set go when the row of a snapshot goes that was deleted of it.
   *
   * @param deletedAt when that was
   */
  void recordFactsExpiry(AttemptId set, Instant deletedAt);
}
