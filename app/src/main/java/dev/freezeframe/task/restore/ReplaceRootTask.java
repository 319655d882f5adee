package dev.freezeframe.task.restore;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.restore.RestoreFailedException;
import dev.freezeframe.restore.RestorePlan.Creation;
import dev.freezeframe.restore.RestorePlan.Replacement;
import dev.freezeframe.restore.RestoreRow.Stage;
import dev.freezeframe.restore.RestoreTags;
import dev.freezeframe.restore.ec2.Ec2Launches;
import dev.freezeframe.restore.ec2.Ec2Volumes;
import dev.freezeframe.restore.ec2.Launches;
import dev.freezeframe.restore.ec2.NewRoot;
import dev.freezeframe.restore.ec2.VolumeView;
import dev.freezeframe.restore.ec2.VolumeView.Attachment;
import dev.freezeframe.restore.ec2.Volumes;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.restore.message.RestoreInput;
import dev.freezeframe.task.restore.message.RestoreStep;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Has EC2 replace the root of a running instance, and puts on record what it created: EC2 gives the
 * new volume no tags of ours.
 */
public final class ReplaceRootTask extends RestoreStepTask {
  private static final Duration LOOK = Duration.ofSeconds(15);
  private static final Duration MOST = Duration.ofHours(1);

  private final Launches ec2;
  private final Volumes volumes;

  public ReplaceRootTask() {
    this(new AwsDependencies());
  }

  public ReplaceRootTask(TaskDependencies dependencies) {
    super(dependencies);
    this.ec2 = new Ec2Launches(dependencies.ec2());
    this.volumes = new Ec2Volumes(dependencies.ec2());
  }

  @Override
  protected RestoreStep handle(RestoreInput order) {
    OpenRestore restore = open(order);
    InstanceId target = restore.plan().target().orElseThrow();
    Optional<String> state = ec2.rootTask(restore.id(), target);
    if (state.isEmpty()) {
      restore.check();
      ec2.replaceRoot(restore.id(), restore.plan());
      return waiting(order, LOOK, MOST, "the root of %s is replaced".formatted(target));
    }
    return switch (state.get()) {
      case "succeeded" -> replaced(order, restore, target);
      case "failed" ->
          throw new RestoreFailedException(
              "EC2 could not replace the root of %s, and has put the old one back"
                  .formatted(target));
      case "failed-detached" ->
          throw new RestoreFailedException(
              "EC2 could not replace the root of %s, and has left it without one"
                  .formatted(target));
      default ->
          waiting(order, LOOK, MOST, "the replacement of the root is %s".formatted(state.get()));
    };
  }

  private RestoreStep replaced(RestoreInput order, OpenRestore restore, InstanceId target) {
    Creation root = restore.plan().volumes().get(0);
    Optional<VolumeView> found =
        NewRoot.of(restore.plan(), volumes.attachedTo(target))
            .filter(view -> view.on(target).filter(Attachment::settled).isPresent());
    if (found.isEmpty()) {
      return waiting(order, LOOK, MOST, "EC2 does not show the new root yet");
    }
    VolumeId created = found.get().id();
    ledger.recordCreated(restore.id(), root.snapshot(), created);
    ledger.recordAttaching(restore.id(), root.snapshot(), target);
    volumes.tag(List.of(created), Ec2Volumes.tags(restore.id(), root));
    List<VolumeId> old = restore.plan().replaced().stream().map(Replacement::volume).toList();
    if (!old.isEmpty()) {
      volumes.tag(old, Map.of(RestoreTags.REPLACED_BY, restore.id().value()));
    }
    restore.reached(Stage.AVAILABLE);
    restore.reached(Stage.ATTACHED);
    restore.reached(Stage.RUNNING);
    return done("%s is the root of %s".formatted(created, target));
  }
}
