package dev.freezeframe.rehearsal.simulation.invariant.limit;

import dev.freezeframe.rehearsal.faults.FaultAction;
import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.rehearsal.simulation.invariant.Invariant;
import java.util.List;

/**
 * While nobody else uses them, EC2's documented request rates are never exceeded; nor by the state
 * machine and both safety nets together that start what EC2 has no capacity for.
 */
public final class RatesAreKept implements Invariant {

  @Override
  public String name() {
    return "request rates are kept";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    long refused =
        finalState.cloud().api().calls().stream()
            .filter(call -> call.error().equals("RequestLimitExceeded"))
            .count();
    long drawn = finalState.met(FaultAction.EC2_THROTTLE, FaultAction.THROTTLE);
    return refused > drawn
        ? List.of(
            "expected %d throttled calls of EC2, all of the simulation's making, found %d"
                .formatted(drawn, refused))
        : List.of();
  }
}
