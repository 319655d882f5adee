package dev.freezeframe.retention;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.SetVerdict;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.retention.rule.Lifetime;
import dev.freezeframe.snapshot.Ec2Snapshot;
import dev.freezeframe.snapshot.SnapshotTags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A snapshot that the ledger does not know, with all that it takes to put it on record.
 *
 * @param row with the verdict, and with its expiry unless its group decides
 * @param terms empty: those in force in its group
 */
record AdoptableSnapshot(Ec2Snapshot inEc2, SnapshotRow row, Optional<RetentionSettings> terms) {

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
      SnapshotRow row =
          row(
              live,
              new AttemptId(live.tags().get(SnapshotTags.SET)),
              new InstanceId(live.tags().get(SnapshotTags.INSTANCE)),
              run.policy(),
              run);
      String reason =
          live.tag(SnapshotTags.CONSISTENCY).isPresent()
              ? "no verdict is on record, and its tag alone proves nothing"
              : "it was not recorded when it was taken, and no verdict is known";
      return Optional.of(
          new AdoptableSnapshot(
              live, row.judged(SetVerdict.unknown(reason), Optional.empty()), Optional.empty()));
    } catch (IllegalArgumentException incomplete) {
      return Optional.empty();
    }
  }

  /** One that others made. Members of one point in time are one set, whenever it is adopted. */
  static AdoptableSnapshot foreign(
      Ec2Snapshot live, InstanceId instance, PolicyName policy, RetentionSettings terms) {
    AttemptId set = AttemptId.of("adopted#%s#%s".formatted(instance, live.startTime()), 1);
    Optional<Instant> expiry = Lifetime.expiry(terms.days(), live.startTime());
    SetVerdict verdict =
        SetVerdict.unknown("taken by others: nothing proves that the guest stood still");
    return new AdoptableSnapshot(
        live,
        row(live, set, instance, policy, RunId.of(policy, live.startTime()))
            .judged(verdict, expiry),
        Optional.of(terms));
  }

  private static SnapshotRow row(
      Ec2Snapshot live, AttemptId set, InstanceId instance, PolicyName policy, RunId run) {
    return SnapshotRow.pending(
        live.snapshot(),
        set,
        live.volume(),
        instance,
        policy,
        run,
        "",
        live.startTime(),
        Optional.empty());
  }

  /** Which snapshot of a set is of which volume. */
  static Map<SnapshotId, VolumeId> volumes(Collection<AdoptableSnapshot> set) {
    return set.stream()
        .map(AdoptableSnapshot::row)
        .collect(Collectors.toMap(SnapshotRow::snapshot, SnapshotRow::volume));
  }

  /** By set, so that each is put on record whole. */
  static List<List<AdoptableSnapshot>> sets(Collection<AdoptableSnapshot> snapshots) {
    Map<AttemptId, List<AdoptableSnapshot>> sets = new TreeMap<>();
    snapshots.forEach(
        snapshot ->
            sets.computeIfAbsent(snapshot.row().set(), any -> new ArrayList<>()).add(snapshot));
    return List.copyOf(sets.values());
  }
}
