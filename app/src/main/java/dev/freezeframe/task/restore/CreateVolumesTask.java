package dev.freezeframe.task.restore;

import dev.freezeframe.common.RateLimiter;
import dev.freezeframe.common.VolumeId;
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
import java.util.Optional;

/**
 * Creates the volumes of a restore, some at a time. Each is on record before it is created; an
 * earlier call whose answer was lost is found by its tags, or answered again by its token.
 */
public final class CreateVolumesTask extends RestoreStepTask {
  private static final Duration NEXT = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofHours(2);

  private final Volumes ec2;
  private final RateLimiter pace;

  public CreateVolumesTask() {
    this(new AwsDependencies());
  }

  public CreateVolumesTask(TaskDependencies dependencies) {
    super(dependencies);
    this.ec2 = new Ec2Volumes(dependencies.ec2());
    this.pace = new RateLimiter(dependencies.clock(), dependencies.pause(), PER_SECOND);
  }

  @Override
  protected RestoreStep handle(RestoreInput order) {
    OpenRestore restore = open(order);
    List<RestoredVolume> missing = missing(restore);
    if (missing.isEmpty()) {
      return done("all volumes are created");
    }
    List<VolumeView> found = ec2.of(restore.id());
    for (RestoredVolume one : missing.subList(0, Math.min(BATCH, missing.size()))) {
      ledger.recordCreated(restore.id(), one.creation().snapshot(), volume(restore, one, found));
    }
    return missing.size() <= BATCH
        ? done("%d volumes are created".formatted(missing.size()))
        : waiting(
            order, NEXT, MOST, "%d volumes are to be created".formatted(missing.size() - BATCH));
  }

  private static List<RestoredVolume> missing(OpenRestore restore) {
    return restore.volumes().stream().filter(one -> one.volume().isEmpty()).toList();
  }

  private VolumeId volume(OpenRestore restore, RestoredVolume one, List<VolumeView> found) {
    Optional<VolumeId> before =
        found.stream()
            .filter(view -> view.snapshot().filter(one.creation().snapshot()::equals).isPresent())
            .filter(view -> !view.ended())
            .map(VolumeView::id)
            .findFirst();
    if (before.isPresent()) {
      return before.get();
    }
    pace.await();
    restore.check();
    return ec2.create(
        restore.id(),
        one.creation(),
        restore.plan().zone(),
        restore.plan().request().initializeMiBps());
  }
}
