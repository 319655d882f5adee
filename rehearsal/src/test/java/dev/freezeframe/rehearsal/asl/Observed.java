package dev.freezeframe.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.rehearsal.asl.data.StatesError;
import dev.freezeframe.rehearsal.asl.environment.ExecutionObserver;
import dev.freezeframe.rehearsal.asl.environment.TaskAnswer;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes down what an execution does, a line for each step with its instant, and answers its tasks
 * by what they ask and how often they asked it.
 */
class Observed implements ExecutionObserver {
  private final VirtualTime time;
  private final Answers answers;
  private final Map<String, Integer> asked = new HashMap<>();
  private final List<String> lines = new ArrayList<>();

  Observed(VirtualTime time, Answers answers) {
    this.time = time;
    this.answers = answers;
  }

  /** What tasks are answered. */
  interface Answers {
    /**
     * The answer to a question that was asked so often before.
     *
     * @param question the parameters of the task
     */
    TaskReply to(String question, int times);
  }

  /**
   * An answer.
   *
   * @param error the name of an error; empty: it succeeds with the result
   */
  record TaskReply(Duration after, Optional<String> error, JsonNode result) {}

  List<String> lines() {
    return lines;
  }

  @Override
  public boolean entered(
      String state, String type, Optional<JsonNode> input, int depth, boolean counted) {
    line("%d enters %s %s %s %s".formatted(depth, type, state, input, counted));
    return lines.size() < 500;
  }

  @Override
  public void itemStarted() {
    line("item");
  }

  @Override
  public boolean left(
      String state, String next, Optional<JsonNode> output, int depth, boolean counted) {
    line("%d leaves %s for %s with %s %s".formatted(depth, state, next, output, counted));
    return true;
  }

  @Override
  public Runnable perform(
      String resource, JsonNode parameters, boolean counted, TaskAnswer answer) {
    String question = parameters.toString();
    line("asks %s %s %s".formatted(resource, question, counted));
    TaskReply reply = answers.to(question, asked.merge(question, 1, Integer::sum));
    boolean[] abandoned = {false};
    time.after(
        reply.after(),
        () -> {
          if (abandoned[0]) {
            return;
          }
          if (reply.error().isPresent()) {
            answer.fail(reply.error().get(), "because");
          } else {
            answer.succeed(reply.result());
          }
        });
    return () -> {
      if (!abandoned[0]) {
        abandoned[0] = true;
        line("abandons %s".formatted(question));
      }
    };
  }

  void succeeded(JsonNode output) {
    line("succeeds with %s".formatted(output));
  }

  /** Causes are worded by each engine; those of tasks are compared where they are caught. */
  void failed(StatesError error) {
    line("fails with %s".formatted(error.name()));
  }

  private void line(String step) {
    lines.add(time.instant() + " " + step);
  }
}
