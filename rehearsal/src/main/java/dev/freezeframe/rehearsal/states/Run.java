package dev.freezeframe.rehearsal.states;

import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.graalvm.polyglot.Value;

/** What makes an execution go on and end. */
final class Run {
  private final VirtualTime time;
  private final Interpreter interpreter;
  private final Execution execution;
  private final Function<Consumer<Ending>, Progress> progresses;
  private final Consumer<Execution> publish;
  private final List<Runnable> waiting = new ArrayList<>();
  private Progress progress;
  private Value stop;
  private VirtualTime.Timer timeout;

  Run(
      VirtualTime time,
      Interpreter interpreter,
      Execution execution,
      Function<Consumer<Ending>, Progress> progresses,
      Consumer<Execution> publish) {
    this.time = time;
    this.interpreter = interpreter;
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
      stop =
          interpreter.start(
              execution.machine().states(),
              execution.nextState(),
              execution.nextInput(),
              contextObject(),
              progress);
    }
  }

  /** Ends it at once; the scripts are told as an event, because they may be what ended it. */
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
    if (stop != null) {
      stop.executeVoid();
      stop = null;
    }
  }

  private String contextObject() {
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
    return context.toString();
  }
}
