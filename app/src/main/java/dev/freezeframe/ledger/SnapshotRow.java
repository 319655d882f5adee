package dev.freezeframe.ledger;

import static java.time.temporal.ChronoUnit.MILLIS;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.Proof;
import dev.freezeframe.consistency.SetVerdict;
import dev.freezeframe.consistency.Verdict;
import dev.freezeframe.snapshot.SnapshotState;
import java.time.Instant;
import java.util.Optional;

/**
 * One snapshot that the project created.
 *
 * @param set the attempt that took it, with all others of its point in time
 * @param pointInTime the set's {@code startTime}
 * @param settledAt when it completed or failed, as the event or EC2 says
 * @param cause why it failed
 * @param consistency of its set, which is that of the set's weakest volume; empty until the verdict
 * @param reason of the verdict on its set
 * @param expiresAt empty: not known yet, or kept until something decides
 * @param device the name under which the volume was attached, such as {@code /dev/sdf}; empty: the
 *     row was not written by the backup that took the snapshot
 * @param proof what the APPLICATION of its set rests on; empty: it is less, or older than that
 * @param apart the verdict on this snapshot where it is not that on its set
 */
public record SnapshotRow(
    SnapshotId snapshot,
    AttemptId set,
    VolumeId volume,
    InstanceId instance,
    PolicyName policy,
    RunId run,
    String execution,
    Instant pointInTime,
    SnapshotState state,
    Optional<Instant> settledAt,
    Optional<String> cause,
    Optional<Consistency> consistency,
    Optional<String> reason,
    Optional<Instant> expiresAt,
    Optional<String> device,
    Optional<Proof> proof,
    Optional<Verdict> apart) {

  public SnapshotRow {
    pointInTime = pointInTime.truncatedTo(MILLIS);
    settledAt = settledAt.map(at -> at.truncatedTo(MILLIS));
    expiresAt = expiresAt.map(at -> at.truncatedTo(MILLIS));
  }

  /** One as it is recorded: pending, and not judged. */
  public static SnapshotRow pending(
      SnapshotId snapshot,
      AttemptId set,
      VolumeId volume,
      InstanceId instance,
      PolicyName policy,
      RunId run,
      String execution,
      Instant pointInTime,
      Optional<String> device) {
    return new SnapshotRow(
        snapshot,
        set,
        volume,
        instance,
        policy,
        run,
        execution,
        pointInTime,
        SnapshotState.PENDING,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        device,
        Optional.empty(),
        Optional.empty());
  }

  /** Returns the row as it is first recorded: pending and not judged, whatever this one says. */
  public SnapshotRow asRecorded() {
    return pending(snapshot, set, volume, instance, policy, run, execution, pointInTime, device);
  }

  /** Returns the row of a snapshot that has completed or failed. */
  public SnapshotRow settled(SnapshotChange change) {
    return with(
        change.state(),
        Optional.of(change.at()),
        change.cause(),
        consistency,
        reason,
        expiresAt,
        proof,
        apart);
  }

  /** Returns the row with the verdict on its set. */
  public SnapshotRow judged(SetVerdict verdict, Optional<Instant> expiry) {
    return with(
        state,
        settledAt,
        cause,
        Optional.of(verdict.whole().consistency()),
        Optional.of(verdict.whole().reason()),
        expiry,
        verdict.whole().proof(),
        Optional.ofNullable(verdict.apart().get(volume)));
  }

  /** Returns the row with another expiry. */
  public SnapshotRow expiring(Optional<Instant> expiry) {
    return with(state, settledAt, cause, consistency, reason, expiry, proof, apart);
  }

  private SnapshotRow with(
      SnapshotState newState,
      Optional<Instant> newSettledAt,
      Optional<String> newCause,
      Optional<Consistency> newConsistency,
      Optional<String> newReason,
      Optional<Instant> newExpiresAt,
      Optional<Proof> newProof,
      Optional<Verdict> newApart) {
    return new SnapshotRow(
        snapshot,
        set,
        volume,
        instance,
        policy,
        run,
        execution,
        pointInTime,
        newState,
        newSettledAt,
        newCause,
        newConsistency,
        newReason,
        newExpiresAt,
        device,
        newProof,
        newApart);
  }

  /** Returns the verdict on this snapshot by itself; empty until it is judged. */
  public Optional<Verdict> verdict() {
    return apart.or(
        () -> consistency.map(whole -> new Verdict(whole, proof, reason.orElse("no reason kept"))));
  }

  /** Retention decides on a snapshot among those of its group. */
  public GroupKey group() {
    return new GroupKey(policy, instance);
  }
}
