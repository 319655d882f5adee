package dev.freezeframe.policy.schedule;

/** Says when a schedule fires. */
public final class ScheduleDescription {

  private ScheduleDescription() {}

  /** Such as {@code Daily at 02:00 UTC}, or {@code Every 6 hours}. */
  public static String of(Schedule schedule) {
    if (!schedule.isCron()) {
      return "Every " + schedule.fields().replaceFirst("^1 ", "");
    }
    String expression = schedule.fields();
    return CronExpression.findFault(expression).isPresent()
        ? "At %s %s".formatted(schedule.expression(), schedule.timeZone())
        : CronDescription.of(
            expression, CronField.split(expression).orElseThrow(), schedule.timeZone());
  }
}
