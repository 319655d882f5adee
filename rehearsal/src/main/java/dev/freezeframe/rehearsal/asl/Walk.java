package dev.freezeframe.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.rehearsal.asl.data.StatesError;
import dev.freezeframe.rehearsal.asl.environment.Environment;
import java.util.Optional;
import java.util.function.Consumer;

/** Goes through the states of a machine, one after the other. */
final class Walk {
  private final Machine machine;
  private final Scope scope;
  private final Environment environment;
  private final ObjectNode context;
  private final int depth;
  private final boolean counted;
  private Consumer<JsonNode> succeeded;
  private Consumer<StatesError> failed;
  private Visit next;
  private boolean going;

  Walk(
      Machine machine,
      Scope scope,
      Environment environment,
      ObjectNode context,
      int depth,
      boolean counted) {
    this.machine = machine;
    this.scope = scope;
    this.environment = environment;
    this.context = context;
    this.depth = depth;
    this.counted = counted;
  }

  void begin(
      String state,
      JsonNode input,
      Consumer<JsonNode> whenSucceeded,
      Consumer<StatesError> whenFailed) {
    this.succeeded = whenSucceeded;
    this.failed = whenFailed;
    go(state, input, Optional.of(input));
  }

  /** States that take no time follow each other in a loop, not in a call within a call. */
  private void go(String state, JsonNode input, Optional<JsonNode> changed) {
    next = new Visit(this, state, machine.states().get(state), input, changed);
    if (going) {
      return;
    }
    going = true;
    while (next != null && !scope.isStopped()) {
      Visit visit = next;
      next = null;
      if (environment
          .observer()
          .entered(visit.name(), visit.state().type(), visit.changed(), depth, counted)) {
        visit.attempt();
      }
    }
    going = false;
  }

  @SuppressWarnings("ReferenceEquality") // Only what is known to be the same need not be counted.
  void left(Visit visit, JsonNode output, String to) {
    Optional<JsonNode> changed = output == visit.input() ? Optional.empty() : Optional.of(output);
    if (!environment.observer().left(visit.name(), to, changed, depth, counted)) {
      return;
    }
    if (to.equals(State.END)) {
      scope.leave();
      succeeded.accept(output);
    } else {
      go(to, output, Optional.empty());
    }
  }

  void failed(StatesError error) {
    scope.leave();
    failed.accept(error);
  }

  Machine machine() {
    return machine;
  }

  Environment environment() {
    return environment;
  }

  Scope scope() {
    return scope;
  }

  ObjectNode context() {
    return context;
  }

  boolean isCounted() {
    return counted;
  }

  /** A walk inside this one. */
  Walk inner(Scope inside, Machine of, ObjectNode innerContext, boolean innerCounted) {
    return new Walk(of, inside.inner(), environment, innerContext, depth + 1, innerCounted);
  }
}
