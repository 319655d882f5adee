package dev.freezeframe.infra.schedule;

import dev.freezeframe.infra.function.TaskFunctions;
import dev.freezeframe.task.trigger.DeployedSchedule;
import dev.freezeframe.task.trigger.DeployedSchedule.Target.Task;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.NestedStackProps;
import software.constructs.Construct;

/**
 * Once a day, each function is woken, also while the system is paused: it is then that nothing else
 * invokes it, and Lambda puts what nobody invokes for 14 days to rest. In a nested stack, as the
 * template of the stack itself has room for 500 resources.
 */
public final class WarmUps {
  private WarmUps() {}

  public static void add(Construct scope, Schedules schedules, TaskFunctions tasks) {
    NestedStack stack =
        new NestedStack(
            scope,
            "WarmUps",
            NestedStackProps.builder().description("Schedules that wake functions").build());
    for (DeployedSchedule wake : DeployedSchedule.wakes()) {
      if (wake.target() instanceof Task task) {
        schedules.add(
            stack,
            wake,
            true,
            "lambda:InvokeFunction",
            tasks.get(task.name()).alias().getFunctionArn());
      }
    }
  }
}
