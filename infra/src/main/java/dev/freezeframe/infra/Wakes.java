package dev.freezeframe.infra;

import dev.freezeframe.lambda.DeployedSchedule;
import dev.freezeframe.lambda.DeployedSchedule.Target.Task;

/**
 * Once a day, each function is woken, also while the system is paused: it is then that nothing else
 * invokes it, and Lambda puts what nobody invokes for 14 days to rest.
 */
final class Wakes {
  private Wakes() {}

  static void add(Schedules schedules, TaskFunctions tasks) {
    for (DeployedSchedule wake : DeployedSchedule.wakes()) {
      if (wake.target() instanceof Task task) {
        schedules.add(
            wake, true, "lambda:InvokeFunction", tasks.get(task.name()).alias().getFunctionArn());
      }
    }
  }
}
