package dev.freezeframe.rehearsal.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freezeframe.policy.schedule.FiringTimes;
import dev.freezeframe.policy.schedule.Schedule;
import dev.freezeframe.rehearsal.cloud.Account;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.time.VirtualTime;
import dev.freezeframe.task.trigger.DeployedSchedule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * EventBridge Scheduler.
 *
 * <p>It refuses what the service refuses: a name, an expression or a time zone that it does not
 * know, an input that is no JSON.
 */
public final class Scheduler {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As the model of its API has it. */
  private static final String NAME = "[0-9a-zA-Z-_.]{1,64}";

  private static final Pattern PLACEHOLDER = Pattern.compile("<aws\\.scheduler\\.[^>]*>");

  private final VirtualTime time;
  private final Seed seed;
  private final SchedulerFault faults;
  private final List<String> notStarted = new ArrayList<>();

  public Scheduler(VirtualTime time, Seed seed, SchedulerFault faults) {
    this.time = time;
    this.seed = seed;
    this.faults = faults;
  }

  /**
   * Creates a schedule that fires from now until an instant.
   *
   * @param expression such as {@code cron(0 2 * * ? *)}
   * @param timeZone its name in the IANA database
   * @param input JSON for the target, see {@link #schedule(String, List, JsonNode, Target)}
   * @throws IllegalArgumentException what the service refuses
   */
  public void create(
      String name, String expression, String timeZone, Instant until, String input, Target target) {
    Schedule when;
    try {
      when = new Schedule(expression, ZoneId.of(timeZone), Duration.ZERO);
    } catch (DateTimeException unknown) {
      throw refusal(name, "time zone '%s': expected a name of the IANA database", timeZone);
    }
    Instant now = time.instant();
    schedule(name, FiringTimes.between(when, now.minusMillis(1), until, now), read(input), target);
  }

  /**
   * Has a schedule fire at given instants.
   *
   * @param input for the target; {@code <aws.scheduler.scheduled-time>}, {@code
   *     <aws.scheduler.execution-id>}, {@code <aws.scheduler.attempt-number>} and {@code
   *     <aws.scheduler.schedule-arn>} in its texts are filled
   */
  public void schedule(String name, List<Instant> instants, JsonNode input, Target target) {
    if (!name.matches(NAME)) {
      throw refusal(name, "name '%s': expected 1 to 64 letters, digits, '-', '_' or '.'", name);
    }
    String template = input.toString();
    Matcher placeholders = PLACEHOLDER.matcher(fill(template, name, Instant.EPOCH, ""));
    if (placeholders.find()) {
      throw refusal(name, "placeholder %s: expected one that is documented", placeholders.group());
    }
    for (Instant scheduledAt : instants) {
      int firing = 0;
      for (Duration late : faults.firings(name, scheduledAt)) {
        String id =
            seed.uuid("schedule %s %s %d".formatted(name, scheduledAt, firing++)).toString();
        time.at(
            scheduledAt.plus(late),
            () ->
                new Delivery(
                        time,
                        target,
                        read(fill(template, name, scheduledAt, id)),
                        DeployedSchedule.RETRIES,
                        DeployedSchedule.TRIED_FOR,
                        () -> {},
                        () -> notStarted.add(name))
                    .begin());
      }
    }
  }

  /** The names of the schedules whose target refused a firing for as long as it was tried. */
  public List<String> notStarted() {
    return Collections.unmodifiableList(notStarted);
  }

  private static String fill(String template, String name, Instant scheduledAt, String id) {
    return template
        .replace("<aws.scheduler.scheduled-time>", scheduledAt.toString())
        .replace("<aws.scheduler.execution-id>", id)
        .replace("<aws.scheduler.attempt-number>", "1")
        .replace(
            "<aws.scheduler.schedule-arn>", Account.arn("scheduler", "schedule/default/" + name));
  }

  private static IllegalArgumentException refusal(String name, String sentence, Object found) {
    return new IllegalArgumentException(
        "schedule %s, %s (ValidationException)".formatted(name, sentence.formatted(found)));
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException("input of a schedule: expected JSON: " + json, broken);
    }
  }
}
