package dev.freezeframe.retention;

import dev.freezeframe.consistency.AttemptId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.Terms;
import dev.freezeframe.policy.PolicyName;
import dev.freezeframe.policy.RunId;
import dev.freezeframe.snapshot.SnapshotId;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.snapshot.SnapshotTags;
import dev.freezeframe.target.InstanceId;
import dev.freezeframe.target.VolumeId;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
    Optional<Terms> terms) {

  /** One of ours, by its tags; empty: they do not say enough. */
  static Optional<AdoptableSnapshot> ours(LiveSnapshot live) {
    try {
      Optional<Consistency> judged = live.tag(SnapshotTags.CONSISTENCY).map(Consistency::valueOf);
      Optional<Instant> expiresAt = live.tag(SnapshotTags.EXPIRES_AT).map(Instant::parse);
      return Optional.of(
          new AdoptableSnapshot(
              live.snapshot(),
              new AttemptId(live.tags().getOrDefault(SnapshotTags.SET, "")),
              live.volume(),
              new InstanceId(live.tags().get(SnapshotTags.INSTANCE)),
              new PolicyName(live.tags().get(SnapshotTags.POLICY)),
              new RunId(live.tags().get(SnapshotTags.RUN)),
              live.startTime(),
              live.state(),
              live.completedAt(),
              judged.orElse(Consistency.UNKNOWN),
              judged.isPresent()
                  ? "its tag says so; the verdict itself is not on record"
                  : "it was not recorded when it was taken, and no verdict is known",
              expiresAt,
              expiresAt.map(at -> terms(live.startTime(), at))));
    } catch (IllegalArgumentException | DateTimeException incomplete) {
      return Optional.empty();
    }
  }

  /** The days that lead to an expiry, never fewer. */
  private static Terms terms(Instant pointInTime, Instant expiresAt) {
    long seconds = Math.max(1, Duration.between(pointInTime, expiresAt).toSeconds());
    int days =
        (int) ((seconds + Duration.ofDays(1).toSeconds() - 1) / Duration.ofDays(1).toSeconds());
    return new Terms(
        OptionalInt.of(days),
        "the tag %s says %s".formatted(SnapshotTags.EXPIRES_AT, expiresAt),
        OptionalInt.empty(),
        Optional.empty(),
        Terms.LEAST,
        false,
        ZoneOffset.UTC);
  }

  /** By set, so that each is put on record whole. */
  static List<List<AdoptableSnapshot>> sets(Collection<AdoptableSnapshot> snapshots) {
    Map<AttemptId, List<AdoptableSnapshot>> sets = new TreeMap<>();
    snapshots.forEach(
        snapshot -> sets.computeIfAbsent(snapshot.set(), any -> new ArrayList<>()).add(snapshot));
    return List.copyOf(sets.values());
  }

  SnapshotRow row() {
    return new SnapshotRow(
        snapshot,
        set,
        volume,
        instance,
        policy,
        run,
        "",
        pointInTime,
        SnapshotState.PENDING,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
