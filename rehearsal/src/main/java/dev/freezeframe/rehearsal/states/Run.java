package dev.freezeframe.rehearsal.states;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.rehearsal.asl.Scope;
import dev.freezeframe.rehearsal.asl.environment.Environment;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;

/** What makes an execution go on and end. */
final class Run {
  private final VirtualTime time;
  private final Seed seed;
  private final Execution execution;
  private final Function<Consumer<Ending>, Progress> progresses;
  private final Consumer<Execution> publish;
  private final List<Runnable> waiting = new ArrayList<>();
  private Progress progress;
  private Scope scope;
  private VirtualTime.Timer timeout;
  private SplittableRandom random;

  Run(
      VirtualTime time,
      Seed seed,
      Execution execution,
      Function<Consumer<Ending>, Progress> progresses,
      Consumer<Execution> publish) {
    this.time = time;
    this.seed = seed;
    this.execution = execution;
    this.progresses = progresses;
    this.publish = publish;
  }

  Execution execution() {
    return execution;
  }

  /** Does something as soon as the execution has ended; now if it has. */
  void whenEnded(Runnable action) {
    if (execution.isRunning()) {
      waiting.add(action);
    } else {
      time.after(Duration.ZERO, action);
    }
  }

  /** Goes on with the state that has not been left yet. */
  void begin() {
    progress = progresses.apply(this::end);
    execution
        .machine()
        .definition()
        .timeout()
        .ifPresent(after -> timeout = time.after(after, () -> end(Ending.timedOut())));
    publish.accept(execution);
    time.after(Duration.ZERO, this::walk);
  }

  private void walk() {
    if (execution.isRunning()) {
      scope =
          execution
              .machine()
              .definition()
              .machine()
              .run(
                  execution.nextState(),
                  execution.nextInput(),
                  contextObject(),
                  new Environment(time, this::drawn, progress),
                  progress::succeeded,
                  progress::failed);
    }
  }

  /** For the jitter of retries. Of an execution of its own, so that none depends on another. */
  private double drawn() {
    if (random == null) {
      random = seed.random("retries of " + execution.arn());
    }
    return random.nextDouble();
  }

  /** Ends it at once; what it has begun is stopped as an event, because it may be what ended it. */
  void end(Ending ending) {
    progress.stop();
    execution.ended(ending, time.instant());
    if (timeout != null) {
      timeout.cancel();
    }
    time.after(Duration.ZERO, this::stop);
    publish.accept(execution);
    waiting.forEach(action -> time.after(Duration.ZERO, action));
    waiting.clear();
  }

  private void stop() {
    if (scope != null) {
      scope.stop();
      scope = null;
    }
  }

  private ObjectNode contextObject() {
    var context = Json.object();
    context
        .putObject("Execution")
        .put("Id", execution.arn())
        .put("Name", execution.name())
        .put("StartTime", execution.startedAt().toString())
        .put("RedriveCount", execution.redriveCount())
        .set("Input", execution.input());
    context
        .putObject("StateMachine")
        .put("Id", execution.stateMachineArn())
        .put("Name", execution.machine().name());
    return context;
  }
}
