package dev.freezeframe.task.restore;

import static java.util.stream.Collectors.joining;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RateLimiter;
import dev.freezeframe.restore.RestoreFailedException;
import dev.freezeframe.restore.RestoreRow.Stage;
import dev.freezeframe.restore.RestoredVolume;
import dev.freezeframe.restore.ec2.Ec2Launches;
import dev.freezeframe.restore.ec2.Ec2Volumes;
import dev.freezeframe.restore.ec2.Launches;
import dev.freezeframe.restore.ec2.Launches.LaunchView;
import dev.freezeframe.restore.ec2.VolumeView;
import dev.freezeframe.restore.ec2.Volumes;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.restore.message.RestoreInput;
import dev.freezeframe.task.restore.message.RestoreStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Launches the new instance with the volumes of the set, waits until it runs, and tags each of its
 * volumes: a launch has one list of tags for them all.
 */
public final class LaunchInstanceTask extends RestoreStepTask {
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final Duration MOST = Duration.ofMinutes(30);

  private final Launches ec2;
  private final Volumes volumes;
  private final RateLimiter pace;

  public LaunchInstanceTask() {
    this(new AwsDependencies());
  }

  public LaunchInstanceTask(TaskDependencies dependencies) {
    super(dependencies);
    this.ec2 = new Ec2Launches(dependencies.ec2());
    this.volumes = new Ec2Volumes(dependencies.ec2());
    this.pace = new RateLimiter(dependencies.clock(), dependencies.pause(), PER_SECOND);
  }

  @Override
  protected RestoreStep handle(RestoreInput order) {
    OpenRestore restore = open(order);
    Optional<LaunchView> launched = ec2.launched(restore.id());
    if (launched.isEmpty()) {
      return launch(order, restore);
    }
    LaunchView view = launched.get();
    ledger.recordLaunched(restore.id(), view.id());
    if (view.ended() || view.state().startsWith("stop")) {
      throw new RestoreFailedException(
          "%s was launched, and is %s: %s%s"
              .formatted(
                  view.id(),
                  view.state(),
                  view.reason().orElse("EC2 gives no reason"),
                  keys(restore)));
    }
    if (!view.state().equals("running")) {
      return waiting(order, LOOK, MOST, "%s is %s".formatted(view.id(), view.state()));
    }
    return running(order, restore, view.id());
  }

  private RestoreStep launch(RestoreInput order, OpenRestore restore) {
    String image =
        restore
            .plan()
            .launch()
            .orElseThrow()
            .image()
            .or(() -> restore.row().image())
            .orElseThrow(
                () ->
                    new RestoreFailedException(
                        "%s has no image to launch".formatted(restore.id())));
    restore.check();
    InstanceId id = ec2.launch(restore.id(), restore.plan(), image);
    ledger.recordLaunched(restore.id(), id);
    return waiting(order, LOOK, MOST, "%s is launched".formatted(id));
  }

  /** An asynchronous failure of a launch does not name the key, so all are. */
  private static String keys(OpenRestore restore) {
    String keys =
        restore.plan().volumes().stream()
            .flatMap(creation -> creation.kmsKeyId().stream())
            .distinct()
            .sorted()
            .collect(joining(", "));
    return keys.isEmpty() ? "" : "; its volumes are encrypted with " + keys;
  }

  private RestoreStep running(RestoreInput order, OpenRestore restore, InstanceId id) {
    restore.reached(Stage.RUNNING);
    List<VolumeView> attached = volumes.attachedTo(id);
    List<RestoredVolume> untagged = new ArrayList<>();
    for (RestoredVolume one : restore.volumes()) {
      VolumeView view =
          attached.stream()
              .filter(
                  known ->
                      known.snapshot().filter(one.creation().snapshot()::equals).isPresent()
                          && known
                              .on(id)
                              .map(VolumeView.Attachment::device)
                              .equals(one.creation().device()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new RestoreFailedException(
                          "%s runs without a volume of %s"
                              .formatted(id, one.creation().snapshot())));
      ledger.recordCreated(restore.id(), one.creation().snapshot(), view.id());
      ledger.recordAttaching(restore.id(), one.creation().snapshot(), id);
      if (!view.tags()
          .entrySet()
          .containsAll(Ec2Volumes.tags(restore.id(), one.creation()).entrySet())) {
        untagged.add(one);
      }
    }
    if (!untagged.isEmpty()) {
      tag(restore, untagged);
      return waiting(
          order, LOOK, MOST, "%d volumes of %s are tagged".formatted(untagged.size(), id));
    }
    restore.reached(Stage.AVAILABLE);
    restore.reached(Stage.ATTACHED);
    return done("%s runs".formatted(id));
  }

  private void tag(OpenRestore restore, List<RestoredVolume> untagged) {
    for (RestoredVolume one : untagged.subList(0, Math.min(BATCH, untagged.size()))) {
      pace.await();
      RestoredVolume recorded =
          restore.volumes().stream()
              .filter(other -> other.creation().snapshot().equals(one.creation().snapshot()))
              .findFirst()
              .orElseThrow();
      volumes.tag(List.of(created(recorded)), Ec2Volumes.tags(restore.id(), one.creation()));
    }
  }
}
