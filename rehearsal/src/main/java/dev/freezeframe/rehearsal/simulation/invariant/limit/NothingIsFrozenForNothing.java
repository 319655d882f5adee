package dev.freezeframe.rehearsal.simulation.invariant.limit;

import dev.freezeframe.rehearsal.cloud.Call;
import dev.freezeframe.rehearsal.faults.FaultAction;
import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.rehearsal.simulation.invariant.Invariant;
import java.util.List;

/** EC2 refuses no set for its quota of pending snapshots, unless other tools were faster. */
public final class NothingIsFrozenForNothing implements Invariant {
  private static final String REFUSED = "PendingSnapshotLimitExceeded";

  @Override
  public String name() {
    return "no set is ordered that the quota of pending snapshots refuses";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    List<Call> refused =
        finalState.cloud().api().calls().stream()
            .filter(call -> call.error().equals(REFUSED))
            .filter(call -> !finalState.trail().othersWereFaster(call.endedAt()))
            .toList();
    int drawn = finalState.met(FaultAction.PENDING_QUOTA);
    return refused.size() > drawn
        ? List.of(
            "expected %d sets refused for the quota, all of the simulation's making, found %d, the last at %s"
                .formatted(drawn, refused.size(), refused.get(refused.size() - 1).endedAt()))
        : List.of();
  }
}
