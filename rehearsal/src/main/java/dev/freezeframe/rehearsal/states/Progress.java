package dev.freezeframe.rehearsal.states;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.rehearsal.cloud.ExecutionFault;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/** What the scripts report of an execution while they walk through it, from start or redrive on. */
public final class Progress {
  private final VirtualTime time;
  private final Execution execution;
  private final ExecutionFault faults;
  private final BiConsumer<Resource, TaskCall> tasks;
  private final Consumer<Ending> ending;
  private boolean over;

  Progress(
      VirtualTime time,
      Execution execution,
      ExecutionFault faults,
      BiConsumer<Resource, TaskCall> tasks,
      Consumer<Ending> ending) {
    this.time = time;
    this.execution = execution;
    this.faults = faults;
    this.tasks = tasks;
    this.ending = ending;
  }

  /** From now on nothing is heard any more. */
  void stop() {
    over = true;
  }

  /**
   * A state is entered.
   *
   * @param input null if it is what the state before it was left with
   * @return whether the execution still runs
   */
  @HostAccess.Export
  public boolean entered(String name, String type, String input, int depth, boolean counted) {
    if (over) {
      return false;
    }
    History history = execution.history();
    history.entered(new EnteredState(name, time.instant(), depth), type, counted);
    if (depth == 0 && input != null) {
      execution.goesOnWith(name, input);
    }
    if (history.events() > History.MAX_EVENTS) {
      end(
          Ending.failed(
              "States.Runtime",
              "The execution reached the maximum number of history events (%d)."
                  .formatted(History.MAX_EVENTS)));
    } else {
      check(name, input);
    }
    return !over;
  }

  /** An inline Map begins an item, or a Parallel state a branch. */
  @HostAccess.Export
  public void itemStarted() {
    execution.history().itemStarted();
  }

  /**
   * A state is left.
   *
   * @param next empty string at the end
   * @param output null if it is the input
   * @return whether the execution still runs
   */
  @HostAccess.Export
  public boolean left(String name, String next, String output, int depth, boolean counted) {
    if (over) {
      return false;
    }
    execution.history().left(counted);
    boolean endsHere = depth == 0 && next.isEmpty();
    check(name, output);
    if (depth == 0 && !endsHere && !over) {
      execution.goesOnWith(next, output == null ? execution.nextInput() : output);
    }
    if (!endsHere && !over && faults.abortsAfter(execution.arn(), instanceId(), name)) {
      end(Ending.aborted());
    }
    return !over;
  }

  /** A Task state asks for its work. */
  @HostAccess.Export
  public TaskCall perform(
      String arn, String parameters, boolean counted, Value succeeded, Value failed) {
    Resource resource = Resource.of(arn).orElseThrow();
    execution.history().tried(resource, counted);
    execution.history().takes(parameters);
    TaskCall call = new TaskCall(Json.read(parameters), () -> !over, succeeded, failed);
    orReport(() -> tasks.accept(resource, call));
    return call;
  }

  @HostAccess.Export
  public void succeeded(String output) {
    JsonNode json = Json.read(output);
    end(Ending.succeeded(json));
  }

  @HostAccess.Export
  public void failed(String error, String cause) {
    end(Ending.failed(error, cause));
  }

  private void check(String state, String payload) {
    if (!execution.history().takes(payload)) {
      end(
          Ending.failed(
              "States.DataLimitExceeded",
              "The state/task '%s' has a payload with a size exceeding the maximum number of bytes"
                      .formatted(state)
                  + " service limit."));
    }
  }

  private void end(Ending how) {
    if (!over) {
      orReport(() -> ending.accept(how));
    }
  }

  /** A fault of the rehearsal itself must not look to the scripts like an error to be caught. */
  private void orReport(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException bug) {
      time.after(
          Duration.ZERO,
          () -> {
            throw bug;
          });
    }
  }

  private String instanceId() {
    return execution.input().path("instanceId").asText();
  }
}
