package dev.freezeframe.infra.schedule;

import dev.freezeframe.infra.function.DeadLetterQueue;
import dev.freezeframe.infra.iam.Permission;
import dev.freezeframe.infra.iam.TaskRole;
import dev.freezeframe.policy.schedule.Schedule;
import dev.freezeframe.task.trigger.DeployedSchedule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.amazon.awscdk.services.scheduler.CfnScheduleGroup;
import software.constructs.Construct;

/** A group of schedules: the role that they act as, and the queue of what they could not start. */
public final class Schedules extends Construct {
  private final CfnScheduleGroup group;
  private final Role role;
  private final DeadLetterQueue failures;
  private final Set<String> granted = new TreeSet<>();

  public Schedules(Construct scope, String id) {
    super(scope, id);
    this.failures = new DeadLetterQueue(this, "Failures", "What the Scheduler could not start");
    this.group =
        CfnScheduleGroup.Builder.create(this, "Group").name(Stack.of(this).getStackName()).build();
    this.role =
        TaskRole.role(
            this,
            "Role",
            new PrincipalWithConditions(
                new ServicePrincipal("scheduler.amazonaws.com"),
                Map.of(
                    "StringEquals",
                    new TreeMap<>(
                        Map.of(
                            "aws:SourceAccount",
                            Stack.of(this).getAccount(),
                            "aws:SourceArn",
                            group.getAttrArn())))),
            "The Scheduler acts as it");
    TaskRole.grant(role, List.of(Permission.on(failures.queue().getQueueArn(), "sqs:SendMessage")));
  }

  public DeadLetterQueue failures() {
    return failures;
  }

  /** Adds a schedule of the system itself. */
  public void add(DeployedSchedule deployed, boolean enabled, String action, String target) {
    add(this, deployed, enabled, action, target);
  }

  /**
   * Adds a schedule.
   *
   * @param scope in which it is: this one, or a nested stack
   * @param enabled false: it is there all the same, and fires nothing
   * @param action that starts the target, such as {@code states:StartExecution}
   * @param target its ARN
   */
  public void add(
      Construct scope, DeployedSchedule deployed, boolean enabled, String action, String target) {
    Schedule when = deployed.when();
    if (granted.add(action + target)) {
      TaskRole.grant(role, List.of(Permission.on(target, action)));
    }
    CfnSchedule schedule =
        CfnSchedule.Builder.create(scope, deployed.name())
            .name(deployed.name())
            .groupName(group.getName())
            .scheduleExpression(when.expression())
            .scheduleExpressionTimezone(when.timeZone().getId())
            .flexibleTimeWindow(window(when.flexibleWindow()))
            .state(enabled ? "ENABLED" : "DISABLED")
            .target(
                CfnSchedule.TargetProperty.builder()
                    .arn(target)
                    .roleArn(role.getRoleArn())
                    .input(deployed.input())
                    .retryPolicy(
                        CfnSchedule.RetryPolicyProperty.builder()
                            .maximumEventAgeInSeconds(DeployedSchedule.TRIED_FOR.toSeconds())
                            .maximumRetryAttempts(DeployedSchedule.RETRIES)
                            .build())
                    .deadLetterConfig(
                        CfnSchedule.DeadLetterConfigProperty.builder()
                            .arn(failures.queue().getQueueArn())
                            .build())
                    .build())
            .build();
    // IAM permissions has to be in force before it fires.
    schedule.getNode().addDependency(group, role);
  }

  private static CfnSchedule.FlexibleTimeWindowProperty window(Duration window) {
    CfnSchedule.FlexibleTimeWindowProperty.Builder property =
        CfnSchedule.FlexibleTimeWindowProperty.builder();
    return window.isZero()
        ? property.mode("OFF").build()
        : property.mode("FLEXIBLE").maximumWindowInMinutes(window.toMinutes()).build();
  }
}
