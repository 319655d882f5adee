package dev.freezeframe.rehearsal.simulation.invariant.limit;

import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.rehearsal.simulation.invariant.Invariant;
import java.util.List;

/** Step Functions ends an execution with a state of more than 256 KiB. */
public final class StatesFit implements Invariant {

  @Override
  public String name() {
    return "a state has less than 256 KiB";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    return finalState.cloud().states().executions().stream()
        .filter(execution -> execution.largestPayload() >= 262_144)
        .map(
            execution ->
                "expected less than 262,144 bytes in %s, found %d"
                    .formatted(execution.name(), execution.largestPayload()))
        .toList();
  }
}
