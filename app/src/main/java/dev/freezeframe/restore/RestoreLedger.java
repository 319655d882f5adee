package dev.freezeframe.restore;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SetHolder;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers restores, what they create, and which sets and instances they hold. A hold lapses by
 * itself at its time, so that a restore that nobody ends keeps nothing forever.
 */
public interface RestoreLedger {

  /**
   * Puts a restore on record with its plan, and takes the lease on its set and, where an instance
   * is disturbed, on that.
   *
   * @param until when the leases lapse
   * @return the restore that is on record under that id, this one or an earlier try
   * @throws RestoreConflictException if another restore or a backup holds the instance
   */
  RestoreRow claimRestore(RestoreRow row, RestorePlan plan, Instant until);

  /** Records a restore that was refused, unless one is on record under that id. */
  RestoreRow recordRefused(RestoreRow row);

  /** The plan of a restore; empty: there is no such restore, or it was refused. */
  Optional<RestorePlan> restorePlan(RestoreId id);

  /** One restore. */
  Optional<RestoreRow> restore(RestoreId id);

  /**
   * The restores that began at or after a time, or whose undo began or was last tried in vain then:
   * the newest first; through an index.
   */
  List<RestoreRow> restores(Instant since);

  /** The volumes of a restore, in the order of its plan. */
  List<RestoredVolume> restoredVolumes(RestoreId id);

  /** Records which volume EC2 created of a snapshot; the first stands. */
  void recordCreated(RestoreId id, SnapshotId snapshot, VolumeId volume);

  /** Records the instance that a volume is about to be attached to. */
  void recordAttaching(RestoreId id, SnapshotId snapshot, InstanceId instance);

  /** Records that a volume is there no more, and why; the first stands. */
  void recordGone(RestoreId id, SnapshotId snapshot, String why);

  /**
   * Records that a restore is being undone: from then on nothing goes on with it. One that has
   * ended goes on as one that is undone.
   *
   * @param until when its leases lapse, which are extended, or taken again if they have lapsed
   * @return empty: there is no such restore
   * @throws RestoreConflictException if another restore or a backup holds the instance meanwhile
   */
  Optional<RestoreRow> beginUndo(RestoreId id, Instant at, Instant until);

  /** Records that a stage was reached; the first time stands. */
  void recordStage(RestoreId id, RestoreRow.Stage stage, Instant at);

  /** Records the image that is about to be registered or was; empty: it is deregistered. */
  void recordImage(RestoreId id, Optional<String> image);

  /** Records the instance that was launched; the first stands. */
  void recordLaunched(RestoreId id, InstanceId instance);

  /** Whether a restore still holds the instance that it disturbs, if it disturbs one. */
  default boolean holdsTarget(RestoreId id, RestorePlan plan, Instant now) {
    return !plan.request().to().disturbsInstance()
        || plan.target()
            .flatMap(target -> instanceLease(target, now))
            .filter(id::equals)
            .isPresent();
  }

  /**
   * Extends the leases of a restore, or takes them again if they have lapsed.
   *
   * @return false if another restore holds the instance by now
   */
  boolean keepLeases(RestoreId id, Instant now, Instant until);

  /**
   * Records how a restore ended, and gives its leases back. A later end of an undo or a redrive
   * replaces an earlier one; a success is not replaced by a failure, and nothing that is being
   * undone has succeeded.
   *
   * @return the restore as it is on record then
   * @throws IllegalStateException if there is no such restore
   */
  RestoreRow recordRestoreEnded(RestoreId id, RestoreRow.Status status, String reason, Instant at);

  /**
   * Records that the undo of a restore could not be finished so far, and why. It stays open and
   * keeps its leases, since the undo is tried again.
   *
   * @return the restore as it is on record then: one that has ended stays as it is
   * @throws IllegalStateException if there is no such restore
   */
  RestoreRow recordNotUndone(RestoreId id, String reason, Instant at);

  /**
   * Takes the turn to put back a target: what one function sees does not change under its hands by
   * another that undoes the same restore.
   *
   * @param who takes it; one that has it already takes it again
   * @param until when it lapses by itself: no function works longer
   * @return false: another has it
   */
  boolean takeTurn(RestoreId id, String who, Instant now, Instant until);

  /** Gives the turn back; does nothing to that of another. */
  void giveTurn(RestoreId id, String who);

  /** Until when a restore holds its set; empty: it holds it no more. */
  Optional<Instant> leasedUntil(RestoreRow row);

  /** All sets that are held at a time, each with a restore or drill that holds it. */
  Map<AttemptId, SetHolder> setLeases(Instant now);

  /** A restore or drill that holds a set at a time; retention keeps the set as long. */
  Optional<SetHolder> setLease(AttemptId set, Instant now);

  /** The restore that holds an instance at a time; no backup of it begins as long. */
  Optional<RestoreId> instanceLease(InstanceId instance, Instant now);
}
