package dev.freezeframe.task.restore;

import dev.freezeframe.restore.ec2.Ec2Launches;
import dev.freezeframe.restore.ec2.Launches;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.restore.message.RestoreInput;
import dev.freezeframe.task.restore.message.RestoreStep;
import java.util.Optional;

/** Deregisters the image of a launch, which keeps the root's snapshot from ever being deleted. */
public final class DeregisterImageTask extends RestoreStepTask {
  private final Launches ec2;

  public DeregisterImageTask() {
    this(new AwsDependencies());
  }

  public DeregisterImageTask(TaskDependencies dependencies) {
    super(dependencies);
    this.ec2 = new Ec2Launches(dependencies.ec2());
  }

  @Override
  protected RestoreStep handle(RestoreInput order) {
    OpenRestore restore = open(order);
    Optional<Launches.ImageView> image = ec2.image(restore.id());
    image.map(Launches.ImageView::id).ifPresent(ec2::deregister);
    ledger.recordImage(restore.id(), Optional.empty());
    return done(
        image
            .map(known -> "%s is deregistered".formatted(known.id()))
            .orElse("no image is registered"));
  }
}
