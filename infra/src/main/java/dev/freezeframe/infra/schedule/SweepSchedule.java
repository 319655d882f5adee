package dev.freezeframe.infra.schedule;

import dev.freezeframe.infra.function.TaskFunction;
import dev.freezeframe.task.trigger.DeployedSchedule;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.amazon.awscdk.services.lambda.destinations.SqsDestination;

/** Again and again, a look for restores that broke off; it goes on while the system is paused. */
public final class SweepSchedule {
  private SweepSchedule() {}

  public static void add(Schedules schedules, TaskFunction task) {
    task.alias()
        .configureAsyncInvoke(
            EventInvokeConfigOptions.builder()
                .onFailure(new SqsDestination(schedules.failures().queue()))
                .build());
    schedules.add(
        DeployedSchedule.sweepRestores(),
        true,
        "lambda:InvokeFunction",
        task.alias().getFunctionArn());
  }
}
