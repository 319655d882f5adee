package dev.freezeframe.retention;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.IndexedSnapshot;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.retention.rule.SetFacts;
import dev.freezeframe.retention.rule.SetState;
import dev.freezeframe.snapshot.Ec2Snapshot;
import dev.freezeframe.snapshot.SnapshotState;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * A set that retention decides on: what the ledger says of its members, and what EC2 says once it
 * has been asked.
 *
 * @param members those that are neither deleted nor vanished by what the ledger says; at least one
 * @param inEc2 empty: EC2 has not been asked about it
 * @param drilled whether it is the newest of its group that passed a drill
 */
record RetentionCandidate(
    Collection<IndexedSnapshot> members, Optional<InEc2> inEc2, boolean drilled) {

  /**
   * What EC2 says of a set.
   *
   * @param states of the members that exist
   * @param holds what keeps any of them
   */
  record InEc2(Map<SnapshotId, SnapshotState> states, List<String> holds) {}

  RetentionCandidate {
    members = List.copyOf(members);
  }

  /** One of which EC2 has not been asked, and that has not passed a drill. */
  RetentionCandidate(Collection<IndexedSnapshot> members, Optional<InEc2> inEc2) {
    this(members, inEc2, false);
  }

  private IndexedSnapshot first() {
    return members.iterator().next();
  }

  AttemptId set() {
    return first().set();
  }

  GroupKey group() {
    return first().group();
  }

  Instant pointInTime() {
    return first().pointInTime();
  }

  List<SnapshotId> snapshots() {
    return members.stream().map(IndexedSnapshot::snapshot).toList();
  }

  /** When it fell due; empty: the ledger has no time for it. */
  Optional<Instant> dueAt() {
    return members.stream()
        .flatMap(member -> member.expiresAt().stream())
        .min(Comparator.naturalOrder());
  }

  Optional<RetentionSettings> terms() {
    return members.stream().flatMap(member -> member.terms().stream()).findFirst();
  }

  /** The verdict on the set; a member that was adopted later is UNKNOWN and takes none of it. */
  Optional<Consistency> consistency() {
    return members.stream()
        .flatMap(member -> member.consistency().stream())
        .min(Comparator.naturalOrder());
  }

  /**
   * The same set, of which EC2 has been asked.
   *
   * @param sharing of those that must not be deleted while they are shared
   * @param zone in which the date of a pin is meant
   */
  RetentionCandidate asked(
      Map<SnapshotId, Ec2Snapshot> existing,
      Map<SnapshotId, List<String>> sharing,
      ZoneId zone,
      Instant now) {
    List<Ec2Snapshot> found =
        snapshots().stream().filter(existing::containsKey).map(existing::get).toList();
    List<String> holds = new ArrayList<>();
    for (Ec2Snapshot one : found) {
      List<String> sharedWith = sharing.getOrDefault(one.snapshot(), List.of());
      holds.addAll(Protection.on(new Protection.Asked(one, group(), set(), sharedWith, zone, now)));
    }
    return new RetentionCandidate(members, Optional.of(new InEc2(states(found), holds)), drilled);
  }

  /** The same set, which something else than EC2 keeps as well. */
  RetentionCandidate held(String words) {
    InEc2 known = inEc2.orElseThrow();
    List<String> holds = new ArrayList<>(known.holds());
    holds.add(words);
    return new RetentionCandidate(members, Optional.of(new InEc2(known.states(), holds)), drilled);
  }

  private static Map<SnapshotId, SnapshotState> states(List<Ec2Snapshot> found) {
    return found.stream().collect(Collectors.toMap(Ec2Snapshot::snapshot, Ec2Snapshot::state));
  }

  /** Whether it has lost a member, by what it was judged with or by what EC2 says. */
  boolean torn() {
    return members.stream()
            .map(IndexedSnapshot::setSize)
            .flatMapToInt(OptionalInt::stream)
            .anyMatch(size -> size > members.size())
        || inEc2.map(known -> known.states().size() < members.size()).orElse(false);
  }

  /** What the rules decide on: a set that has lost a member is no whole backup any more. */
  SetFacts facts() {
    List<SnapshotState> states = new ArrayList<>(states());
    if (inEc2.isPresent()) {
      while (states.size() < members.size()) {
        states.add(SnapshotState.ERROR);
      }
    }
    SetState state = SetState.of(states);
    return facts(torn() && state == SetState.COMPLETED ? SetState.PARTIAL : state);
  }

  /** The same as if it had never had the members that are gone. */
  SetFacts factsIfWhole() {
    List<SnapshotState> states = states();
    return facts(states.isEmpty() ? SetState.COMPLETED : SetState.of(states));
  }

  /** A member of which no state is known is taken for completed until EC2 is asked. */
  private List<SnapshotState> states() {
    return inEc2
        .map(known -> List.copyOf(known.states().values()))
        .orElseGet(
            () ->
                members.stream()
                    .map(member -> member.state().orElse(SnapshotState.COMPLETED))
                    .toList());
  }

  private SetFacts facts(SetState state) {
    List<String> holds = inEc2.map(InEc2::holds).orElse(List.of());
    return new SetFacts(set(), pointInTime(), state, consistency(), terms(), holds, drilled);
  }
}
