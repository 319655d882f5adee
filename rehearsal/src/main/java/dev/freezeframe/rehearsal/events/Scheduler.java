package dev.freezeframe.rehearsal.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freezeframe.rehearsal.cloud.Account;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * EventBridge Scheduler.
 *
 * <p>It fires at the instants it is given; what a cron expression means is for whoever gives them.
 */
public final class Scheduler {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final VirtualTime time;
  private final Seed seed;
  private final SchedulerFault faults;

  public Scheduler(VirtualTime time, Seed seed, SchedulerFault faults) {
    this.time = time;
    this.seed = seed;
    this.faults = faults;
  }

  /**
   * Has a schedule fire.
   *
   * @param input for the target; {@code <aws.scheduler.scheduled-time>}, {@code
   *     <aws.scheduler.execution-id>}, {@code <aws.scheduler.attempt-number>} and {@code
   *     <aws.scheduler.schedule-arn>} in its texts are filled
   */
  public void schedule(String name, List<Instant> instants, JsonNode input, Target target) {
    String template = input.toString();
    for (Instant scheduledAt : instants) {
      int firing = 0;
      for (Duration late : faults.firings(name, scheduledAt)) {
        String id =
            seed.uuid("schedule %s %s %d".formatted(name, scheduledAt, firing++)).toString();
        time.at(
            scheduledAt.plus(late),
            () -> target.deliver(read(fill(template, name, scheduledAt, id))));
      }
    }
  }

  private static String fill(String template, String name, Instant scheduledAt, String id) {
    return template
        .replace("<aws.scheduler.scheduled-time>", scheduledAt.toString())
        .replace("<aws.scheduler.execution-id>", id)
        .replace("<aws.scheduler.attempt-number>", "1")
        .replace(
            "<aws.scheduler.schedule-arn>", Account.arn("scheduler", "schedule/default/" + name));
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("expected JSON, found " + json, impossible);
    }
  }
}
