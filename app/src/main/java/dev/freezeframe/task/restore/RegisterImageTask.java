package dev.freezeframe.task.restore;

import dev.freezeframe.restore.RestoreFailedException;
import dev.freezeframe.restore.ec2.Ec2Launches;
import dev.freezeframe.restore.ec2.Launches;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.restore.message.RestoreInput;
import dev.freezeframe.task.restore.message.RestoreStep;
import java.time.Duration;
import java.util.Optional;

/** Registers an image of the root of a set, for one launch. Its name is the restore's id. */
public final class RegisterImageTask extends RestoreStepTask {
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration MOST = Duration.ofMinutes(30);

  private final Launches ec2;

  public RegisterImageTask() {
    this(new AwsDependencies());
  }

  public RegisterImageTask(TaskDependencies dependencies) {
    super(dependencies);
    this.ec2 = new Ec2Launches(dependencies.ec2());
  }

  @Override
  protected RestoreStep handle(RestoreInput order) {
    OpenRestore restore = open(order);
    Optional<Launches.ImageView> image = ec2.image(restore.id());
    if (image.isEmpty()) {
      restore.check();
      ec2.register(restore.id(), restore.plan());
      return waiting(order, LOOK, MOST, "an image is registered");
    }
    ledger.recordImage(restore.id(), Optional.of(image.get().id()));
    return switch (image.get().state()) {
      case "available" -> done("%s is available".formatted(image.get().id()));
      case "failed", "error", "invalid" ->
          throw new RestoreFailedException(
              "%s is %s".formatted(image.get().id(), image.get().state()));
      default ->
          waiting(order, LOOK, MOST, "%s is %s".formatted(image.get().id(), image.get().state()));
    };
  }
}
