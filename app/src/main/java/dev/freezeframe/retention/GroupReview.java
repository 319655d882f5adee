package dev.freezeframe.retention;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.SetVerdict;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.IndexedSnapshot;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.retention.rule.Decision;
import dev.freezeframe.retention.rule.Lifetime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides on a group again when a set of it has been judged, which is when counts, tiers, the
 * newest and the minimum change; what they expire is due from then on. Only the ledger is asked.
 */
public final class GroupReview {
  private final Ledger ledger;

  public GroupReview(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Records a verdict on a set, the terms under which it lives, and what both change in its group.
   *
   * @param set all snapshots of the set
   * @return when the set expires by its age; empty: its age does not end it
   */
  public Optional<Instant> record(
      GroupKey key,
      Collection<SnapshotId> set,
      Instant pointInTime,
      SetVerdict verdict,
      RetentionSettings terms,
      Instant now) {
    Optional<Instant> expiresAt =
        Lifetime.expiry(terms.days(), pointInTime).map(at -> later(at, now));
    ledger.recordVerdict(set, verdict, expiresAt, terms);
    review(key, set, now);
    return expiresAt;
  }

  /** Nothing is due in the past, where nobody looks any more. */
  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Decides on the group of a snapshot again if that has settled only after its verdict. */
  public void settled(SnapshotId snapshot, Instant now) {
    for (SnapshotHistory life : ledger.lives(List.of(snapshot))) {
      if (life.living() && life.row().consistency().isPresent()) {
        review(life.row().group(), List.of(snapshot), now);
      }
    }
  }

  /**
   * Decides on a group again.
   *
   * @param fresh snapshots of it that were written just now, which the index may not show yet
   */
  void review(GroupKey key, Collection<SnapshotId> fresh, Instant now) {
    List<IndexedSnapshot> own =
        ledger.lives(fresh).stream()
            .filter(SnapshotHistory::living)
            .map(IndexedSnapshot::of)
            .toList();
    if (own.isEmpty()) {
      return;
    }
    GroupView group = GroupView.read(ledger, key, own);
    Map<AttemptId, Decision> decisions = group.decide(now);
    if (group.sets().size() <= 1) {
      ledger.beginDueFrom(now.atOffset(ZoneOffset.UTC).toLocalDate());
    }
    for (RetentionCandidate set : group.sets()) {
      Decision decision = decisions.get(set.set());
      if (differs(set, decision, now)) {
        ledger.recordExpiry(
            set.snapshots(),
            decision.reevaluateAt(),
            decision.expires() ? Optional.empty() : Optional.of(decision.words()));
      }
    }
  }

  /** What is due already stays so: EC2 is asked about it in its turn. */
  private static boolean differs(RetentionCandidate set, Decision decision, Instant now) {
    return set.members().stream()
        .map(IndexedSnapshot::expiresAt)
        .anyMatch(
            known -> {
              boolean due = known.map(at -> !at.isAfter(now)).orElse(false);
              return !due && !known.equals(decision.reevaluateAt());
            });
  }
}
