package dev.freezeframe.rehearsal.simulation.invariant.limit;

import dev.freezeframe.rehearsal.cloud.Call;
import dev.freezeframe.rehearsal.faults.FaultAction;
import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.rehearsal.simulation.ManualActions;
import dev.freezeframe.rehearsal.simulation.invariant.Invariant;
import java.time.Instant;
import java.util.List;

/**
 * EC2 refuses no set for its quota of pending snapshots, unless other tools were faster, or a
 * volume was attached once an instance had been inspected: by somebody, or by a restore, which
 * keeps from instances that it disturbs alone. The set that has grown may be the one that is
 * refused, or one before it that has taken its room: a look shows that.
 */
public final class NothingIsFrozenForNothing implements Invariant {
  private static final String INSPECTION = "InspectInstance";
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
            .filter(call -> !anyHasGrown(finalState, call))
            .toList();
    int drawn = finalState.met(FaultAction.PENDING_QUOTA);
    return refused.size() > drawn
        ? List.of(
            "expected %d sets refused for the quota, all of the simulation's making, found %d, the last at %s"
                .formatted(drawn, refused.size(), refused.get(refused.size() - 1).endedAt()))
        : List.of();
  }

  private static boolean anyHasGrown(FinalState finalState, Call refused) {
    return finalState.cloud().api().calls().stream()
        .filter(call -> call.action().equals(refused.action()))
        .filter(call -> !call.startedAt().isAfter(refused.endedAt()))
        .filter(call -> call.endedAt().isAfter(refused.endedAt().minus(ManualActions.UNSEEN)))
        .anyMatch(call -> hasGrown(finalState, call));
  }

  /** Whether a volume was attached between the last look at the instance and its set. */
  private static boolean hasGrown(FinalState finalState, Call set) {
    Instant inspected =
        finalState.cloud().api().calls().stream()
            .filter(call -> call.caller().task().equals(INSPECTION))
            .filter(call -> call.caller().execution().equals(set.caller().execution()))
            .filter(call -> !call.endedAt().isAfter(set.startedAt()))
            .map(Call::startedAt)
            .max(Instant::compareTo)
            .orElse(set.startedAt());
    String instance = set.caller().instanceId();
    return finalState.trail().attachedBetween(instance, inspected, set.endedAt())
        || finalState.cloud().api().calls().stream()
            .filter(call -> call.action().equals("ec2:AttachVolume") && call.error().isEmpty())
            .filter(call -> call.detail().endsWith(" " + instance))
            .anyMatch(
                call ->
                    !call.endedAt().isBefore(inspected)
                        && !call.startedAt().isAfter(set.endedAt()));
  }
}
