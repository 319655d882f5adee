package dev.freezeframe.infra;

import dev.freezeframe.lambda.ScheduleInput;
import dev.freezeframe.policy.Schedule;
import java.time.Duration;
import java.time.ZoneId;
import software.amazon.awscdk.services.stepfunctions.StateMachine;

/** Once a day, what is due is deleted or planned, as the setting has it. */
final class ExpirySchedule {
  /** No policy can be named so: a name has no full stop. */
  private static final String NAME = "freezeframe.expire-snapshots";

  /** Not a rate, which fires at once when its schedule is made: a deployment deletes nothing. */
  private static final Schedule DAILY =
      new Schedule("cron(0 6 * * ? *)", ZoneId.of("UTC"), Duration.ZERO);

  private ExpirySchedule() {}

  static void add(Schedules schedules, StateMachine expireSnapshots, Settings settings) {
    schedules.add(
        NAME,
        DAILY,
        settings.expiry() != Expiry.OFF && !settings.paused(),
        "states:StartExecution",
        expireSnapshots.getStateMachineArn(),
        ScheduleInput.ofExpiry(settings.expiry() == Expiry.APPLY));
  }
}
