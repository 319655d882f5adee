package dev.freezeframe.retention;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.IndexedSnapshot;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.retention.rule.Hold;
import dev.freezeframe.retention.rule.SetFacts;
import dev.freezeframe.retention.rule.SetState;
import dev.freezeframe.snapshot.SnapshotState;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A set while it is looked into: what the ledger says of its members, then what EC2 says. */
final class RetentionCandidate {
  private final AttemptId set;
  private final GroupKey group;
  private final Instant pointInTime;
  private final SortedMap<SnapshotId, IndexedSnapshot> members = new TreeMap<>();
  private final SortedMap<SnapshotId, SnapshotState> states = new TreeMap<>();
  private final List<Hold> holds = new ArrayList<>();
  private boolean verified;
  private boolean torn;
  private boolean demoted;
  private boolean readWhole;

  RetentionCandidate(IndexedSnapshot first) {
    this.set = first.set();
    this.group = first.group();
    this.pointInTime = first.pointInTime();
  }

  /** Adds a member, or what another index knows of it. */
  void add(IndexedSnapshot member) {
    members.merge(
        member.snapshot(), member, (known, later) -> later.state().isPresent() ? later : known);
  }

  AttemptId set() {
    return set;
  }

  GroupKey group() {
    return group;
  }

  Instant pointInTime() {
    return pointInTime;
  }

  List<SnapshotId> snapshots() {
    return List.copyOf(members.keySet());
  }

  Collection<IndexedSnapshot> members() {
    return members.values();
  }

  /** When it fell due; empty: the ledger has no time for it. */
  Optional<Instant> dueAt() {
    return members.values().stream()
        .flatMap(member -> member.expiresAt().stream())
        .min(Comparator.naturalOrder());
  }

  /** Whether the ledger has shown fewer members than the set was judged with. */
  boolean lacksMembers() {
    return members.values().stream()
        .anyMatch(member -> member.setSize().orElse(0) > members.size());
  }

  /** The index has shown whatever of it there is. */
  void wasReadWhole() {
    readWhole = true;
  }

  /** Whether members that it lacks are gone, not only unread. */
  boolean wasRead() {
    return readWhole || !lacksMembers();
  }

  /** Whether the set is known to have no more members than the ledger has shown. */
  boolean hasAllMembers() {
    return members.values().stream()
        .anyMatch(member -> member.setSize().orElse(Integer.MAX_VALUE) <= members.size());
  }

  Optional<RetentionSettings> terms() {
    return members.values().stream().flatMap(member -> member.terms().stream()).findFirst();
  }

  boolean verified() {
    return verified;
  }

  /** Takes over what EC2 says. */
  void verify(
      Map<SnapshotId, Ec2Snapshot> live, Map<SnapshotId, List<String>> sharing, Instant now) {
    verified = true;
    ZoneId zone = terms().map(RetentionSettings::zone).orElse(ZoneOffset.UTC);
    for (SnapshotId member : members.keySet()) {
      Ec2Snapshot found = live.get(member);
      if (found == null) {
        torn = true;
        continue;
      }
      states.put(member, found.state());
      holds.addAll(
          Protection.on(
              new Protection.Asked(
                  found, group, set, sharing.getOrDefault(member, List.of()), zone, now)));
    }
  }

  /**
   * Counts a set of which members are gone as no whole backup any more.
   *
   * <p>Only one that would be kept: what would go even if it were whole goes all the same, so that
   * a deletion that died half-way is brought to its end.
   *
   * @return whether that changed anything
   */
  boolean demote() {
    boolean changes = (torn || lacksMembers()) && !demoted;
    demoted = demoted || changes;
    return changes;
  }

  SetFacts facts() {
    return new SetFacts(set, pointInTime, state(), consistency(), terms(), holds);
  }

  /** The verdict on the set; a member that was adopted later is UNKNOWN and takes none of it. */
  Optional<Consistency> consistency() {
    return members.values().stream()
        .flatMap(member -> member.consistency().stream())
        .min(Comparator.naturalOrder());
  }

  /** A member of which no state is known is taken for completed until EC2 is asked. */
  private SetState state() {
    List<SnapshotState> known = new ArrayList<>();
    for (IndexedSnapshot member : members.values()) {
      if (!verified) {
        known.add(member.state().orElse(SnapshotState.COMPLETED));
      } else if (states.containsKey(member.snapshot())) {
        known.add(states.get(member.snapshot()));
      } else if (demoted) {
        known.add(SnapshotState.ERROR);
      }
    }
    if (known.isEmpty()) {
      return SetState.COMPLETED;
    }
    SetState state = SetState.of(known);
    return demoted && state == SetState.COMPLETED ? SetState.PARTIAL : state;
  }
}
