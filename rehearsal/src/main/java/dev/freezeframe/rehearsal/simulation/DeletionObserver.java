package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.Retention;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotView;
import dev.freezeframe.rehearsal.run.EmbeddedCloud;
import dev.freezeframe.snapshot.SnapshotTags;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Looks at every deletion at the instant of its call, by a slow reading of docs/retention.md of its
 * own. It judges by what EC2 truly has; of the ledger it takes verdicts and recorded ages.
 */
public final class DeletionObserver {
  private static final Duration FRESH = Duration.ofDays(1);

  private final List<Policy> policies;
  private final ManualActions trail;
  private final Map<String, Set<String>> tried = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();
  private final List<String> small = new ArrayList<>();

  DeletionObserver(List<Policy> policies, ManualActions trail) {
    this.policies = policies;
    this.trail = trail;
  }

  /** Deletions that no rule allows. */
  public List<String> wrong() {
    return Collections.unmodifiableList(wrong);
  }

  /** Deletions that leave too little. */
  public List<String> small() {
    return Collections.unmodifiableList(small);
  }

  /** A snapshot is about to be deleted by a task. */
  void look(EmbeddedCloud cloud, String snapshot) {
    Map<String, SnapshotView> there =
        cloud.ec2().snapshots().stream()
            .collect(Collectors.toMap(SnapshotView::snapshotId, view -> view));
    if (!there.containsKey(snapshot)) {
      return;
    }
    List<SnapshotHistory> known = cloud.ledger().lives(Set.of(new SnapshotId(snapshot)));
    if (known.isEmpty()) {
      wrong.add("expected a row of %s before it is deleted, found none".formatted(snapshot));
      return;
    }
    SnapshotHistory life = known.get(0);
    Instant now = cloud.time().instant();
    if (begun(life.row().set().value(), snapshot, there.keySet())
        || trail.touchedShortlyBefore(life.row().instance().value(), now)) {
      return;
    }
    Policy policy =
        policies.stream()
            .filter(candidate -> candidate.name().equals(life.row().policy()))
            .findFirst()
            .orElseThrow();
    judge(
        policy, group(life, cloud.ledgerSnapshots(), there), life.row().set().value(), cloud, now);
  }

  /** Whether a call for another snapshot of the set has gone through: what follows is its rest. */
  private boolean begun(String set, String snapshot, Set<String> there) {
    Set<String> before = tried.computeIfAbsent(set, any -> new HashSet<>());
    boolean begun = !there.containsAll(before);
    before.add(snapshot);
    return begun;
  }

  private static List<Sets> group(
      SnapshotHistory one,
      Map<SnapshotId, SnapshotHistory> lives,
      Map<String, SnapshotView> there) {
    Map<String, List<SnapshotHistory>> sets = new TreeMap<>();
    lives.values().stream()
        .filter(life -> life.row().policy().equals(one.row().policy()))
        .filter(life -> life.row().instance().equals(one.row().instance()))
        .forEach(
            life ->
                sets.computeIfAbsent(life.row().set().value(), any -> new ArrayList<>()).add(life));
    return sets.values().stream()
        .map(members -> Sets.of(members, there))
        .sorted(Comparator.comparing(Sets::at).thenComparing(Sets::id).reversed())
        .toList();
  }

  private void judge(Policy policy, List<Sets> group, String id, EmbeddedCloud cloud, Instant now) {
    Sets set = group.stream().filter(one -> one.id.equals(id)).findFirst().orElseThrow();
    List<Sets> others = group.stream().filter(one -> !one.id.equals(id)).toList();
    String what = "set %s of %s, taken at %s".formatted(id, policy.name(), set.at);
    heldWhy(set, others, cloud, now)
        .or(() -> keptWhy(policy, set, group, others, now))
        .ifPresent(
            why ->
                wrong.add(
                    "expected %s to be kept: %s; found it deleted at %s"
                        .formatted(what, why, now)));
    int minimum = policy.retention().minimum().orElse(1);
    long whole = others.stream().filter(Sets::whole).count();
    long proved = others.stream().filter(Sets::proved).count();
    if ((set.whole && whole < minimum) || (set.proved() && proved < minimum)) {
      small.add(
          "expected a minimum of %d beside %s, found %d whole sets, %d application-consistent, at %s"
              .formatted(minimum, what, whole, proved, now));
    }
  }

  private static Optional<String> heldWhy(
      Sets set, List<Sets> others, EmbeddedCloud cloud, Instant now) {
    for (SnapshotView member : set.there) {
      if (member.state().equals("pending")) {
        return Optional.of(member.snapshotId() + " is pending");
      }
      if (member.tags().containsKey(SnapshotTags.PIN)) {
        return Optional.of(member.snapshotId() + " is pinned");
      }
      if (cloud.ec2().isProtected(member.snapshotId())) {
        return Optional.of(member.snapshotId() + " is locked or in an image");
      }
      if (!member.tags().containsKey(SnapshotTags.SET)) {
        return Optional.of(member.snapshotId() + " is not provably ours");
      }
    }
    boolean fresh = now.isBefore(set.at.plus(FRESH));
    if (fresh && !set.restorable) {
      return Optional.of("it failed less than a day ago");
    }
    if (fresh && set.verdict.isEmpty()) {
      return Optional.of("it has no verdict and is younger than a day");
    }
    return set.proved() && others.stream().noneMatch(one -> one.proved() && one.newerThan(set))
        ? Optional.of("it is the newest application-consistent set")
        : Optional.empty();
  }

  private static Optional<String> keptWhy(
      Policy policy, Sets set, List<Sets> group, List<Sets> others, Instant now) {
    Retention rules = policy.retention();
    int days = Math.max(set.days, group.stream().mapToInt(one -> one.days).findFirst().orElse(0));
    if (set.restorable && now.isBefore(set.at.plus(Duration.ofDays(days)))) {
      return Optional.of("its age of %d days is not over".formatted(days));
    }
    List<Sets> newer = others.stream().filter(Sets::whole).filter(o -> o.newerThan(set)).toList();
    if (set.whole && rules.count().isPresent() && newer.size() < rules.count().getAsInt()) {
      return Optional.of("it is among the newest " + rules.count().getAsInt());
    }
    int daily = rules.tiers().map(tiers -> tiers.daily().orElse(0)).orElse(0);
    ZoneId zone = policy.schedule().timeZone();
    Set<LocalDate> newerDays = newer.stream().map(one -> one.day(zone)).collect(Collectors.toSet());
    if (set.whole && !newerDays.contains(set.day(zone)) && newerDays.size() < daily) {
      return Optional.of("it is the newest of one of the last %d days".formatted(daily));
    }
    boolean rule = rules.count().isPresent() || rules.tiers().isPresent() || days > 0;
    return rule || !set.restorable ? Optional.empty() : Optional.of("no rule ends anything");
  }

  /** One set as it truly is. */
  private record Sets(
      String id,
      Instant at,
      boolean whole,
      boolean restorable,
      Optional<Consistency> verdict,
      int days,
      List<SnapshotView> there) {

    static Sets of(List<SnapshotHistory> members, Map<String, SnapshotView> there) {
      List<SnapshotView> views =
          members.stream()
              .map(life -> there.get(life.row().snapshot().value()))
              .filter(view -> view != null)
              .toList();
      List<SnapshotView> completed =
          views.stream().filter(view -> view.state().equals("completed")).toList();
      return new Sets(
          members.get(0).row().set().value(),
          members.get(0).row().pointInTime(),
          completed.size() == members.size(),
          !completed.isEmpty(),
          members.stream().flatMap(life -> life.row().consistency().stream()).findFirst(),
          members.stream()
              .flatMap(life -> life.terms().stream())
              .mapToInt(terms -> terms.days().orElse(0))
              .findFirst()
              .orElse(0),
          views);
    }

    boolean proved() {
      return whole && verdict.equals(Optional.of(Consistency.APPLICATION));
    }

    boolean newerThan(Sets other) {
      int byTime = at.compareTo(other.at);
      return byTime > 0 || (byTime == 0 && id.compareTo(other.id) > 0);
    }

    LocalDate day(ZoneId zone) {
      return at.atZone(zone).toLocalDate();
    }
  }
}
