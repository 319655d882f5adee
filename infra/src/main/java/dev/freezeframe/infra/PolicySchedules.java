package dev.freezeframe.infra;

import dev.freezeframe.lambda.DeployedSchedule;
import dev.freezeframe.policy.Policy;
import java.util.List;
import software.amazon.awscdk.services.stepfunctions.StateMachine;

/** A schedule for each policy. */
final class PolicySchedules {
  private PolicySchedules() {}

  /**
   * Adds them.
   *
   * @param paused whether all of them are disabled, whatever their policies say
   */
  static void add(
      Schedules schedules, List<Policy> policies, StateMachine runPolicy, boolean paused) {
    for (Policy policy : policies) {
      schedules.add(
          DeployedSchedule.ofPolicy(policy),
          policy.enabled() && !paused,
          "states:StartExecution",
          runPolicy.getStateMachineArn());
    }
  }
}
