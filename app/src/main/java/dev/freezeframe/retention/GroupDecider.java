package dev.freezeframe.retention;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.SetHolder;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.retention.rule.Decision;
import dev.freezeframe.snapshot.Ec2Snapshot;
import dev.freezeframe.snapshot.Ec2Snapshots;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * Decides on groups by what the ledger says, asks EC2 about what goes and what it goes for, and
 * decides once more.
 */
final class GroupDecider {
  private final Ec2Snapshots live;
  private final Map<AttemptId, SetHolder> leases;
  private final Instant now;

  /**
   * Decides by what is so at an instant.
   *
   * @param leases the sets that are being restored or drilled, and by what
   */
  GroupDecider(Ec2Snapshots live, Map<AttemptId, SetHolder> leases, Instant now) {
    this.live = live;
    this.leases = Map.copyOf(leases);
    this.now = now;
  }

  /**
   * A group, and what is to be decided on.
   *
   * @param due sets of it
   */
  record Question(GroupView group, Set<AttemptId> due) {

    static Question of(GroupView group, Instant now) {
      return new Question(group, ids(group.due(now)));
    }

    List<RetentionCandidate> sets() {
      return group.sets().stream().filter(set -> due.contains(set.set())).toList();
    }

    /** About how many snapshots EC2 is asked at least. */
    int snapshots() {
      return sets().stream().mapToInt(set -> set.members().size()).sum();
    }
  }

  /**
   * A group that was decided on.
   *
   * @param decisions on all of its sets
   */
  record Decided(Question question, Map<AttemptId, Decision> decisions) {

    GroupView group() {
      return question.group();
    }

    /** The sets that were due. */
    List<RetentionCandidate> sets() {
      return question.sets();
    }

    Decision on(AttemptId set) {
      return decisions.get(set);
    }

    /**
     * The sets that EC2 has to be asked about before the decisions stand: those that are due, and
     * those that let any of them go by staying.
     */
    private List<RetentionCandidate> unasked() {
      boolean anyGoes = question.due().stream().anyMatch(set -> on(set).expires());
      return group().sets().stream()
          .filter(set -> set.inEc2().isEmpty())
          .filter(set -> question.due().contains(set.set()) || (anyGoes && on(set.set()).guards()))
          .toList();
    }
  }

  /**
   * Decides on some groups, of which EC2 is asked together.
   *
   * <p>As a rule they are decided on twice. It takes a third time only where EC2 has lost a set
   * that others would have gone for, as another then has to stand in for it.
   */
  List<Decided> decide(Collection<Question> groups) {
    List<Decided> decided =
        groups.stream().map(group -> new Decided(group, group.group().decide(now))).toList();
    while (decided.stream().anyMatch(group -> !group.unasked().isEmpty())) {
      Map<AttemptId, RetentionCandidate> asked = ask(decided);
      decided =
          decided.stream()
              .map(group -> group.unasked().isEmpty() ? group : decideOnceMore(group, asked))
              .toList();
    }
    return decided;
  }

  private Decided decideOnceMore(Decided before, Map<AttemptId, RetentionCandidate> asked) {
    GroupView group = before.group().with(asked);
    return new Decided(new Question(group, before.question().due()), group.decide(now));
  }

  /** What EC2 says of the sets of some groups that it has to be asked about. */
  private Map<AttemptId, RetentionCandidate> ask(List<Decided> groups) {
    Map<SnapshotId, Ec2Snapshot> found = live.find(snapshots(groups, (group, set) -> true));
    List<SnapshotId> sharingMatters =
        snapshots(groups, GroupView::keepsShared).stream().filter(found::containsKey).toList();
    Map<SnapshotId, List<String>> sharing = live.sharing(sharingMatters);
    Map<AttemptId, RetentionCandidate> asked = new HashMap<>();
    for (Decided group : groups) {
      for (RetentionCandidate set : group.unasked()) {
        asked.put(set.set(), leased(set.asked(found, sharing, group.group().zone(set), now)));
      }
    }
    return asked;
  }

  private RetentionCandidate leased(RetentionCandidate set) {
    SetHolder holder = leases.get(set.set());
    return holder == null ? set : set.held(holder.words());
  }

  /** The members of the sets that EC2 has to be asked about, and of which something holds. */
  private static List<SnapshotId> snapshots(
      List<Decided> groups, BiPredicate<GroupView, RetentionCandidate> which) {
    return groups.stream()
        .flatMap(group -> group.unasked().stream().filter(set -> which.test(group.group(), set)))
        .flatMap(set -> set.snapshots().stream())
        .toList();
  }

  private static Set<AttemptId> ids(Collection<RetentionCandidate> sets) {
    return sets.stream().map(RetentionCandidate::set).collect(Collectors.toUnmodifiableSet());
  }
}
