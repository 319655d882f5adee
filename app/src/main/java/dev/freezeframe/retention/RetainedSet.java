package dev.freezeframe.retention;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.retention.rule.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/**
 * A set that is there, and why, by what the ledger knows.
 *
 * @param fate of the decision as of now: a set that is to go stays until the next run
 * @param until when its decision changes by itself; empty: not before another set completes
 */
public record RetainedSet(
    GroupKey group,
    AttemptId set,
    Instant pointInTime,
    Optional<Consistency> consistency,
    List<SnapshotId> snapshots,
    Decision.Action fate,
    List<String> reasons,
    Optional<Instant> until) {
  private static final int GROUPS = 1000;

  public RetainedSet {
    snapshots = List.copyOf(snapshots);
    reasons = List.copyOf(reasons);
  }

  /** Whether nothing keeps it, so that it goes in the next run; its reasons say why. */
  public boolean expires() {
    return fate == Decision.Action.EXPIRE;
  }

  /** The sets of every group, by group, the newest first. */
  public static List<RetainedSet> all(Ledger ledger, Instant now) {
    return all(ledger, now, groups -> {});
  }

  /**
   * The same, of which there may be many.
   *
   * @param progress is told how many groups have been read, after each
   */
  public static List<RetainedSet> all(Ledger ledger, Instant now, IntConsumer progress) {
    return of(ledger, any -> true, now, progress);
  }

  /** The sets of one instance, by policy, the newest first. Of others nothing but names is read. */
  public static List<RetainedSet> of(Ledger ledger, InstanceId instance, Instant now) {
    return of(ledger, group -> group.instance().equals(instance), now, groups -> {});
  }

  private static List<RetainedSet> of(
      Ledger ledger, Predicate<GroupKey> wanted, Instant now, IntConsumer progress) {
    List<RetainedSet> sets = new ArrayList<>();
    int read = 0;
    Optional<GroupKey> after = Optional.empty();
    List<GroupKey> page;
    do {
      page = ledger.groups(after, GROUPS);
      for (GroupKey group : page) {
        if (wanted.test(group)) {
          sets.addAll(of(ledger, group, now));
          progress.accept(++read);
        }
      }
      after = page.isEmpty() ? after : Optional.of(page.get(page.size() - 1));
    } while (page.size() == GROUPS);
    return sets;
  }

  /** The sets of one group, the newest first. */
  public static List<RetainedSet> of(Ledger ledger, GroupKey group, Instant now) {
    GroupView read = GroupView.read(ledger, group);
    Map<AttemptId, Decision> decisions = read.decide(now);
    return read.sets().stream().map(set -> of(ledger, set, decisions.get(set.set()))).toList();
  }

  /** What held it last stands beside what the rules say: only EC2 knows of pins and locks. */
  private static RetainedSet of(Ledger ledger, RetentionCandidate set, Decision decision) {
    List<String> reasons = new ArrayList<>(decision.reasons());
    if (decision.expires()) {
      ledger.lives(set.snapshots()).stream()
          .flatMap((SnapshotHistory life) -> life.held().stream())
          .distinct()
          .filter(held -> !reasons.contains(held) && !Decision.isOfState(held))
          .forEach(held -> reasons.add(0, "held in the last run: " + held));
    }
    return new RetainedSet(
        set.group(),
        set.set(),
        set.pointInTime(),
        set.consistency(),
        set.snapshots(),
        decision.fate(),
        reasons,
        decision.reevaluateAt());
  }
}
