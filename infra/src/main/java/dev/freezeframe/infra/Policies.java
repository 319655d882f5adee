package dev.freezeframe.infra;

import dev.freezeframe.infra.alarm.AlarmTopic;
import dev.freezeframe.infra.alarm.PolicyAlarms;
import dev.freezeframe.infra.schedule.Schedules;
import dev.freezeframe.infra.workflow.Workflows;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.task.trigger.DeployedSchedule;
import java.util.List;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.NestedStackProps;
import software.constructs.Construct;

/**
 * The constructs of each policy: its schedule and its alarms, in a nested stack of its own.
 *
 * <p>CloudFormation takes 500 resources and 1 MB in a template, of which a hundred policies would
 * need more. A nested stack has limits of its own; and as each policy has one, no policy ever moves
 * from one to another, which CloudFormation could not do with what has a name.
 */
final class Policies {
  private Policies() {}

  /**
   * Adds them.
   *
   * @param paused whether all schedules are disabled, whatever the policies say
   */
  static void add(
      Construct scope,
      List<Policy> policies,
      Schedules schedules,
      Workflows workflows,
      AlarmTopic notices,
      boolean paused) {
    Construct all = new Construct(scope, "Policies");
    for (Policy policy : policies) {
      NestedStack stack =
          new NestedStack(
              all,
              policy.name().value(),
              NestedStackProps.builder()
                  .description(
                      "Schedule and alarms of the policy "
                          + policy.name()
                          + policy.description().map(text -> ": " + text).orElse(""))
                  .build());
      schedules.add(
          stack,
          DeployedSchedule.ofPolicy(policy),
          policy.enabled() && !paused,
          "states:StartExecution",
          workflows.runPolicy().getStateMachineArn());
      policy
          .drill()
          .ifPresent(
              drill ->
                  schedules.add(
                      stack,
                      DeployedSchedule.ofDrills(policy.name(), drill),
                      policy.enabled() && !paused,
                      "states:StartExecution",
                      workflows.drillSet().getStateMachineArn()));
      new PolicyAlarms(stack, "Alarms", notices, policy, paused);
    }
  }
}
