package dev.freezeframe.infra.schedule;

import dev.freezeframe.infra.Expiry;
import dev.freezeframe.infra.settings.Settings;
import dev.freezeframe.task.trigger.DeployedSchedule;
import software.amazon.awscdk.services.stepfunctions.StateMachine;

/** Once a day, what is due is deleted or planned, as the setting has it. */
public final class ExpirySchedule {
  private ExpirySchedule() {}

  public static void add(Schedules schedules, StateMachine expireSnapshots, Settings settings) {
    schedules.add(
        DeployedSchedule.expiry(settings.expiry() == Expiry.APPLY),
        settings.expiry() != Expiry.OFF && !settings.paused(),
        "states:StartExecution",
        expireSnapshots.getStateMachineArn());
  }
}
