package dev.freezeframe.task.restore;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RateLimiter;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.restore.RestoreFailedException;
import dev.freezeframe.restore.RestorePlan.Replacement;
import dev.freezeframe.restore.RestoreTags;
import dev.freezeframe.restore.ec2.Ec2Volumes;
import dev.freezeframe.restore.ec2.VolumeView;
import dev.freezeframe.restore.ec2.VolumeView.Attachment;
import dev.freezeframe.restore.ec2.Volumes;
import dev.freezeframe.stop.Ec2InstancePower;
import dev.freezeframe.stop.InstancePower;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.restore.message.RestoreInput;
import dev.freezeframe.task.restore.message.RestoreStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Detaches the volumes that are replaced from an instance that is stopped, and tags them; never by
 * force. Nothing ever deletes them.
 */
public final class DetachReplacedTask extends RestoreStepTask {
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration MOST = Duration.ofMinutes(15);

  private final Volumes ec2;
  private final InstancePower power;
  private final RateLimiter pace;

  public DetachReplacedTask() {
    this(new AwsDependencies());
  }

  public DetachReplacedTask(TaskDependencies dependencies) {
    super(dependencies);
    this.ec2 = new Ec2Volumes(dependencies.ec2());
    this.power = new Ec2InstancePower(dependencies.ec2());
    this.pace = new RateLimiter(dependencies.clock(), dependencies.pause(), PER_SECOND);
  }

  @Override
  protected RestoreStep handle(RestoreInput order) {
    OpenRestore restore = open(order);
    InstanceId target = restore.plan().target().orElseThrow();
    List<VolumeId> replaced = restore.plan().replaced().stream().map(Replacement::volume).toList();
    Map<VolumeId, VolumeView> found = ec2.find(replaced);
    List<VolumeView> untagged = new ArrayList<>();
    List<VolumeId> attached = new ArrayList<>();
    int open = 0;
    for (VolumeId volume : replaced) {
      VolumeView view = found.get(volume);
      if (view == null || view.ended()) {
        throw new RestoreFailedException("%s of %s is gone".formatted(volume, target));
      }
      if (!restore.id().value().equals(view.tags().get(RestoreTags.REPLACED_BY))) {
        untagged.add(view);
      }
      Optional<Attachment> on = view.on(target);
      open += on.isPresent() ? 1 : 0;
      on.filter(Attachment::settled).ifPresent(any -> attached.add(volume));
    }
    detach(restore, target, untagged, attached);
    return open == 0
        ? done("the volumes that are replaced are detached")
        : waiting(order, LOOK, MOST, "%d volumes are being detached".formatted(open));
  }

  private void detach(
      OpenRestore restore, InstanceId target, List<VolumeView> untagged, List<VolumeId> attached) {
    if (untagged.isEmpty() && attached.isEmpty()) {
      return;
    }
    String state = power.look(target).map(InstancePower.PowerState::name).orElse("gone");
    if (!state.equals("stopped")) {
      throw new RestoreFailedException(
          "%s is %s, expected it to be stopped until it is restored".formatted(target, state));
    }
    restore.check();
    if (!untagged.isEmpty()) {
      ec2.tag(
          untagged.stream().map(VolumeView::id).toList(),
          Map.of(RestoreTags.REPLACED_BY, restore.id().value()));
    }
    for (VolumeId volume : attached.subList(0, Math.min(BATCH, attached.size()))) {
      pace.await();
      restore.check();
      ec2.detach(volume, target);
    }
  }
}
