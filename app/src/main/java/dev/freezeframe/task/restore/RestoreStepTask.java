package dev.freezeframe.task.restore;

import dev.freezeframe.common.VolumeId;
import dev.freezeframe.restore.RestoreFailedException;
import dev.freezeframe.restore.RestoreLedger;
import dev.freezeframe.restore.RestoredVolume;
import dev.freezeframe.restore.ec2.VolumeView;
import dev.freezeframe.restore.ec2.Volumes;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.restore.message.RestoreInput;
import dev.freezeframe.task.restore.message.RestoreStep;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A function of {@code restore-set} that looks, does a part, and is invoked again until done. */
abstract class RestoreStepTask extends JsonTask<RestoreInput, RestoreStep> {
  /** How many volumes one invocation changes; the next goes on. */
  static final int BATCH = 32;

  /** Half of what is left for others in the tightest bucket, of 5 calls a second. */
  static final double PER_SECOND = 2;

  final RestoreLedger ledger;
  private final Clock clock;

  RestoreStepTask(TaskDependencies dependencies) {
    super(RestoreInput.class);
    this.ledger = dependencies.ledger();
    this.clock = dependencies.clock();
  }

  /**
   * The restore with which an execution goes on.
   *
   * @throws RestoreFailedException if nobody may go on with it
   */
  OpenRestore open(RestoreInput order) {
    return OpenRestore.of(ledger, order, clock);
  }

  @Override
  protected String explain(RestoreStep step) {
    return step.words();
  }

  RestoreStep done(String words) {
    return RestoreStep.done(step(), clock.instant(), words);
  }

  RestoreStep waiting(RestoreInput order, Duration least, Duration most, String words) {
    return RestoreStep.waiting(step(), order, clock.instant(), least, most, words);
  }

  /** For how long the step goes on. */
  Duration age(RestoreInput order) {
    return Duration.between(RestoreStep.began(step(), order, clock.instant()), clock.instant());
  }

  private String step() {
    return getClass().getSimpleName().replaceFirst("Task$", "");
  }

  /**
   * The volumes of a restore as EC2 shows them.
   *
   * @throws RestoreFailedException if one is there no more
   */
  static Map<VolumeId, VolumeView> existing(Volumes ec2, List<RestoredVolume> volumes) {
    Map<VolumeId, VolumeView> found =
        ec2.find(volumes.stream().map(RestoreStepTask::created).toList());
    for (RestoredVolume one : volumes) {
      VolumeView view = found.get(created(one));
      if (view == null || view.ended() || view.state().equals("error")) {
        throw new RestoreFailedException(
            "%s of %s is %s"
                .formatted(
                    created(one), one.creation().snapshot(), view == null ? "gone" : view.state()));
      }
    }
    return found;
  }

  static VolumeId created(RestoredVolume volume) {
    return volume
        .volume()
        .orElseThrow(
            () ->
                new RestoreFailedException(
                    "no volume of %s is on record".formatted(volume.creation().snapshot())));
  }
}
