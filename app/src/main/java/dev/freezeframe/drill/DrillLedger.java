package dev.freezeframe.drill;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers drills: what they launch, what they find, what they cost, and what the last one of each
 * group came to.
 */
public interface DrillLedger {

  /**
   * Puts a drill on record, and takes the lease on its set.
   *
   * @param until when the lease lapses
   * @return the drill that is on record under that id, this one or an earlier try
   */
  DrillRow claimDrill(DrillRow row, Instant until);

  /** One drill. */
  Optional<DrillRow> drill(DrillId id);

  /** The drills that were claimed at or after a time, the newest first; through an index. */
  List<DrillRow> drills(Instant since);

  /** Records that a stage was reached; the first time stands. */
  void recordStage(DrillId id, DrillStage stage, Instant at);

  /** Records which launch is about to be tried; never an earlier one. */
  void recordAttempt(DrillId id, int attempt);

  /** Records the instance that was launched, and its image; a later attempt's replaces it. */
  void recordDrillInstance(DrillId id, InstanceId instance, String image);

  /** Records the volumes of the drill instance; the first stand. */
  void recordDrillVolumes(DrillId id, Map<SnapshotId, VolumeId> volumes);

  /** Records how a command ended; the first stands. */
  void recordCheck(DrillId id, DrillCommand command, DrillCheck check);

  /** Records why it does not get to its validation; the first stands. */
  void recordTrouble(DrillId id, DrillTrouble trouble);

  /** Extends the lease of a drill, or takes it again if it has lapsed. */
  void keepDrillLease(DrillId id, Instant until);

  /** Until when a drill holds its set; empty: it holds it no more. */
  Optional<Instant> drillLeasedUntil(DrillRow row);

  /**
   * Records how a drill ended, gives its lease back, and adds it to its group. The first end
   * stands.
   *
   * @return the drill as it is on record then
   * @throws IllegalStateException if there is no such drill
   */
  DrillRow recordDrillEnded(DrillId id, DrillEnd end);

  /**
   * Records what a drill may cost, or has cost.
   *
   * @param month to which it counts
   */
  void recordSpending(PolicyName policy, YearMonth month, DrillId id, DrillCost cost);

  /** Takes back that a drill costs anything. */
  void withdrawSpending(PolicyName policy, YearMonth month, DrillId id);

  /** What each drill of a policy costs in a month, at most. */
  Map<DrillId, DrillCost> spendings(PolicyName policy, YearMonth month);

  /** What the drills of an instance of a policy have come to; empty: there was none. */
  Optional<DrilledGroup> drilledGroup(PolicyName policy, InstanceId instance);

  /** What the drills of some instances of a policy have come to, those that have any. */
  Map<InstanceId, DrilledGroup> drilled(PolicyName policy, Collection<InstanceId> instances);
}
