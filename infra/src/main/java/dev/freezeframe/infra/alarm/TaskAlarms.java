package dev.freezeframe.infra.alarm;

import dev.freezeframe.infra.function.TaskFunction;
import java.util.Collection;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.NestedStackProps;
import software.constructs.Construct;

/**
 * What is watched of each function: that Lambda does not refuse it. In a nested stack, as the
 * template of the stack itself has room for 500 resources.
 */
public final class TaskAlarms extends Alarms {

  private TaskAlarms(
      Construct scope, String id, AlarmTopic notices, Collection<TaskFunction> functions) {
    super(scope, id, notices);
    functions.forEach(
        task ->
            happened(
                new Name(task.name() + "-throttled", "TASK-throttled"),
                "Lambda refused invocations: the account's concurrency is used up",
                task.function().metricThrottles(Metrics.sums())));
  }

  /** Adds them. */
  public static void add(Construct scope, AlarmTopic notices, Collection<TaskFunction> functions) {
    NestedStack stack =
        new NestedStack(
            scope,
            "TaskAlarms",
            NestedStackProps.builder().description("Alarms of each function").build());
    new TaskAlarms(stack, "Alarms", notices, functions);
  }
}
