package dev.freezeframe.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freezeframe.rehearsal.asl.data.StatesError;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/**
 * The machines that one try of a Map or Parallel state runs, so many at a time. If more of them
 * fail than may, the others are stopped, and those that have not begun never do (ASL, "Map State"
 * and "Parallel State").
 */
final class Children {
  private final Visit visit;
  private final Scope scope;
  private final int concurrency;
  private final OptionalInt tolerated;
  private final JsonNode[] outputs;
  private IntFunction<Walk> walks;
  private IntFunction<JsonNode> inputs;
  private int begun;
  private int ended;
  private int failures;
  private boolean filling;
  private boolean over;

  /**
   * Machines of a visit.
   *
   * @param tolerated how many items of a distributed Map may fail; empty for other states
   */
  Children(Visit visit, int count, int concurrency, OptionalInt tolerated) {
    this.visit = visit;
    this.scope = visit.scope();
    this.concurrency = concurrency;
    this.tolerated = tolerated;
    this.outputs = new JsonNode[count];
  }

  Scope scope() {
    return scope;
  }

  /** Begins them, in their order. */
  void run(IntFunction<Walk> walkOf, IntFunction<JsonNode> inputOf) {
    this.walks = walkOf;
    this.inputs = inputOf;
    fill();
  }

  private void fill() {
    if (filling) {
      return;
    }
    filling = true;
    while (!over && !scope.isStopped() && begun < outputs.length && begun - ended < concurrency) {
      begin(begun++);
    }
    filling = false;
    if (!over && ended == outputs.length) {
      end();
      ArrayNode results = JsonNodeFactory.instance.arrayNode();
      Arrays.stream(outputs).filter(Objects::nonNull).forEach(results::add);
      visit.succeed(results);
    }
  }

  private void begin(int index) {
    try {
      JsonNode input = inputs.apply(index);
      Walk walk = walks.apply(index);
      walk.begin(
          walk.machine().startAt(),
          input,
          output -> {
            outputs[index] = output;
            ended++;
            fill();
          },
          this::failed);
    } catch (StatesError unselected) {
      giveUp(unselected);
    }
  }

  private void failed(StatesError error) {
    if (++failures > tolerated.orElse(0)) {
      giveUp(tolerated.isPresent() ? exceeded() : error);
    } else {
      ended++;
      fill();
    }
  }

  /** SFDG, "Setting failure thresholds for Distributed Map states". */
  private static StatesError exceeded() {
    return new StatesError(
        "States.ExceedToleratedFailureThreshold", "The tolerated failure threshold was exceeded");
  }

  private void giveUp(StatesError error) {
    if (!over) {
      end();
      scope.stop();
      visit.fail(error);
    }
  }

  private void end() {
    over = true;
    scope.leave();
  }
}
