package dev.freezeframe.rehearsal.storm;

import dev.freezeframe.rehearsal.states.ExecutionStatus;
import java.util.List;

/** No execution runs for ever. */
final class ExecutionsEnd implements Invariant {

  @Override
  public String name() {
    return "executions end";
  }

  @Override
  public List<String> broken(Aftermath aftermath) {
    return aftermath.cloud().states().executions().stream()
        .filter(execution -> execution.status() == ExecutionStatus.RUNNING)
        .map(
            execution ->
                "expected %s of %s to have ended by %s, found it running in %s"
                    .formatted(
                        execution.name(),
                        execution.startedAt(),
                        aftermath.cloud().time().instant(),
                        execution.stateNames().get(execution.stateNames().size() - 1)))
        .toList();
  }
}
