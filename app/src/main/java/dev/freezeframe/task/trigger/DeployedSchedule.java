package dev.freezeframe.task.trigger;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.policy.Drill;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.schedule.Schedule;
import dev.freezeframe.policy.schedule.TimeZones;
import dev.freezeframe.task.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A schedule of EventBridge Scheduler, wherever it is deployed: in AWS or in an embedded cloud.
 *
 * <p>The system's own schedules are cron expressions, since a rate fires as soon as it is created.
 *
 * @param name a policy's, or one with a full stop, which no policy's name has
 * @param target what it starts
 * @param input JSON, in which the Scheduler fills its placeholders
 */
public record DeployedSchedule(String name, Schedule when, Target target, String input) {
  /** The default time from a firing until its backup counts as missed. */
  public static final Duration GRACE = Duration.ofHours(6);

  /** How often the Scheduler tries again what its target refuses; the most that it takes. */
  public static final int RETRIES = 185;

  /** For how long it does. What could not be started by then is not worth starting. */
  public static final Duration TRIED_FOR = Duration.ofHours(2);

  private static final String OWN = "freezeframe.";

  /** Long before 06:00, when retention runs, and 3 minutes apart: no two need a place at once. */
  private static final String WAKE = "%d %d * * ? *";

  private static final int MINUTES_APART = 3;
  private static final int FIRST_WAKE_HOUR = 3;

  /** What a schedule or a rule starts. */
  public sealed interface Target {
    String name();

    /** By its name without {@code .asl.json}. */
    record Machine(String name) implements Target {}

    /** The function of a task, by the task's name. */
    record Task(String name) implements Target {}
  }

  /** A policy runs when it says. */
  public static DeployedSchedule ofPolicy(Policy policy) {
    return new DeployedSchedule(
        policy.name().value(),
        policy.schedule(),
        new Target.Machine("run-policy"),
        ScheduleInput.ofRun(policy));
  }

  /**
   * Once a day, what is due is deleted or planned.
   *
   * @param apply true: deleted, after a look at what has changed by hand
   */
  public static DeployedSchedule expiry(boolean apply) {
    return new DeployedSchedule(
        OWN + "expire-snapshots",
        cron("0 6 * * ? *"),
        new Target.Machine("expire-snapshots"),
        ScheduleInput.ofExpiry(apply));
  }

  /**
   * Once an hour, a look whether every policy that is enabled has the recovery point that it should
   * have.
   *
   * @param grace what a backup may take
   */
  public static DeployedSchedule watch(List<Policy> policies, Duration grace) {
    return new DeployedSchedule(
        OWN + "watch-recovery-points",
        cron("0 * * * ? *"),
        new Target.Task("WatchRecoveryPoints"),
        ScheduleInput.ofWatch(policies.stream().filter(Policy::enabled).toList(), grace));
  }

  /**
   * A look for instances that were stopped for their sets and should run again by now: every five
   * minutes where a policy stops any; else once a day, as such a policy may have been taken away
   * while one was stopped.
   */
  public static DeployedSchedule startStopped(List<Policy> policies) {
    boolean stops = policies.stream().anyMatch(policy -> policy.stop().isPresent());
    return new DeployedSchedule(
        OWN + "start-stopped",
        cron(stops ? "0/5 * * * ? *" : "50 5 * * ? *"),
        new Target.Task("StartStopped"),
        ScheduleInput.ofStart());
  }

  /** A look every five minutes for restores that broke off, and that nobody undoes. */
  public static DeployedSchedule sweepRestores() {
    return new DeployedSchedule(
        OWN + "sweep-restores",
        cron("2/5 * * * ? *"),
        new Target.Task("SweepRestores"),
        ScheduleInput.ofStart());
  }

  /** The sets of a policy are drilled when it says. */
  public static DeployedSchedule ofDrills(PolicyName policy, Drill drill) {
    return new DeployedSchedule(
        "drill." + policy,
        drill.schedule(),
        new Target.Machine("drill-set"),
        ScheduleInput.ofDrills(policy, drill));
  }

  /** A look every five minutes for drills that broke off, and for what is left of any. */
  public static DeployedSchedule sweepDrills() {
    return new DeployedSchedule(
        OWN + "sweep-drills",
        cron("4/5 * * * ? *"),
        new Target.Task("SweepDrills"),
        ScheduleInput.ofStart());
  }

  /**
   * Once a day, each function is woken: Lambda puts a version that starts from a snapshot to rest
   * when nobody has invoked it for 14 days, and then refuses to invoke it for minutes.
   */
  public static List<DeployedSchedule> wakes() {
    List<DeployedSchedule> wakes = new ArrayList<>();
    for (String task : Task.byName().keySet()) {
      int minute = MINUTES_APART * wakes.size();
      wakes.add(
          new DeployedSchedule(
              OWN + "wake." + task,
              cron(WAKE.formatted(minute % 60, FIRST_WAKE_HOUR + minute / 60)),
              new Target.Task(task),
              ScheduleInput.ofWake()));
    }
    return wakes;
  }

  private static Schedule cron(String fields) {
    return new Schedule("cron(%s)".formatted(fields), TimeZones.UTC, Duration.ZERO);
  }
}
