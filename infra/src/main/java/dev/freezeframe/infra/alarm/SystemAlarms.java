package dev.freezeframe.infra.alarm;

import dev.freezeframe.infra.function.DeadLetterQueue;
import dev.freezeframe.infra.function.TaskFunction;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/** What is watched of the system itself. */
public final class SystemAlarms extends Alarms {

  /** For how many minutes an alarm of a guest stays on, so that its end is no all-clear. */
  private static final int STAYS_ON = 15;

  /**
   * The alarms.
   *
   * @param machines by the name of what they do, such as {@code run-policy}
   * @param drills what chooses drills, and what takes away what they have left
   * @param starters what starts the instances of restores
   * @param queues by what is amiss if something lies in them
   */
  public SystemAlarms(
      Construct scope,
      String id,
      AlarmTopic notices,
      Map<String, StateMachine> machines,
      Map<String, DeadLetterQueue> queues,
      ThawNet thaw,
      DrillNet drills,
      List<TaskFunction> starters) {
    super(scope, id, notices);
    machines.forEach(
        (name, machine) ->
            happened(
                Name.of(name + "-failed"),
                "An execution failed, timed out or was aborted",
                Metrics.brokenExecutions(machine)));
    queues.forEach(
        (amiss, queue) ->
            happened(
                Name.of(amiss),
                "Something waits for a person: " + queue.holds(),
                queue
                    .queue()
                    .metricApproximateNumberOfMessagesVisible(
                        software.amazon.awscdk.services.cloudwatch.MetricOptions.builder()
                            .statistic("Maximum")
                            .period(Metrics.SOON)
                            .build())));
    watch(drills);
    watch(thaw);
    starters.forEach(
        task ->
            happenedLately(
                new Name(task.name() + "-failed", "TASK-failed"),
                "A restore, or its undo, could not start its instance or go on; it is tried again",
                task.function().metricErrors(Metrics.sums(Metrics.AT_ONCE)),
                STAYS_ON));
  }

  /** The failure of a drill is its policy's; these are of what all policies share. */
  private void watch(DrillNet drills) {
    happened(
        Name.of("drills-not-chosen"),
        "No drill was started, as nobody could choose any",
        drills.chooser().function().metricErrors(Metrics.sums()));
    happenedLately(
        Name.of("drill-leaked"),
        "Something of a drill outlives twice its time, or nobody could look whether it does",
        drills.sweeper().function().metricErrors(Metrics.sums()),
        STAYS_ON);
  }

  /** A guest may be frozen or stopped meanwhile, so each is evaluated by the minute. */
  private void watch(ThawNet thaw) {
    happenedLately(
        Name.of("thaw-abandoned-failed"),
        "An execution broke off, and nothing proves that its guest is thawed",
        Metrics.brokenThaws(thaw.machine()),
        STAYS_ON);
    happenedLately(
        Name.of("thaw-failed"),
        "A guest whose execution broke off could not be thawed at once; it is tried again",
        thaw.function().function().metricErrors(Metrics.sums(Metrics.AT_ONCE)),
        STAYS_ON);
    happenedLately(
        Name.of("thaw-late"),
        "The thaw of an execution that broke off is put off: Step Functions is throttled",
        Metrics.lateThaws(thaw.rule(), thaw.machine()),
        STAYS_ON);
    happenedLately(
        Name.of("start-stopped-failed"),
        "An instance that was stopped for its set could not be started at the last resort",
        thaw.starter().function().metricErrors(Metrics.sums(Metrics.AT_ONCE)),
        STAYS_ON);
  }
}
