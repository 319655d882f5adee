package dev.freezeframe.task.backup;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.consistency.SetVerdict;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.retention.GroupReview;
import dev.freezeframe.retention.rule.Lifetime;
import dev.freezeframe.snapshot.SnapshotSet;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Puts sets on record that a backup took and nobody else accounted for. */
public final class OrphanedSets {
  private final Ledger ledger;
  private final GroupReview review;
  private final Clock clock;

  public OrphanedSets(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.review = new GroupReview(ledger);
    this.clock = clock;
  }

  /**
   * Records what an instance's backup took and the ledger lacks; a set without a verdict gets
   * UNKNOWN.
   *
   * @param taken the sets as EC2 shows them
   * @param reason of that verdict
   * @param lifetime asked for only if there is such a set
   */
  public void record(
      List<SnapshotSet> taken,
      InstanceId instance,
      Policy policy,
      RunId run,
      String execution,
      String reason,
      Supplier<Lifetime> lifetime) {
    for (SnapshotSet set : taken) {
      List<SnapshotRow> rows = ledger.snapshots(set.snapshots());
      if (rows.size() < set.members().size()) {
        ledger.recordInspectedFacts(run, instance, set.id(), set.volumes());
        ledger.recordSnapshots(
            SnapshotRows.pending(set, instance, policy.name(), run, execution, Map.of()));
      }
      if (rows.stream().map(SnapshotRow::consistency).noneMatch(Optional::isPresent)) {
        review.record(
            new GroupKey(policy.name(), instance),
            set.snapshots(),
            set.pointInTime(),
            SetVerdict.unknown(reason),
            lifetime.get().under(policy),
            clock.instant());
      }
    }
  }
}
