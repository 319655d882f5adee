package dev.freezeframe.infra.schedule;

import dev.freezeframe.infra.function.TaskFunctions;
import dev.freezeframe.task.DeployedSchedule;
import dev.freezeframe.task.DeployedSchedule.Target.Task;

/**
 * Once a day, each function is woken, also while the system is paused: it is then that nothing else
 * invokes it, and Lambda puts what nobody invokes for 14 days to rest.
 */
public final class WarmUps {
  private WarmUps() {}

  public static void add(Schedules schedules, TaskFunctions tasks) {
    for (DeployedSchedule wake : DeployedSchedule.wakes()) {
      if (wake.target() instanceof Task task) {
        schedules.add(
            wake, true, "lambda:InvokeFunction", tasks.get(task.name()).alias().getFunctionArn());
      }
    }
  }
}
