package dev.freezeframe.rehearsal.simulation.invariant;

import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import java.util.List;

/** No execution runs forever. */
public final class ExecutionsEnd implements Invariant {

  @Override
  public String name() {
    return "executions end";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    return finalState.cloud().states().executions().stream()
        .filter(execution -> execution.status() == ExecutionStatus.RUNNING)
        .map(
            execution ->
                "expected %s of %s to have ended by %s, found it running in %s"
                    .formatted(
                        execution.name(),
                        execution.startedAt(),
                        finalState.cloud().time().instant(),
                        execution.stateNames().get(execution.stateNames().size() - 1)))
        .toList();
  }
}
