package dev.freezeframe.rehearsal.asl.environment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Sees an execution go on, says whether it may, and does what its tasks ask for. */
public interface ExecutionObserver {

  /**
   * A state is entered.
   *
   * @param input empty if it is what the state before it was left with
   * @param depth 0 for the execution's own states, 1 for those inside a Map or Parallel state
   * @param counted whether it goes into the execution's history: not inside a distributed Map
   * @return whether the execution still runs
   */
  boolean entered(String state, String type, Optional<JsonNode> input, int depth, boolean counted);

  /** An inline Map begins an item, or a Parallel state a branch. */
  void itemStarted();

  /**
   * A state is left.
   *
   * @param next the empty string at the end
   * @param output empty if it is the input
   * @return whether the execution still runs
   */
  boolean left(String state, String next, Optional<JsonNode> output, int depth, boolean counted);

  /**
   * A Task state asks for its work.
   *
   * @return abandons it when run
   */
  Runnable perform(String resource, JsonNode parameters, boolean counted, TaskAnswer answer);
}
