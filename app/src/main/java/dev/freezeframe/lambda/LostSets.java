package dev.freezeframe.lambda;

import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.policy.PolicyName;
import dev.freezeframe.policy.RunId;
import dev.freezeframe.retention.Lifetime;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.target.InstanceId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Puts sets on record that a backup took and nobody else accounted for. */
final class LostSets {
  private final Ledger ledger;

  LostSets(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Records what an instance's backup took and the ledger lacks; a set without a verdict gets
   * UNKNOWN.
   *
   * @param taken the sets as EC2 shows them
   * @param reason of that verdict
   * @param lifetime asked for only if there is such a set
   */
  void record(
      List<SnapshotSet> taken,
      InstanceId instance,
      PolicyName policy,
      RunId run,
      String execution,
      String reason,
      Supplier<Lifetime> lifetime) {
    for (SnapshotSet set : taken) {
      List<SnapshotRow> rows = ledger.snapshots(set.snapshots());
      if (rows.size() < set.members().size()) {
        ledger.recordSnapshots(SnapshotRows.pending(set, instance, policy, run, execution));
      }
      if (rows.stream().map(SnapshotRow::consistency).noneMatch(Optional::isPresent)) {
        ledger.recordVerdict(
            set.snapshots(), Consistency.UNKNOWN, reason, lifetime.get().expiry(set.pointInTime()));
      }
    }
  }
}
