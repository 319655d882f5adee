package dev.freezeframe.task.backup;

import dev.freezeframe.common.VolumeId;
import dev.freezeframe.inventory.Ec2Instances;
import dev.freezeframe.inventory.VolumeSelection;
import dev.freezeframe.snapshot.Ec2Snapshots;
import dev.freezeframe.snapshot.Ec2SnapshotsAdapter;
import dev.freezeframe.snapshot.SetNotVisibleException;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.InputRefusedException;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Looks once for the set of an attempt whose call was not answered, by its tags. The state machine
 * looks again.
 */
public final class FindSnapshotsTask extends JsonTask<BackupInput, FindSnapshotsTask.Found> {
  /** So long after its state was entered EC2 shows all that it will. */
  static final Duration VISIBLE = Duration.ofSeconds(20);

  private final Ec2Snapshots live;
  private final Quiescence quiescence;
  private final Clock clock;

  public FindSnapshotsTask() {
    this(new AwsDependencies());
  }

  public FindSnapshotsTask(TaskDependencies dependencies) {
    super(BackupInput.class);
    this.live = new Ec2SnapshotsAdapter(dependencies.ec2());
    this.quiescence = new Quiescence(new Ec2Instances(dependencies.ec2()), dependencies.clock());
    this.clock = dependencies.clock();
  }

  /**
   * Returns what EC2 shows.
   *
   * @throws SetNotVisibleException if that is not a whole set and EC2 may show more
   */
  @Override
  protected Found handle(BackupInput order) {
    // Asked before the look: what the look did not see may have become visible during it.
    Instant askedAt = clock.instant();
    Optional<SnapshotSet> found =
        SnapshotSet.of(order.attemptId(), live.sets(order.work().runId(), order.instanceId()));
    if (!whole(order, found) && askedAt.isBefore(visibleAt(order))) {
      throw new SetNotVisibleException(
          "EC2 shows %d snapshots of attempt %d of %s, expected one of each volume by %s"
              .formatted(
                  found.map(set -> set.members().size()).orElse(0),
                  order.work().attempt().number(),
                  order.instanceId(),
                  visibleAt(order)));
    }
    return new Found(found.map(set -> quiescence.of(order, set)));
  }

  private static Instant visibleAt(BackupInput order) {
    return order
        .enteredAt()
        .orElseThrow(
            () ->
                new InputRefusedException(
                    "enteredAt is missing, expected when its state was entered"))
        .plus(VISIBLE);
  }

  /** EC2 may show some of its snapshots before the others; a volume may also have been detached. */
  private static boolean whole(BackupInput order, Optional<SnapshotSet> found) {
    List<VolumeId> wanted =
        order.work().inspected().volumes().map(VolumeSelection::included).orElse(List.of());
    return found
        .map(set -> set.members().stream().map(SnapshotSet.Member::volume).toList())
        .map(volumes -> volumes.containsAll(wanted))
        .orElse(false);
  }

  /**
   * The result of a look.
   *
   * @param set empty: the attempt took none
   */
  record Found(Optional<SnapshotSet> set) {}
}
