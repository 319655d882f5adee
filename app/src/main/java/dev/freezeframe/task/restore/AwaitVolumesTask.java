package dev.freezeframe.task.restore;

import dev.freezeframe.common.VolumeId;
import dev.freezeframe.restore.RestoreFailedException;
import dev.freezeframe.restore.RestoreRow.Stage;
import dev.freezeframe.restore.RestoredVolume;
import dev.freezeframe.restore.ec2.Ec2Volumes;
import dev.freezeframe.restore.ec2.VolumeView;
import dev.freezeframe.restore.ec2.Volumes;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.restore.message.RestoreInput;
import dev.freezeframe.task.restore.message.RestoreStep;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Looks whether the volumes of a restore are available. EC2 takes a volume whose key it may not
 * use, and lets it vanish later, or fail: the key is named then.
 */
public final class AwaitVolumesTask extends RestoreStepTask {
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final Duration MOST = Duration.ofMinutes(30);

  /** EC2 shows by then what it has created. */
  private static final Duration SHOWN = Duration.ofSeconds(60);

  private final Volumes ec2;

  public AwaitVolumesTask() {
    this(new AwsDependencies());
  }

  public AwaitVolumesTask(TaskDependencies dependencies) {
    super(dependencies);
    this.ec2 = new Ec2Volumes(dependencies.ec2());
  }

  @Override
  protected RestoreStep handle(RestoreInput order) {
    OpenRestore restore = open(order);
    List<RestoredVolume> volumes = restore.volumes();
    Map<VolumeId, VolumeView> found =
        ec2.find(volumes.stream().map(RestoreStepTask::created).toList());
    long open = 0;
    for (RestoredVolume one : volumes) {
      VolumeView view = found.get(created(one));
      if (view == null && age(order).compareTo(SHOWN) >= 0) {
        throw lost(one, "has vanished");
      }
      if (view != null && (view.state().equals("error") || view.ended())) {
        throw lost(one, "is " + view.state());
      }
      open += view == null || view.state().equals("creating") ? 1 : 0;
    }
    if (open > 0) {
      return waiting(order, LOOK, MOST, "%d volumes are not available yet".formatted(open));
    }
    restore.reached(Stage.AVAILABLE);
    return done("all volumes are available");
  }

  private static RestoreFailedException lost(RestoredVolume one, String how) {
    return new RestoreFailedException(
        "%s of %s %s: %s"
            .formatted(
                created(one),
                one.creation().snapshot(),
                how,
                one.creation()
                    .kmsKeyId()
                    .map(
                        key ->
                            "EC2 could not use the key %s; see that it is enabled, and that the role of CreateVolumes may use it"
                                .formatted(key))
                    .orElse("EC2 gives no reason")));
  }
}
