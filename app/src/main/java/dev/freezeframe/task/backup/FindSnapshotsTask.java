package dev.freezeframe.task.backup;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.Sleeper;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.inventory.Ec2Instances;
import dev.freezeframe.inventory.VolumeSelection;
import dev.freezeframe.snapshot.Ec2SnapshotSets;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.snapshot.SnapshotSets;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Looks for the set of an attempt whose call was not answered, by its tags. */
public final class FindSnapshotsTask extends JsonTask<BackupInput, FindSnapshotsTask.Found> {
  /** A function that died may still be heard by EC2, and EC2 shows what it took a little later. */
  private static final Duration VISIBLE = Duration.ofSeconds(10);

  private static final int LOOKS = 3;

  private final SnapshotSets sets;
  private final Quiescence quiescence;
  private final Sleeper pause;

  public FindSnapshotsTask() {
    this(new AwsDependencies());
  }

  public FindSnapshotsTask(TaskDependencies dependencies) {
    super(BackupInput.class);
    this.sets = new Ec2SnapshotSets(dependencies.ec2WithoutRetries(), dependencies.ec2());
    this.quiescence = new Quiescence(new Ec2Instances(dependencies.ec2()), dependencies.clock());
    this.pause = dependencies.pause();
  }

  @Override
  protected Found handle(BackupInput order) {
    AttemptId attempt = order.attemptId();
    Optional<SnapshotSet> found = Optional.empty();
    for (int look = 0; look < LOOKS && !whole(order, found); look++) {
      pause.pause(VISIBLE);
      found = SnapshotSets.of(attempt, sets.find(order.work().runId(), order.instanceId()));
    }
    return new Found(found.map(set -> quiescence.of(order, set)));
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
