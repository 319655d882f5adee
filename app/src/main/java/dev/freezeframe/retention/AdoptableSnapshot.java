package dev.freezeframe.retention;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.snapshot.Ec2Snapshot;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.snapshot.SnapshotTags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A snapshot that the ledger does not know, with all that it takes to put it on record.
 *
 * @param expiresAt empty: its group decides
 * @param terms empty: those in force in its group
 */
record AdoptableSnapshot(
    SnapshotId snapshot,
    AttemptId set,
    VolumeId volume,
    InstanceId instance,
    PolicyName policy,
    RunId run,
    Instant pointInTime,
    SnapshotState state,
    Optional<Instant> settledAt,
    Consistency consistency,
    String reason,
    Optional<Instant> expiresAt,
    Optional<RetentionSettings> terms) {

  /**
   * One of ours; empty: its tags do not say enough, or it was not created as they say.
   *
   * <p>Neither its verdict nor its end is read from tags: anyone who may tag could forge the one
   * and bring on the other. Without a verdict on record it is UNKNOWN, and its group decides how
   * long it lives.
   */
  static Optional<AdoptableSnapshot> ours(Ec2Snapshot live) {
    if (!live.ours()) {
      return Optional.empty();
    }
    try {
      RunId run = new RunId(live.tags().get(SnapshotTags.RUN));
      if (!live.tag(SnapshotTags.POLICY).equals(Optional.of(run.policy().value()))) {
        return Optional.empty();
      }
      return Optional.of(
          new AdoptableSnapshot(
              live.snapshot(),
              new AttemptId(live.tags().get(SnapshotTags.SET)),
              live.volume(),
              new InstanceId(live.tags().get(SnapshotTags.INSTANCE)),
              run.policy(),
              run,
              live.startTime(),
              live.state(),
              live.completedAt(),
              Consistency.UNKNOWN,
              live.tag(SnapshotTags.CONSISTENCY).isPresent()
                  ? "no verdict is on record, and its tag alone proves nothing"
                  : "it was not recorded when it was taken, and no verdict is known",
              Optional.empty(),
              Optional.empty()));
    } catch (IllegalArgumentException incomplete) {
      return Optional.empty();
    }
  }

  /** By set, so that each is put on record whole. */
  static List<List<AdoptableSnapshot>> sets(Collection<AdoptableSnapshot> snapshots) {
    Map<AttemptId, List<AdoptableSnapshot>> sets = new TreeMap<>();
    snapshots.forEach(
        snapshot -> sets.computeIfAbsent(snapshot.set(), any -> new ArrayList<>()).add(snapshot));
    return List.copyOf(sets.values());
  }

  SnapshotRow row() {
    return SnapshotRow.pending(
        snapshot, set, volume, instance, policy, run, "", pointInTime, Optional.empty());
  }
}
