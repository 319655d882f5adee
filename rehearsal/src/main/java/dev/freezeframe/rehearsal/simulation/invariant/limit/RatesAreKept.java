package dev.freezeframe.rehearsal.simulation.invariant.limit;

import dev.freezeframe.rehearsal.faults.FaultAction;
import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.rehearsal.simulation.invariant.Invariant;
import java.util.List;

/**
 * While nobody else uses them, EC2's documented request rates are never exceeded; except by starts
 * of instances that EC2 has no capacity for: the state machine and both safety nets order them
 * again for hours.
 */
public final class RatesAreKept implements Invariant {

  @Override
  public String name() {
    return "request rates are kept";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    boolean lacksCapacity = finalState.met(FaultAction.CAPACITY) > 0;
    long refused =
        finalState.cloud().api().calls().stream()
            .filter(call -> call.error().equals("RequestLimitExceeded"))
            .filter(call -> !(lacksCapacity && call.action().equals("ec2:StartInstances")))
            .count();
    long drawn = finalState.met(FaultAction.EC2_THROTTLE, FaultAction.THROTTLE);
    return refused > drawn
        ? List.of(
            "expected %d throttled calls of EC2, all of the simulation's making, found %d"
                .formatted(drawn, refused))
        : List.of();
  }
}
