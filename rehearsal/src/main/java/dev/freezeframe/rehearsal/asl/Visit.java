package dev.freezeframe.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.rehearsal.asl.data.StatesError;
import dev.freezeframe.rehearsal.asl.environment.TaskAnswer;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One state of a walk, from entering to leaving it, with all its retries. */
final class Visit {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Walk walk;
  private final String name;
  private final State state;
  private final JsonNode input;
  private final Optional<JsonNode> changed;
  private final Instant enteredAt;
  private final int[] retries;
  private int retried;

  Visit(Walk walk, String name, State state, JsonNode input, Optional<JsonNode> changed) {
    this.walk = walk;
    this.name = name;
    this.state = state;
    this.input = input;
    this.changed = changed;
    this.enteredAt = walk.environment().time().instant();
    this.retries = new int[state.retriers().size()];
  }

  String name() {
    return name;
  }

  State state() {
    return state;
  }

  JsonNode input() {
    return input;
  }

  /** The input, if it is not what the state before was left with. */
  Optional<JsonNode> changed() {
    return changed;
  }

  void attempt() {
    try {
      state.run(state.inputOutput().input(input, this::contextObject), this);
    } catch (StatesError error) {
      fail(error);
    }
  }

  Supplier<ObjectNode> context() {
    return this::contextObject;
  }

  /** SFDG, "Accessing execution data from the Context object". */
  private ObjectNode contextObject() {
    ObjectNode context = walk.context().objectNode();
    context.setAll(walk.context());
    context
        .putObject("State")
        .put("Name", name)
        .put("EnteredTime", MILLIS.format(enteredAt))
        .put("RetryCount", retried);
    return context;
  }

  /** The context object of an item of a Map state. */
  ObjectNode itemContext(int index, JsonNode value) {
    ObjectNode context = contextObject();
    context.putObject("Map").putObject("Item").put("Index", index).set("Value", value);
    return context;
  }

  /** Does something later, unless the execution is stopped before. */
  void after(Duration delay, Runnable action) {
    VirtualTime.Timer timer = walk.environment().time().after(delay, action);
    walk.scope().whenStopped(timer::cancel);
  }

  /** Asks for the work of a task. */
  void perform(String resource, JsonNode parameters, Duration timeout) {
    Answer answer = new Answer();
    Runnable abandon =
        walk.environment().observer().perform(resource, parameters, walk.isCounted(), answer);
    if (!answer.over) {
      answer.timer = walk.environment().time().after(timeout, answer::timeOut);
      walk.scope()
          .whenStopped(
              () -> {
                answer.timer.cancel();
                abandon.run();
              });
    }
  }

  private final class Answer implements TaskAnswer {
    private VirtualTime.Timer timer;
    private boolean over;

    @Override
    public void succeed(JsonNode result) {
      if (isFirst()) {
        Visit.this.succeed(result);
      }
    }

    @Override
    public void fail(String error, String cause) {
      if (isFirst()) {
        Visit.this.fail(new StatesError(error, cause));
      }
    }

    private void timeOut() {
      if (isFirst()) {
        Visit.this.fail(StatesError.timeout());
      }
    }

    private boolean isFirst() {
      if (over || walk.scope().isStopped()) {
        return false;
      }
      over = true;
      if (timer != null) {
        timer.cancel();
      }
      walk.scope().whenStopped(() -> {});
      return true;
    }
  }

  void succeed(JsonNode result) {
    succeed(result, state.next());
  }

  void succeed(JsonNode result, String next) {
    JsonNode output;
    try {
      output = state.inputOutput().output(input, result, this::contextObject);
    } catch (StatesError error) {
      fail(error);
      return;
    }
    walk.left(this, output, next);
  }

  /** ASL, "Retrying after error" and "Fallback states": the first rule that matches decides. */
  void fail(StatesError error) {
    boolean ofTask = state instanceof TaskState;
    List<Retrier> retriers = state.retriers();
    for (int i = 0; i < retriers.size(); i++) {
      Retrier retrier = retriers.get(i);
      if (retrier.matches(error, ofTask)) {
        if (retries[i] >= retrier.maxAttempts()) {
          break;
        }
        double drawn = retrier.jitter() ? walk.environment().chance().getAsDouble() : 0;
        after(
            retrier.delay(retries[i]++, drawn),
            () -> {
              retried++;
              attempt();
            });
        return;
      }
    }
    for (Catcher catcher : state.catchers()) {
      if (catcher.matches(error, ofTask)) {
        caught(catcher, error);
        return;
      }
    }
    walk.failed(error);
  }

  private void caught(Catcher catcher, StatesError error) {
    JsonNode output;
    try {
      output = catcher.output(input, error);
    } catch (StatesError unplaced) {
      walk.failed(unplaced);
      return;
    }
    walk.left(this, output, catcher.next());
  }

  /** A scope for one try of a Map or Parallel state. */
  Scope scope() {
    return walk.scope().inner();
  }

  /** The walk of a branch, or of an item of an inline Map. */
  Walk inner(Scope scope, Machine machine, ObjectNode context) {
    if (walk.isCounted()) {
      walk.environment().observer().itemStarted();
    }
    return walk.inner(scope, machine, context, walk.isCounted());
  }

  /** The walk of an item of a distributed Map: an execution of its own, under a name of its own. */
  Walk child(Scope scope, Machine machine, int index) {
    ObjectNode context = walk.context().objectNode();
    context.setAll(walk.context());
    context.remove("Map");
    JsonNode parent = context.get("Execution");
    String arn = parent.path("Id").asText();
    int ofName = arn.lastIndexOf(':');
    ObjectNode execution = context.putObject("Execution");
    execution.setAll((ObjectNode) parent);
    execution.put(
        "Id",
        "%s/%s:%s-%d"
            .formatted(
                arn.substring(0, ofName), name.replace(" ", ""), arn.substring(ofName + 1), index));
    execution.put("Name", "%s-%d".formatted(parent.path("Name").asText(), index));
    return walk.inner(scope, machine, context, false);
  }
}
