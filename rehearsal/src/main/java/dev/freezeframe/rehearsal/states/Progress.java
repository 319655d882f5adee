package dev.freezeframe.rehearsal.states;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.rehearsal.asl.data.StatesError;
import dev.freezeframe.rehearsal.asl.environment.ExecutionObserver;
import dev.freezeframe.rehearsal.asl.environment.TaskAnswer;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.ExecutionFault;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Follows an execution while it goes through its states, from start or redrive on. */
final class Progress implements ExecutionObserver {
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

  @Override
  public boolean entered(
      String name, String type, Optional<JsonNode> input, int depth, boolean counted) {
    if (over) {
      return false;
    }
    History history = execution.history();
    history.entered(new EnteredState(name, time.instant(), depth), type, counted);
    if (depth == 0) {
      input.ifPresent(given -> execution.goesOnWith(name, given));
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

  @Override
  public void itemStarted() {
    execution.history().itemStarted();
  }

  @Override
  public boolean left(
      String name, String next, Optional<JsonNode> output, int depth, boolean counted) {
    if (over) {
      return false;
    }
    execution.history().left(counted);
    boolean endsHere = depth == 0 && next.isEmpty();
    check(name, output);
    if (depth == 0 && !endsHere && !over) {
      execution.goesOnWith(next, output.orElseGet(execution::nextInput));
    }
    if (!endsHere && !over && faults.abortsAfter(execution.arn(), instanceId(), name)) {
      end(Ending.aborted());
    }
    return !over;
  }

  @Override
  public Runnable perform(String arn, JsonNode parameters, boolean counted, TaskAnswer answer) {
    Resource resource = Resource.of(arn).orElseThrow();
    execution.history().tried(resource, counted);
    execution.history().takes(parameters);
    TaskCall call = new TaskCall(execution.arn(), parameters, () -> !over, answer);
    orReport(() -> tasks.accept(resource, call));
    return call::abandon;
  }

  void succeeded(JsonNode output) {
    end(Ending.succeeded(output));
  }

  void failed(StatesError error) {
    end(Ending.failed(error.name(), error.getMessage()));
  }

  private void check(String state, Optional<JsonNode> payload) {
    if (payload.isPresent() && !execution.history().takes(payload.get())) {
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

  /** A fault of the rehearsal itself comes out where it ends the rehearsal. */
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
    return Caller.instanceOf(execution.input());
  }
}
