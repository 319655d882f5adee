package dev.freezeframe.rehearsal.simulation.invariant.guest;

import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.rehearsal.simulation.invariant.Invariant;
import java.util.List;

/** When the faults are over, every instance runs that was stopped for a backup. */
public final class NothingStaysStopped implements Invariant {

  @Override
  public String name() {
    return "no instance that ran stays stopped";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    return finalState.cloud().ec2().leftStopped().stream()
        .map(
            instance ->
                "expected %s to run again, found it %s: %s"
                    .formatted(
                        instance,
                        finalState.cloud().ec2().state(instance).orElseThrow(),
                        finalState.cloud().ec2().downtimes(instance)))
        .toList();
  }
}
