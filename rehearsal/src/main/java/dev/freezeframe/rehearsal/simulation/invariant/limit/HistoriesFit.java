package dev.freezeframe.rehearsal.simulation.invariant.limit;

import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.rehearsal.simulation.invariant.Invariant;
import java.util.List;

/** Step Functions ends an execution of 25,000 events. */
public final class HistoriesFit implements Invariant {

  @Override
  public String name() {
    return "a history has less than 25,000 events";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    return finalState.cloud().states().executions().stream()
        .filter(execution -> execution.historyEvents() >= 25_000)
        .map(
            execution ->
                "expected less than 25,000 events in %s, found %d"
                    .formatted(execution.name(), execution.historyEvents()))
        .toList();
  }
}
