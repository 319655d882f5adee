package dev.freezeframe.drill;

import static java.time.temporal.ChronoUnit.MILLIS;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A drill, as it goes and as it ended.
 *
 * @param execution ARN of the execution that does it
 * @param startedAt when it was claimed
 * @param plan empty: it was skipped before there was one
 * @param reached when each stage was first reached
 * @param found what EC2 and the document have said so far
 * @param end empty: it goes on
 */
public record DrillRow(
    DrillId id,
    DrillOrder order,
    String execution,
    Instant startedAt,
    Optional<DrillPlan> plan,
    Map<DrillStage, Instant> reached,
    Found found,
    Optional<DrillEnd> end) {

  public DrillRow {
    startedAt = startedAt.truncatedTo(MILLIS);
    EnumMap<DrillStage, Instant> stages = new EnumMap<>(DrillStage.class);
    reached.forEach((stage, at) -> stages.put(stage, at.truncatedTo(MILLIS)));
    reached = Collections.unmodifiableMap(stages);
  }

  /**
   * What is known of the drill instance and its checks.
   *
   * @param instance the drill instance
   * @param image that it was launched of, as EC2 says
   * @param attempt of the launch, from 1; each has a token of its own
   * @param volumes by the snapshot that EC2 created them of
   * @param checks by command
   * @param trouble why it did not get to its validation
   */
  public record Found(
      Optional<InstanceId> instance,
      Optional<String> image,
      int attempt,
      Map<SnapshotId, VolumeId> volumes,
      Map<DrillCommand, DrillCheck> checks,
      Optional<DrillTrouble> trouble) {

    public Found {
      volumes = Collections.unmodifiableMap(new TreeMap<>(volumes));
      EnumMap<DrillCommand, DrillCheck> sorted = new EnumMap<>(DrillCommand.class);
      sorted.putAll(checks);
      checks = Collections.unmodifiableMap(sorted);
    }

    /** Of a drill that has only been claimed. */
    public static Found nothing() {
      return new Found(Optional.empty(), Optional.empty(), 1, Map.of(), Map.of(), Optional.empty());
    }
  }

  /** One that begins. */
  public static DrillRow of(
      DrillId id, DrillOrder order, String execution, Instant startedAt, Optional<DrillPlan> plan) {
    return new DrillRow(
        id, order, execution, startedAt, plan, Map.of(), Found.nothing(), Optional.empty());
  }

  /** Whether it has not ended. */
  public boolean open() {
    return end.isEmpty();
  }

  /** Whether it is being taken away, or was. */
  public boolean ending() {
    return reached.containsKey(DrillStage.ENDING);
  }

  /** When a stage was first reached. */
  public Optional<Instant> at(DrillStage stage) {
    return Optional.ofNullable(reached.get(stage));
  }

  /** How old the set was when the drill began; empty: nothing was planned. */
  public Optional<Duration> age() {
    return plan.map(known -> Duration.between(known.pointInTime(), startedAt));
  }

  /** How a command ended; empty: that is not known. */
  public Optional<DrillCheck> check(DrillCommand command) {
    return Optional.ofNullable(found.checks().get(command));
  }

  /** The client token of a launch, which EC2 keeps and no tag can forge. */
  public String token(int attempt) {
    return attempt == 1 ? id.value() : "%s-%d".formatted(id, attempt);
  }
}
