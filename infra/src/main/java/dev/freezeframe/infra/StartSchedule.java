package dev.freezeframe.infra;

import dev.freezeframe.policy.Schedule;
import java.time.Duration;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.amazon.awscdk.services.scheduler.CfnScheduleGroup;
import software.constructs.Construct;

/** Schedules that start executions: what all of them have in common. */
final class StartSchedule {
  /** A run that could not be started by then is not worth starting: the next one is near. */
  private static final Duration TRIED_FOR = Duration.ofHours(2);

  /** The most that the Scheduler takes. */
  private static final int RETRIES = 185;

  private final CfnScheduleGroup group;
  private final Role role;
  private final FailureQueue failures;

  StartSchedule(CfnScheduleGroup group, Role role, FailureQueue failures) {
    this.group = group;
    this.role = role;
    this.failures = failures;
  }

  /** A schedule; one that is not enabled is there all the same, and fires nothing. */
  CfnSchedule of(
      Construct scope, String name, Schedule when, boolean enabled, String arn, String input) {
    CfnSchedule schedule =
        CfnSchedule.Builder.create(scope, name)
            .name(name)
            .groupName(group.getName())
            .scheduleExpression(when.expression())
            .scheduleExpressionTimezone(when.timeZone().getId())
            .flexibleTimeWindow(window(when.flexibleWindow()))
            .state(enabled ? "ENABLED" : "DISABLED")
            .target(
                CfnSchedule.TargetProperty.builder()
                    .arn(arn)
                    .roleArn(role.getRoleArn())
                    .input(input)
                    .retryPolicy(
                        CfnSchedule.RetryPolicyProperty.builder()
                            .maximumEventAgeInSeconds(TRIED_FOR.toSeconds())
                            .maximumRetryAttempts(RETRIES)
                            .build())
                    .deadLetterConfig(
                        CfnSchedule.DeadLetterConfigProperty.builder()
                            .arn(failures.queue().getQueueArn())
                            .build())
                    .build())
            .build();
    // What it may do has to be in force before it fires.
    schedule.getNode().addDependency(group, role);
    return schedule;
  }

  private static CfnSchedule.FlexibleTimeWindowProperty window(Duration window) {
    CfnSchedule.FlexibleTimeWindowProperty.Builder property =
        CfnSchedule.FlexibleTimeWindowProperty.builder();
    return window.isZero()
        ? property.mode("OFF").build()
        : property.mode("FLEXIBLE").maximumWindowInMinutes(window.toMinutes()).build();
  }
}
