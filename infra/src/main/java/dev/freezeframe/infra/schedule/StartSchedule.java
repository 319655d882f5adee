package dev.freezeframe.infra.schedule;

import dev.freezeframe.infra.function.TaskFunction;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.task.trigger.DeployedSchedule;
import java.util.List;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.amazon.awscdk.services.lambda.destinations.SqsDestination;

/**
 * Again and again, a look for instances that were stopped and should run again by now. It goes on
 * while the system is paused, and without a policy that stops: one may have been taken away.
 */
public final class StartSchedule {
  private StartSchedule() {}

  public static void add(Schedules schedules, List<Policy> policies, TaskFunction task) {
    task.alias()
        .configureAsyncInvoke(
            EventInvokeConfigOptions.builder()
                .onFailure(new SqsDestination(schedules.failures().queue()))
                .build());
    schedules.add(
        DeployedSchedule.startStopped(policies),
        true,
        "lambda:InvokeFunction",
        task.alias().getFunctionArn());
  }
}
