package dev.freezeframe.infra;

import dev.freezeframe.policy.Policy;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.scheduler.CfnScheduleGroup;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/** A schedule for each policy, in a group of their own. */
final class PolicySchedules extends Construct {
  private final FailureQueue failures;

  /**
   * The schedules.
   *
   * @param paused whether all of them are disabled, whatever their policies say
   */
  PolicySchedules(
      Construct scope, String id, List<Policy> policies, StateMachine runPolicy, boolean paused) {
    super(scope, id);
    this.failures = new FailureQueue(this, "Failures", "Runs that the Scheduler could not start");
    String groupName = Stack.of(this).getStackName();
    CfnScheduleGroup group = CfnScheduleGroup.Builder.create(this, "Group").name(groupName).build();
    Role role =
        Authority.role(
            this,
            "Role",
            new PrincipalWithConditions(
                new ServicePrincipal("scheduler.amazonaws.com"),
                Map.of(
                    "StringEquals",
                    Map.of(
                        "aws:SourceAccount",
                        Stack.of(this).getAccount(),
                        "aws:SourceArn",
                        group.getAttrArn()))),
            "The Scheduler acts as it");
    Authority.grant(
        role,
        List.of(
            Permission.on(runPolicy.getStateMachineArn(), "states:StartExecution"),
            Permission.on(failures.queue().getQueueArn(), "sqs:SendMessage")));
    StartSchedule start = new StartSchedule(group, role, failures);
    for (Policy policy : policies) {
      start.of(
          this,
          policy.name().value(),
          policy.schedule(),
          policy.enabled() && !paused,
          runPolicy.getStateMachineArn(),
          ScheduleInput.of(policy));
    }
  }

  FailureQueue failures() {
    return failures;
  }
}
