package dev.freezeframe.infra.schedule;

import dev.freezeframe.infra.function.TaskFunction;
import dev.freezeframe.infra.settings.Settings;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.task.trigger.DeployedSchedule;
import java.util.List;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.amazon.awscdk.services.lambda.destinations.SqsDestination;

/** Once an hour, a look whether every policy has the recovery point that it should have. */
public final class RecoveryPointWatch {
  private RecoveryPointWatch() {}

  /** Adds the watch over the policies that are enabled. */
  public static void add(
      Schedules schedules, List<Policy> policies, TaskFunction task, Settings settings) {
    task.alias()
        .configureAsyncInvoke(
            EventInvokeConfigOptions.builder()
                .onFailure(new SqsDestination(schedules.failures().queue()))
                .build());
    schedules.add(
        DeployedSchedule.watch(policies, settings.grace()),
        !settings.paused(),
        "lambda:InvokeFunction",
        task.alias().getFunctionArn());
  }
}
