package dev.freezeframe.task.restore;

import dev.freezeframe.common.VolumeId;
import dev.freezeframe.restore.RestoreRow.Stage;
import dev.freezeframe.restore.ec2.Ec2Volumes;
import dev.freezeframe.restore.ec2.Volumes;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.restore.message.RestoreInput;
import dev.freezeframe.task.restore.message.RestoreStep;
import java.time.Duration;
import java.util.List;

/**
 * Looks whether every block of the volumes has been read from their snapshots, as often as EC2 says
 * so anew (EBS user guide, "Initialize Amazon EBS volumes": up to five minutes late). The restore
 * is complete without that, so that it does not fail if EC2 does not say so within a day.
 */
public final class AwaitInitializedTask extends RestoreStepTask {
  private static final Duration LOOK = Duration.ofMinutes(5);
  private static final Duration MOST = Duration.ofHours(24);

  private final Volumes ec2;

  public AwaitInitializedTask() {
    this(new AwsDependencies());
  }

  public AwaitInitializedTask(TaskDependencies dependencies) {
    super(dependencies);
    this.ec2 = new Ec2Volumes(dependencies.ec2());
  }

  @Override
  protected RestoreStep handle(RestoreInput order) {
    OpenRestore restore = open(order);
    List<VolumeId> created = restore.volumes().stream().map(RestoreStepTask::created).toList();
    int open = created.size() - ec2.initialized(created).size();
    if (open == 0) {
      restore.reached(Stage.INITIALIZED);
      return done("all volumes are initialized");
    }
    String words = "%d volumes are not known to be initialized".formatted(open);
    return age(order).compareTo(MOST) > 0
        ? done(words)
        : waiting(order, LOOK, MOST.plus(LOOK), words);
  }
}
