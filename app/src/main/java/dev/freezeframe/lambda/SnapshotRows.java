package dev.freezeframe.lambda;

import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.policy.PolicyName;
import dev.freezeframe.policy.RunId;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.target.InstanceId;
import java.util.List;
import java.util.Optional;

/** The rows of a set that was just taken. */
final class SnapshotRows {
  private SnapshotRows() {}

  static List<SnapshotRow> pending(
      SnapshotSet set, InstanceId instance, PolicyName policy, RunId run, String execution) {
    return set.members().stream()
        .map(
            member ->
                new SnapshotRow(
                    member.snapshot(),
                    set.id(),
                    member.volume(),
                    instance,
                    policy,
                    run,
                    execution,
                    set.pointInTime(),
                    SnapshotState.PENDING,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()))
        .toList();
  }
}
