package dev.freezeframe.rehearsal.simulation.invariant;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.snapshot.SnapshotTags;
import java.util.List;

/** After a reconcile, every snapshot with our tags is in the ledger. */
public final class EverySnapshotIsKnown implements Invariant {

  @Override
  public String name() {
    return "every snapshot of ours is in the ledger";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    return finalState.snapshots().values().stream()
        .filter(view -> view.tags().containsKey(SnapshotTags.SET))
        .filter(view -> !finalState.lives().containsKey(new SnapshotId(view.snapshotId())))
        .map(
            view ->
                "expected a row of %s of %s, taken at %s, found none"
                    .formatted(view.snapshotId(), view.instanceId(), view.startTime()))
        .toList();
  }
}
