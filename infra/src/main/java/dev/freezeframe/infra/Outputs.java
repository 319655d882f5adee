package dev.freezeframe.infra;

import dev.freezeframe.infra.function.DeadLetterQueue;
import dev.freezeframe.infra.function.TaskFunctions;
import dev.freezeframe.infra.workflow.Workflow;
import dev.freezeframe.infra.workflow.Workflows;
import java.util.Map;
import software.amazon.awscdk.CfnOutput;
import software.constructs.Construct;

/**
 * What {@code aws cloudformation describe-stacks} says of the stack: the names by which scripts and
 * people find its parts.
 */
final class Outputs {
  private final Construct stack;

  Outputs(Construct stack) {
    this.stack = stack;
  }

  /**
   * Adds an output.
   *
   * @param name letters and digits, as CloudFormation has it
   */
  void add(String name, String value, String description) {
    CfnOutput.Builder.create(stack, name).value(value).description(description).build();
  }

  /** The state machines and their logs; a function may have the name of a state machine. */
  void add(Workflows workflows) {
    for (Map.Entry<String, Workflow> workflow : workflows.all().entrySet()) {
      String name = pascal(workflow.getKey());
      String what = "State machine " + workflow.getKey();
      add(name + "Arn", workflow.getValue().machine().getStateMachineArn(), what);
      add(
          name + "ExecutionsLogGroup",
          workflow.getValue().log().getLogGroupName(),
          what + ": its log");
    }
  }

  void add(TaskFunctions tasks) {
    tasks
        .all()
        .forEach(
            task ->
                add(
                    task.name() + "LogGroup",
                    task.log().getLogGroupName(),
                    "Function %s: its log".formatted(task.name())));
  }

  /** By what is amiss if something lies in them. */
  void add(Map<String, DeadLetterQueue> queues) {
    queues.forEach(
        (amiss, queue) ->
            add(
                pascal(amiss) + "QueueUrl",
                queue.queue().getQueueUrl(),
                "Waits for a person: " + queue.holds()));
  }

  /** {@code run-policy} is {@code RunPolicy}. */
  private static String pascal(String name) {
    StringBuilder words = new StringBuilder();
    for (String word : name.split("-", -1)) {
      words.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    return words.toString();
  }
}
