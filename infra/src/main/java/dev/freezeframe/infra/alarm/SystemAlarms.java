package dev.freezeframe.infra.alarm;

import dev.freezeframe.infra.function.DeadLetterQueue;
import dev.freezeframe.infra.function.TaskFunction;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/** What is watched of the system itself. */
public final class SystemAlarms extends Alarms {

  /**
   * The alarms.
   *
   * @param machines by the name of what they do, such as {@code run-policy}
   * @param queues by what is amiss if something lies in them
   * @param thaw the function that thaws what an execution left frozen
   */
  public SystemAlarms(
      Construct scope,
      String id,
      AlarmTopic notices,
      Map<String, StateMachine> machines,
      Map<String, DeadLetterQueue> queues,
      TaskFunction thaw,
      List<TaskFunction> functions) {
    super(scope, id, notices);
    machines.forEach(
        (name, machine) ->
            happened(
                name + "-failed",
                "An execution failed, timed out or was aborted",
                Metrics.brokenExecutions(machine)));
    queues.forEach(
        (amiss, queue) ->
            happened(
                amiss,
                "Something waits for a person: " + queue.holds(),
                queue
                    .queue()
                    .metricApproximateNumberOfMessagesVisible(
                        software.amazon.awscdk.services.cloudwatch.MetricOptions.builder()
                            .statistic("Maximum")
                            .period(Metrics.SOON)
                            .build())));
    // Its queue is idle until then, and CloudWatch is notified of an idle queue up to 15 minutes
    // late.
    happenedLately(
        "thaw-failed",
        "A guest whose execution broke off could not be thawed at once; it is tried again",
        thaw.function().metricErrors(Metrics.sums(Metrics.AT_ONCE)),
        15);
    functions.forEach(
        task ->
            happened(
                task.name() + "-throttled",
                "Lambda refused invocations: the account's concurrency is used up",
                task.function().metricThrottles(Metrics.sums())));
  }
}
