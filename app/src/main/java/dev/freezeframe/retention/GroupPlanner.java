package dev.freezeframe.retention;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.retention.rule.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides on groups by what the ledger and EC2 say, EC2 being asked for many of them at once. */
final class GroupPlanner {
  private final Ec2Snapshots live;
  private final Instant now;

  GroupPlanner(Ec2Snapshots live, Instant now) {
    this.live = live;
    this.now = now;
  }

  /** The decisions on each group, verified where anything goes. */
  Map<GroupKey, Map<AttemptId, Decision>> decide(Collection<GroupView> groups) {
    Map<GroupKey, Map<AttemptId, Decision>> decided = new LinkedHashMap<>();
    List<GroupView> open = new ArrayList<>(groups);
    while (!open.isEmpty()) {
      Map<GroupView, List<RetentionCandidate>> toVerify = new LinkedHashMap<>();
      for (GroupView group : open) {
        Map<AttemptId, Decision> decisions = group.decide();
        decided.put(group.key(), decisions);
        List<RetentionCandidate> unverified = group.unverified(decisions);
        if (!unverified.isEmpty()) {
          toVerify.put(group, unverified);
        }
      }
      verify(toVerify.values().stream().flatMap(List::stream).toList());
      open = List.copyOf(toVerify.keySet());
    }
    return decided;
  }

  private void verify(List<RetentionCandidate> sets) {
    if (sets.isEmpty()) {
      return;
    }
    Map<SnapshotId, Ec2Snapshot> found = live.find(GroupView.snapshots(sets));
    List<SnapshotId> sharingMatters =
        sets.stream()
            .filter(set -> set.terms().map(RetentionSettings::keepShared).orElse(false))
            .flatMap(set -> set.snapshots().stream())
            .filter(found::containsKey)
            .toList();
    Map<SnapshotId, List<String>> sharing = live.sharing(sharingMatters);
    sets.forEach(set -> set.verify(found, sharing, now));
  }
}
