package dev.freezeframe.infra.schedule;

import dev.freezeframe.infra.function.TaskFunction;
import dev.freezeframe.task.trigger.DeployedSchedule;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.amazon.awscdk.services.lambda.destinations.SqsDestination;

/** Again and again, a look for what broke off; it goes on while the system is paused. */
public final class SweepSchedule {
  private SweepSchedule() {}

  /**
   * Adds the schedule of a sweep.
   *
   * @param task that it invokes
   */
  public static void add(Schedules schedules, DeployedSchedule schedule, TaskFunction task) {
    task.alias()
        .configureAsyncInvoke(
            EventInvokeConfigOptions.builder()
                .onFailure(new SqsDestination(schedules.failures().queue()))
                .build());
    schedules.add(schedule, true, "lambda:InvokeFunction", task.alias().getFunctionArn());
  }
}
