package dev.freezeframe.operator.doctor.aws.stack;

import dev.freezeframe.operator.doctor.aws.Question;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.stack.SchedulesCheck.Schedule;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;

/** Asks EventBridge Scheduler about schedules. */
public final class SchedulerSchedules {
  private final SchedulerClient scheduler;

  public SchedulerSchedules(SchedulerClient scheduler) {
    this.scheduler = scheduler;
  }

  /**
   * A schedule; empty if none.
   *
   * @param group its group; empty: the default one
   */
  public Asked<Optional<Schedule>> find(Optional<String> group, String name) {
    return Question.ask(
        "scheduler:GetSchedule",
        () -> {
          try {
            GetScheduleResponse found =
                scheduler.getSchedule(request -> request.groupName(group.orElse(null)).name(name));
            return Optional.of(
                new Schedule(
                    found.stateAsString(),
                    found.scheduleExpression(),
                    Objects.requireNonNullElse(found.scheduleExpressionTimezone(), "UTC"),
                    found.target().arn(),
                    Objects.requireNonNullElse(found.target().input(), "")));
          } catch (ResourceNotFoundException none) {
            return Optional.empty();
          }
        });
  }
}
