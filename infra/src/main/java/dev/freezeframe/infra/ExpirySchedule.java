package dev.freezeframe.infra;

import dev.freezeframe.policy.Schedule;
import java.time.Duration;
import java.time.ZoneOffset;
import software.amazon.awscdk.services.stepfunctions.StateMachine;

/** Once a day, what is due is deleted, and the ledger compared with EC2 before. */
final class ExpirySchedule {
  /** No policy can be named so: a name has no full stop. */
  private static final String NAME = "freezeframe.expire-snapshots";

  private static final Schedule DAILY = new Schedule("rate(1 day)", ZoneOffset.UTC, Duration.ZERO);

  private ExpirySchedule() {}

  static void add(Schedules schedules, StateMachine expireSnapshots, boolean paused) {
    schedules.add(
        NAME,
        DAILY,
        !paused,
        "states:StartExecution",
        expireSnapshots.getStateMachineArn(),
        ScheduleInput.ofExpiry());
  }
}
