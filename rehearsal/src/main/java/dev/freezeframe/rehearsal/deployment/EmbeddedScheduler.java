package dev.freezeframe.rehearsal.deployment;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.GetScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;

/** What EventBridge Scheduler says of schedules; what fires is {@code events.Scheduler}. */
public final class EmbeddedScheduler implements SchedulerClient {
  private final Map<String, GetScheduleResponse> schedules = new TreeMap<>();

  /**
   * A schedule of a group.
   *
   * @param target its ARN
   * @param input what the target is told
   */
  public void put(
      String group,
      String name,
      String state,
      String expression,
      String zone,
      String target,
      String input) {
    schedules.put(
        group + "/" + name,
        GetScheduleResponse.builder()
            .groupName(group)
            .name(name)
            .state(state)
            .scheduleExpression(expression)
            .scheduleExpressionTimezone(zone)
            .target(of -> of.arn(target).input(input))
            .build());
  }

  /** Somebody disables or enables a schedule. */
  public void state(String group, String name, ScheduleState state) {
    schedules.computeIfPresent(
        group + "/" + name, (any, found) -> found.toBuilder().state(state).build());
  }

  /** Somebody changes by what a schedule fires. */
  public void expression(String group, String name, String expression) {
    schedules.computeIfPresent(
        group + "/" + name,
        (any, found) -> found.toBuilder().scheduleExpression(expression).build());
  }

  /** Somebody changes what a schedule starts, or what that is told. */
  public void target(String group, String name, String target, String input) {
    schedules.computeIfPresent(
        group + "/" + name,
        (any, found) -> found.toBuilder().target(of -> of.arn(target).input(input)).build());
  }

  /** Somebody deletes a schedule. */
  public void delete(String group, String name) {
    schedules.remove(group + "/" + name);
  }

  @Override
  public GetScheduleResponse getSchedule(GetScheduleRequest request) {
    Refusal.ofMoreThan(request, "GroupName", "Name");
    String group = Objects.requireNonNullElse(request.groupName(), "default");
    GetScheduleResponse found = schedules.get(group + "/" + request.name());
    if (found == null) {
      throw Refusal.of(
          ResourceNotFoundException.builder(),
          404,
          "ResourceNotFoundException",
          "Schedule %s does not exist.".formatted(request.name()));
    }
    return found;
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
