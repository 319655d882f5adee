package dev.freezeframe.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.rehearsal.asl.data.InputOutput;
import java.util.List;

/** A state of a machine. */
sealed interface State
    permits TaskState,
        ChoiceState,
        MapState,
        ParallelState,
        PassState,
        WaitState,
        SucceedState,
        FailState {

  /** The end of a machine, in place of the name of the next state. */
  String END = "";

  /** As the file names it. */
  String type();

  InputOutput inputOutput();

  /** The state after it, or {@link #END}. */
  String next();

  default List<Retrier> retriers() {
    return List.of();
  }

  default List<Catcher> catchers() {
    return List.of();
  }

  /**
   * Begins what the state does.
   *
   * @param input after {@code InputPath} and {@code Parameters}
   * @param visit is told the result or the error, now or later, once
   */
  void run(JsonNode input, Visit visit);
}
