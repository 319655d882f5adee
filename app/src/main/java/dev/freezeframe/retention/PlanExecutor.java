package dev.freezeframe.retention;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RateLimiter;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.Deletion;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.IndexedSnapshot;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.PlanPage;
import dev.freezeframe.ledger.PlanPage.PlannedSet;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.retention.rule.Decision;
import dev.freezeframe.snapshot.Ec2Snapshots;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Carries out a page of a plan: deletes what the facts still allow, and nothing that the page does
 * not name; records each deletion, and why the rest stays.
 *
 * <p>It can die after any call and be run again: each deletion is on record before it is ordered,
 * what is on record as deleted is passed over, and what is gone without a record is recorded.
 */
public final class PlanExecutor {
  private final Ledger ledger;
  private final Ec2Snapshots live;
  private final Clock clock;
  private final RateLimiter pace;

  public PlanExecutor(Ledger ledger, Ec2Snapshots live, Clock clock, RateLimiter pace) {
    this.ledger = ledger;
    this.live = live;
    this.clock = clock;
    this.pace = pace;
  }

  /**
   * The result of a page.
   *
   * @param deletedOf how many snapshots were deleted in this call, by policy
   * @param deleted snapshots that the execution has deleted of the page, in whichever of its calls
   * @param gone snapshots that did not exist any more, and that no call of the execution deleted
   * @param kept snapshots that stay, by decision or because EC2 refused
   * @param words on those that stay though the plan had them go
   */
  public record Result(
      SortedMap<PolicyName, Integer> deletedOf,
      int deleted,
      int gone,
      int kept,
      List<String> words) {

    public Result {
      deletedOf = Collections.unmodifiableSortedMap(new TreeMap<>(deletedOf));
      words = List.copyOf(words);
    }
  }

  /**
   * Carries out a page.
   *
   * @param run the execution that does it
   */
  public Result carryOut(PlanPage page, String run) {
    Instant now = clock.instant();
    List<SnapshotHistory> lives = ledger.lives(members(page));
    Map<AttemptId, List<SnapshotHistory>> living = living(lives);
    Map<AttemptId, Decision> decisions = new HashMap<>();
    new GroupDecider(live, ledger.setLeases(now), now)
        .decide(questions(page, living))
        .forEach(group -> decisions.putAll(group.decisions()));
    Tally tally = new Tally();
    for (PlannedSet set : page.sets()) {
      List<SnapshotId> members =
          living.getOrDefault(set.set(), List.of()).stream()
              .map(life -> life.row().snapshot())
              .toList();
      if (members.isEmpty()) {
        continue;
      }
      if (!set.expires()) {
        // A plan may be days old, and nobody looks for what is due on days gone by.
        Optional<Instant> reevaluateAt = set.reevaluateAt().map(at -> at.isBefore(now) ? now : at);
        ledger.recordExpiry(members, reevaluateAt, Optional.of(set.reason()));
        tally.kept += members.size();
        continue;
      }
      Decision decision = decisions.get(set.set());
      if (decision.expires()) {
        delete(set, members, decision, run, tally);
      } else {
        ledger.recordExpiry(members, decision.reevaluateAt(), Optional.of(decision.words()));
        tally.keep(
            members.size(),
            "set %s: the facts have changed since the plan: %s"
                .formatted(set.set(), decision.words()));
      }
    }
    count(page, run, lives, tally);
    return new Result(tally.deletedOf, tally.deleted, tally.gone, tally.kept, tally.words);
  }

  /** The groups of what the page has go, as far as that lives. */
  private List<GroupDecider.Question> questions(
      PlanPage page, Map<AttemptId, List<SnapshotHistory>> living) {
    SortedMap<GroupKey, List<IndexedSnapshot>> groups = new TreeMap<>();
    for (PlannedSet set : page.sets()) {
      if (set.expires() && living.containsKey(set.set())) {
        List<IndexedSnapshot> rows = groups.computeIfAbsent(set.group(), any -> new ArrayList<>());
        living.get(set.set()).stream().map(IndexedSnapshot::of).forEach(rows::add);
      }
    }
    return groups.entrySet().stream()
        .map(
            group ->
                new GroupDecider.Question(
                    GroupView.read(ledger, group.getKey(), group.getValue()),
                    group.getValue().stream()
                        .map(IndexedSnapshot::set)
                        .collect(Collectors.toUnmodifiableSet())))
        .toList();
  }

  /**
   * Counts what has ended, by the rows as they are in the end: a call of before a redrive, or one
   * that is still under way, deletes for the same execution.
   */
  private void count(PlanPage page, String run, List<SnapshotHistory> before, Tally tally) {
    Set<SnapshotId> ordered =
        before.stream()
            .filter(life -> life.deleting().map(Deletion::run).equals(Optional.of(run)))
            .map(life -> life.row().snapshot())
            .collect(Collectors.toSet());
    for (SnapshotHistory life : ledger.lives(members(page))) {
      Optional<Deletion> own = life.deletion().filter(deletion -> deletion.run().equals(run));
      if (own.isEmpty()) {
        continue;
      }
      if (own.get().found() || ordered.contains(life.row().snapshot())) {
        tally.deleted++;
      } else {
        tally.gone++;
      }
    }
  }

  private static List<SnapshotId> members(PlanPage page) {
    return page.sets().stream().flatMap(set -> set.members().stream()).toList();
  }

  /** The rows by set, without those that have ended. */
  private static Map<AttemptId, List<SnapshotHistory>> living(List<SnapshotHistory> lives) {
    Map<AttemptId, List<SnapshotHistory>> living = new TreeMap<>();
    for (SnapshotHistory life : lives) {
      if (life.living()) {
        living.computeIfAbsent(life.row().set(), any -> new ArrayList<>()).add(life);
      }
    }
    return living;
  }

  /**
   * Deletes a set. A refusal of its first snapshot keeps it whole; once one is gone, the others
   * follow as far as EC2 lets them.
   */
  private void delete(
      PlannedSet set, List<SnapshotId> members, Decision decision, String run, Tally tally) {
    boolean begun = members.size() < set.members().size();
    boolean factsExpire = false;
    for (int i = 0; i < members.size(); i++) {
      SnapshotId member = members.get(i);
      pace.await();
      Deletion intended =
          new Deletion(decision.rule(), decision.words(), run, clock.instant(), true);
      if (!ledger.recordDeleting(member, intended)) {
        continue;
      }
      // A restore or drill takes its lease before it looks for deletions: of the two one sees the
      // other.
      Optional<String> restored =
          ledger
              .setLease(set.set(), clock.instant())
              .map(holder -> "set %s is %s".formatted(set.set(), holder.words()));
      if (restored.isPresent()) {
        List<SnapshotId> stay = members.subList(i, members.size());
        ledger.recordExpiry(stay, Optional.of(clock.instant()), restored);
        tally.keep(stay.size(), restored.get());
        return;
      }
      Ec2Snapshots.Ending ending = live.delete(member);
      switch (ending.kind()) {
        case DELETED, GONE -> {
          if (!factsExpire) {
            // Before its row: what a crash leaves here is found by the row that says 'deleting'.
            ledger.recordFactsExpiry(set.set(), intended.at());
            factsExpire = true;
          }
          begun = true;
          boolean found = ending.kind() == Ec2Snapshots.Ending.Kind.DELETED;
          ledger.recordDeletion(member, found ? intended : intended.notFound());
          if (found) {
            tally.deletedOf.merge(set.group().policy(), 1, Integer::sum);
          }
        }
        case REFUSED -> {
          String words = "EC2 refused to delete %s: %s".formatted(member, ending.words());
          List<SnapshotId> stay = begun ? List.of(member) : members.subList(i, members.size());
          ledger.recordExpiry(stay, Optional.of(clock.instant()), Optional.of(words));
          tally.keep(stay.size(), words);
          if (!begun) {
            return;
          }
        }
      }
    }
  }

  private static final class Tally {
    private final List<String> words = new ArrayList<>();
    private final SortedMap<PolicyName, Integer> deletedOf = new TreeMap<>();
    private int deleted;
    private int gone;
    private int kept;

    void keep(int snapshots, String reason) {
      kept += snapshots;
      words.add(reason);
    }
  }
}
