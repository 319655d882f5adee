package dev.freezeframe.retention;

import dev.freezeframe.consistency.AttemptId;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.Terms;
import dev.freezeframe.snapshot.SnapshotId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides on groups by what the ledger and EC2 say, EC2 being asked for many of them at once. */
final class GroupPlanner {
  private final LiveSnapshots live;
  private final Instant now;

  GroupPlanner(LiveSnapshots live, Instant now) {
    this.live = live;
    this.now = now;
  }

  /** The decisions on each group, verified where anything goes. */
  Map<GroupKey, Map<AttemptId, Decision>> decide(Collection<KnownGroup> groups) {
    Map<GroupKey, Map<AttemptId, Decision>> decided = new LinkedHashMap<>();
    List<KnownGroup> open = new ArrayList<>(groups);
    while (!open.isEmpty()) {
      Map<KnownGroup, List<KnownSet>> toVerify = new LinkedHashMap<>();
      for (KnownGroup group : open) {
        Map<AttemptId, Decision> decisions = group.decide();
        decided.put(group.key(), decisions);
        List<KnownSet> unverified = group.unverified(decisions);
        if (!unverified.isEmpty()) {
          toVerify.put(group, unverified);
        }
      }
      verify(toVerify.values().stream().flatMap(List::stream).toList());
      open = List.copyOf(toVerify.keySet());
    }
    return decided;
  }

  private void verify(List<KnownSet> sets) {
    if (sets.isEmpty()) {
      return;
    }
    Map<SnapshotId, LiveSnapshot> found = live.find(KnownGroup.snapshots(sets));
    List<SnapshotId> sharingMatters =
        sets.stream()
            .filter(set -> set.terms().map(Terms::keepShared).orElse(false))
            .flatMap(set -> set.snapshots().stream())
            .filter(found::containsKey)
            .toList();
    Map<SnapshotId, List<String>> sharing = live.sharing(sharingMatters);
    sets.forEach(set -> set.verify(found, sharing, now));
  }
}
