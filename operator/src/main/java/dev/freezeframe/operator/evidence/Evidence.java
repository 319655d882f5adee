package dev.freezeframe.operator.evidence;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.drill.DrillId;
import dev.freezeframe.drill.DrillVerdict;
import dev.freezeframe.policy.Drill;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the drills of a time have shown.
 *
 * @param source where it was read from
 * @param from first day, in UTC
 * @param to last day, in UTC
 * @param readAt when it was read
 * @param asOf when the instances were proved, or were not: the end of the last day, or {@code
 *     readAt} if that is earlier
 * @param drills that began in that time and have ended, the oldest first
 * @param underWay that began in that time and have not ended
 * @param instances every instance that had a set then, by policy
 */
public record Evidence(
    String source,
    LocalDate from,
    LocalDate to,
    Instant readAt,
    Instant asOf,
    Totals totals,
    List<DrillEvidence> drills,
    List<UnderWay> underWay,
    List<InstanceProof> instances) {

  public Evidence {
    drills = List.copyOf(drills);
    underWay = List.copyOf(underWay);
    instances = List.copyOf(instances);
  }

  /**
   * Totals.
   *
   * @param drilledInstances that were drilled in this time, with whatever verdict but SKIPPED
   * @param verdicts drills by verdict; every verdict is there
   * @param cost of the drills, about, in US$
   * @param states instances by what is known of them; every state is there
   */
  public record Totals(
      int drills,
      int drilledInstances,
      Map<DrillVerdict, Integer> verdicts,
      double cost,
      Map<ProofState, Integer> states) {

    /** Instances of which a restore is proved. */
    public int proved() {
      return states.get(ProofState.PROVED);
    }

    /** Every other instance. */
    public int unproved() {
      return states.values().stream().mapToInt(Integer::intValue).sum() - proved();
    }
  }

  /** A drill that has no result yet. */
  public record UnderWay(
      DrillId drill, PolicyName policy, InstanceId instance, Instant startedAt) {}

  /**
   * What is known of the sets that a policy takes of an instance.
   *
   * @param state as of {@code asOf}
   * @param withinSeconds within which a set is to be drilled; empty: no drill of the policy is on
   *     record
   * @param provedAt when the newest drill that restored its set and passed began; empty: none has
   * @param proof that drill
   * @param level that it proved
   * @param words in a sentence
   */
  public record InstanceProof(
      PolicyName policy,
      InstanceId instance,
      ProofState state,
      Optional<Long> withinSeconds,
      Optional<Instant> provedAt,
      Optional<DrillId> proof,
      Optional<Drill.Level> level,
      String words) {}

  /** Whether a restore of an instance is proved. */
  public enum ProofState {
    /** The newest drill that restored and passed, or failed, has passed, and is not too old. */
    PROVED("proved"),
    /** No drill of it is on record. */
    NEVER_DRILLED("never drilled"),
    /** It was drilled, and no drill passed or failed: nothing is known. */
    NO_RESULT("drilled without a result"),
    /** Its drills looked whether the snapshots are complete, and restored nothing. */
    COMPLETE("never restored"),
    /** The newest drill that restored and passed, or failed, has failed. */
    FAILED("failed its newest drill"),
    /** It is longer ago than it may be that a drill passed. */
    TOO_OLD("proved too long ago");

    private final String words;

    ProofState(String words) {
      this.words = words;
    }

    /** In a few words. */
    public String words() {
      return words;
    }
  }

  /**
   * The set of a drill.
   *
   * @param verdict how it was taken, such as {@code APPLICATION}; empty: its snapshots are on
   *     record no more
   * @param reason of that verdict
   * @param pointInTime empty: the drill was skipped before it was known
   */
  public record TestedSet(
      AttemptId set,
      Optional<Instant> pointInTime,
      Optional<String> verdict,
      Optional<String> reason,
      List<TestedVolume> volumes,
      List<String> excluded) {

    public TestedSet {
      volumes = List.copyOf(volumes);
      excluded = List.copyOf(excluded);
    }
  }

  /**
   * A volume of a set that was restored.
   *
   * @param original that the snapshot was taken of
   * @param restored the volume that was made of it; empty: none is known
   * @param device under which it was restored
   */
  public record TestedVolume(
      SnapshotId snapshot,
      VolumeId original,
      Optional<VolumeId> restored,
      String device,
      int sizeGiB) {}

  /**
   * A measure against what is promised.
   *
   * @param seconds empty: not measured
   * @param targetSeconds empty: nothing is promised
   */
  public record Measure(Optional<Double> seconds, Optional<Long> targetSeconds) {

    /** Whether the promise was kept; empty: nothing was promised, or nothing was measured. */
    Optional<Boolean> kept() {
      return seconds.flatMap(
          measured -> targetSeconds.map(target -> measured <= target.doubleValue()));
    }
  }
}
