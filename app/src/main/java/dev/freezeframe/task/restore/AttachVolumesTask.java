package dev.freezeframe.task.restore;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RateLimiter;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.restore.RestoreFailedException;
import dev.freezeframe.restore.RestoreRow.Stage;
import dev.freezeframe.restore.RestoredVolume;
import dev.freezeframe.restore.ec2.Ec2Volumes;
import dev.freezeframe.restore.ec2.VolumeView;
import dev.freezeframe.restore.ec2.VolumeView.Attachment;
import dev.freezeframe.restore.ec2.Volumes;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.restore.message.RestoreInput;
import dev.freezeframe.task.restore.message.RestoreStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Attaches the volumes of a restore in the order of its plan, the root first, and sets which of
 * them go with the instance: AttachVolume has none go.
 */
public final class AttachVolumesTask extends RestoreStepTask {
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration MOST = Duration.ofMinutes(15);

  private final Volumes ec2;
  private final RateLimiter pace;

  public AttachVolumesTask() {
    this(new AwsDependencies());
  }

  public AttachVolumesTask(TaskDependencies dependencies) {
    super(dependencies);
    this.ec2 = new Ec2Volumes(dependencies.ec2());
    this.pace = new RateLimiter(dependencies.clock(), dependencies.pause(), PER_SECOND);
  }

  @Override
  protected RestoreStep handle(RestoreInput order) {
    OpenRestore restore = open(order);
    InstanceId target = restore.plan().target().orElseThrow();
    List<RestoredVolume> volumes = restore.volumes();
    Map<VolumeId, VolumeView> found = existing(ec2, volumes);
    List<RestoredVolume> free = new ArrayList<>();
    int open = 0;
    for (RestoredVolume one : volumes) {
      VolumeView view = found.get(created(one));
      if (!isAttached(one, view, target)) {
        open++;
        if (view.available()) {
          free.add(one);
        }
      }
    }
    for (RestoredVolume one : free.subList(0, Math.min(BATCH, free.size()))) {
      pace.await();
      restore.check();
      ledger.recordAttaching(restore.id(), one.creation().snapshot(), target);
      ec2.attach(created(one), target, device(one));
    }
    if (open > 0) {
      return waiting(order, LOOK, MOST, "%d volumes are not attached yet".formatted(open));
    }
    return flagged(order, restore, target, found);
  }

  private static boolean isAttached(RestoredVolume one, VolumeView view, InstanceId target) {
    Optional<Attachment> on = view.on(target);
    if (on.isEmpty() && !view.attachments().isEmpty()) {
      throw new RestoreFailedException(
          "%s is attached to %s, expected it to be free"
              .formatted(view.id(), view.attachments().get(0).instance()));
    }
    if (on.filter(known -> !known.device().equals(device(one))).isPresent()) {
      throw new RestoreFailedException(
          "%s is attached to %s as %s, expected %s"
              .formatted(view.id(), target, on.get().device(), device(one)));
    }
    return on.filter(Attachment::settled).isPresent();
  }

  private RestoreStep flagged(
      RestoreInput order, OpenRestore restore, InstanceId target, Map<VolumeId, VolumeView> found) {
    Map<String, Boolean> flags = new TreeMap<>();
    for (RestoredVolume one : restore.volumes()) {
      boolean wanted = one.creation().deleteOnTermination();
      if (found.get(created(one)).on(target).orElseThrow().deleteOnTermination() != wanted) {
        flags.put(device(one), wanted);
      }
    }
    if (!flags.isEmpty()) {
      restore.check();
      ec2.goWithInstance(target, flags);
      return waiting(
          order, LOOK, MOST, "%d volumes are to go with %s".formatted(flags.size(), target));
    }
    restore.reached(Stage.ATTACHED);
    return done("all volumes are attached to %s".formatted(target));
  }

  private static String device(RestoredVolume one) {
    return one.creation()
        .device()
        .orElseThrow(
            () ->
                new RestoreFailedException(
                    "%s has no device in the plan".formatted(one.creation().snapshot())));
  }
}
