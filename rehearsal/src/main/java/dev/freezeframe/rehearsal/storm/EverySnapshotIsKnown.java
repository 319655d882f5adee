package dev.freezeframe.rehearsal.storm;

import dev.freezeframe.snapshot.SnapshotId;
import dev.freezeframe.snapshot.SnapshotTags;
import java.util.List;

/** After a reconcile, every snapshot with our tags is in the ledger. */
final class EverySnapshotIsKnown implements Invariant {

  @Override
  public String name() {
    return "every snapshot of ours is in the ledger";
  }

  @Override
  public List<String> broken(Aftermath aftermath) {
    return aftermath.snapshots().values().stream()
        .filter(view -> view.tags().containsKey(SnapshotTags.SET))
        .filter(view -> !aftermath.lives().containsKey(new SnapshotId(view.snapshotId())))
        .map(
            view ->
                "expected a row of %s of %s, taken at %s, found none"
                    .formatted(view.snapshotId(), view.instanceId(), view.startTime()))
        .toList();
  }
}
