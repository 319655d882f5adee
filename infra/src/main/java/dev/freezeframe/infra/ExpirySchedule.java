package dev.freezeframe.infra;

import dev.freezeframe.lambda.DeployedSchedule;
import software.amazon.awscdk.services.stepfunctions.StateMachine;

/** Once a day, what is due is deleted or planned, as the setting has it. */
final class ExpirySchedule {
  private ExpirySchedule() {}

  static void add(Schedules schedules, StateMachine expireSnapshots, Settings settings) {
    schedules.add(
        DeployedSchedule.expiry(settings.expiry() == Expiry.APPLY),
        settings.expiry() != Expiry.OFF && !settings.paused(),
        "states:StartExecution",
        expireSnapshots.getStateMachineArn());
  }
}
