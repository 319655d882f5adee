package dev.freezeframe.task.restore;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.restore.RestoreFailedException;
import dev.freezeframe.restore.RestoreRow.Stage;
import dev.freezeframe.stop.Ec2InstancePower;
import dev.freezeframe.stop.InstancePower;
import dev.freezeframe.stop.StopRefusedException;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.restore.message.RestoreInput;
import dev.freezeframe.task.restore.message.RestoreStep;
import java.time.Duration;

/** Stops the instance whose volumes are replaced; never by force. */
public final class StopTargetTask extends RestoreStepTask {
  private static final Duration LOOK = Duration.ofSeconds(15);
  private static final Duration MOST = Duration.ofMinutes(30);

  private final InstancePower power;

  public StopTargetTask() {
    this(new AwsDependencies());
  }

  public StopTargetTask(TaskDependencies dependencies) {
    super(dependencies);
    this.power = new Ec2InstancePower(dependencies.ec2());
  }

  @Override
  protected RestoreStep handle(RestoreInput order) {
    OpenRestore restore = open(order);
    InstanceId target = restore.plan().target().orElseThrow();
    String state = power.look(target).map(InstancePower.PowerState::name).orElse("gone");
    switch (state) {
      case "stopped" -> {
        restore.reached(Stage.STOPPED);
        return done("%s is stopped".formatted(target));
      }
      case "terminated", "shutting-down", "gone" ->
          throw new RestoreFailedException("%s is %s".formatted(target, state));
      case "running" -> stop(restore, target);
      default -> {}
    }
    return waiting(order, LOOK, MOST, "%s is %s".formatted(target, state));
  }

  /** On record before it is ordered, so that a start follows whatever becomes of this function. */
  private void stop(OpenRestore restore, InstanceId target) {
    if (!restore.plan().running()) {
      throw new RestoreFailedException(
          "%s runs, and was stopped when the plan was made".formatted(target));
    }
    restore.check();
    restore.reached(Stage.STOPPING);
    try {
      power.stop(target, false);
    } catch (StopRefusedException refused) {
      throw new RestoreFailedException(refused.getMessage(), refused);
    }
  }
}
