package dev.freezeframe.infra;

import dev.freezeframe.lambda.ScheduleInput;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.Schedule;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.amazon.awscdk.services.lambda.destinations.SqsDestination;

/** Once an hour, a look whether every policy has the recovery point that it should have. */
final class RecoveryPointWatch {
  /** No policy can be named so: a name has no full stop. */
  private static final String NAME = "freezeframe.watch-recovery-points";

  private static final Schedule HOURLY =
      new Schedule("cron(0 * * * ? *)", ZoneId.of("UTC"), Duration.ZERO);

  private RecoveryPointWatch() {}

  /** Adds the watch over the policies that are enabled. */
  static void add(
      Schedules schedules, List<Policy> policies, TaskFunction task, Settings settings) {
    task.alias()
        .configureAsyncInvoke(
            EventInvokeConfigOptions.builder()
                .onFailure(new SqsDestination(schedules.failures().queue()))
                .build());
    schedules.add(
        NAME,
        HOURLY,
        !settings.paused(),
        "lambda:InvokeFunction",
        task.alias().getFunctionArn(),
        ScheduleInput.ofWatch(
            policies.stream().filter(Policy::enabled).toList(), settings.grace()));
  }
}
