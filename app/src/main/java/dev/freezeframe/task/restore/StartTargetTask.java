package dev.freezeframe.task.restore;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.restore.RestoreFailedException;
import dev.freezeframe.restore.RestoreRow.Stage;
import dev.freezeframe.stop.Ec2InstancePower;
import dev.freezeframe.stop.InstancePower;
import dev.freezeframe.stop.InstancePower.PowerState;
import dev.freezeframe.stop.InstancePower.StateReason;
import dev.freezeframe.stop.StartFailedException;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.TaskResult;
import dev.freezeframe.task.restore.message.RestoreInput;
import dev.freezeframe.task.restore.message.RestoreStep;
import java.time.Duration;

/** Starts the instance again once its volumes are attached. */
public final class StartTargetTask extends RestoreStepTask {
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final Duration MOST = Duration.ofMinutes(30);

  /** EC2 shows by then that a start it took is under way. */
  private static final Duration SHOWN = Duration.ofSeconds(60);

  private final InstancePower power;

  public StartTargetTask() {
    this(new AwsDependencies());
  }

  public StartTargetTask(TaskDependencies dependencies) {
    super(dependencies);
    this.power = new Ec2InstancePower(dependencies.ec2());
  }

  /**
   * Looks, and starts an instance that is stopped.
   *
   * @throws StartFailedException if EC2 has no capacity; the state machine goes on for a day
   * @throws RestoreFailedException if EC2 refuses it, or stops the instance again
   */
  @Override
  protected RestoreStep handle(RestoreInput order) {
    OpenRestore restore = open(order);
    InstanceId target = restore.plan().target().orElseThrow();
    PowerState state =
        power
            .look(target)
            .orElseThrow(() -> new RestoreFailedException("%s is gone".formatted(target)));
    if (state.gone()) {
      throw new RestoreFailedException("%s is %s".formatted(target, state.name()));
    }
    if (state.name().equals("running")) {
      restore.reached(Stage.RUNNING);
      return done("%s runs".formatted(target));
    }
    if (state.name().equals("stopped")) {
      start(order, restore, target, state);
    }
    return waiting(order, LOOK, MOST, "%s is %s".formatted(target, state.name()));
  }

  /** EC2 takes a start, and stops the instance again where it may not use the key of a volume. */
  private void start(RestoreInput order, OpenRestore restore, InstanceId target, PowerState state) {
    boolean ordered =
        order
            .work()
            .step()
            .filter(before -> before.redrives() == order.redrives())
            .map(TaskResult::answer)
            .filter(before -> before.task().equals("StartTarget"))
            .isPresent();
    boolean again = ordered && age(order).compareTo(SHOWN) > 0;
    StartFailedException failed = failed(target, state);
    if (again && !failed.lacksCapacity()) {
      throw new RestoreFailedException(failed.getMessage(), failed);
    }
    restore.check();
    try {
      power.start(target);
    } catch (StartFailedException refused) {
      if (refused.lacksCapacity()) {
        throw refused;
      }
      throw new RestoreFailedException(refused.getMessage(), refused);
    }
    if (again) {
      throw failed;
    }
  }

  /** A start that EC2 took, and that came to nothing. */
  private static StartFailedException failed(InstanceId target, PowerState stopped) {
    return new StartFailedException(
        "%s was started, and is stopped again: %s"
            .formatted(
                target, stopped.reason().map(StateReason::words).orElse("EC2 gives no reason")),
        stopped.reason().map(StateReason::code).orElse(""),
        null);
  }
}
