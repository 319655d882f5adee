package dev.freezeframe.retention;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.ExpiryLedger;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.IndexedSnapshot;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.retention.rule.Decision;
import dev.freezeframe.retention.rule.Decisions;
import dev.freezeframe.retention.rule.SetState;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A group while it is decided on: the sets that are asked about, and as many of its newest as it
 * takes to expire those, which is few where only age ends them.
 */
final class GroupView {
  private final GroupKey group;
  private final Instant now;
  private final Map<AttemptId, RetentionCandidate> asked = new LinkedHashMap<>();
  private final Map<AttemptId, RetentionCandidate> sets = new LinkedHashMap<>();
  private final Iterator<IndexedSnapshot> newestFirst;
  private Optional<RetentionCandidate> reading = Optional.empty();
  private boolean exhausted;
  private int toRead;

  /**
   * Begins.
   *
   * @param due members of the sets that are asked about; none: the whole group is
   * @param atLeast how many sets of the group to read at least, besides those
   */
  GroupView(
      ExpiryLedger ledger,
      GroupKey group,
      Collection<IndexedSnapshot> due,
      int atLeast,
      Instant now) {
    this.group = group;
    this.now = now;
    due.forEach(
        member ->
            asked.computeIfAbsent(member.set(), any -> new RetentionCandidate(member)).add(member));
    sets.putAll(asked);
    this.toRead = due.isEmpty() ? Integer.MAX_VALUE : atLeast(atLeast);
    int setSize = asked.isEmpty() ? 1 : Math.max(1, due.size() / asked.size());
    int page = due.isEmpty() ? 1000 : Math.min(1000, toRead * setSize);
    this.newestFirst = ledger.newestFirst(group, page);
  }

  private int atLeast(int asSettingsWant) {
    int minimum =
        asked.values().stream()
            .flatMap(set -> set.terms().stream())
            .mapToInt(terms -> Math.max(terms.minimum(), terms.count().orElse(0)))
            .max()
            .orElse(RetentionSettings.MIN);
    return Math.max(1, Math.max(minimum, asSettingsWant));
  }

  /** Adds members of a set of which more is known than the index shows. */
  void add(Collection<IndexedSnapshot> members) {
    readOn();
    for (IndexedSnapshot member : members) {
      sets.computeIfAbsent(member.set(), any -> new RetentionCandidate(member)).add(member);
    }
  }

  GroupKey key() {
    return group;
  }

  /** The sets that were asked about; the whole group if none were. */
  Collection<RetentionCandidate> asked() {
    return exhausted && asked.isEmpty() ? sets.values() : asked.values();
  }

  RetentionCandidate set(AttemptId set) {
    return sets.get(set);
  }

  /** How many sets of the group are known; all of them if it was read to its end. */
  int size() {
    return sets.size();
  }

  /**
   * Decides on all that is known, having read as much of the group as it takes.
   *
   * @return by set
   */
  Map<AttemptId, Decision> decide() {
    while (true) {
      readOn();
      Map<AttemptId, Decision> decisions = decideOnWhatIsKnown();
      if (!exhausted && mayChange(decisions)) {
        toRead = sets.size() * 2;
      } else {
        return decisions;
      }
    }
  }

  private Map<AttemptId, Decision> decideOnWhatIsKnown() {
    while (true) {
      Map<AttemptId, Decision> decisions =
          Decisions.of(sets.values().stream().map(RetentionCandidate::facts).toList(), now).stream()
              .collect(Collectors.toMap(Decision::set, Function.identity()));
      boolean changed = false;
      for (RetentionCandidate set : sets.values()) {
        if (!decisions.get(set.set()).expires() && (exhausted || set.wasRead())) {
          changed |= set.demote();
        }
      }
      if (!changed) {
        return decisions;
      }
    }
  }

  /** Whether more of the group could expire a set that is asked about, or complete one. */
  private boolean mayChange(Map<AttemptId, Decision> decisions) {
    return asked.values().stream()
        .anyMatch(
            set -> {
              Decision decision = decisions.get(set.set());
              return set.lacksMembers()
                  || (!decision.expires() && decision.reevaluateAt().isEmpty());
            });
  }

  private void readOn() {
    while (!exhausted && read() < toRead) {
      if (!newestFirst.hasNext()) {
        exhausted = true;
        reading.ifPresent(this::take);
        return;
      }
      IndexedSnapshot next = newestFirst.next();
      if (reading.isEmpty() || !reading.get().set().equals(next.set())) {
        reading.ifPresent(this::take);
        reading = Optional.of(new RetentionCandidate(next));
      }
      reading.get().add(next);
      if (reading.get().hasAllMembers()) {
        take(reading.get());
        reading = Optional.empty();
      }
    }
  }

  private int read() {
    return sets.size() - asked.size();
  }

  /** Adds a set that was read whole to what is known. */
  private void take(RetentionCandidate whole) {
    RetentionCandidate known = sets.putIfAbsent(whole.set(), whole);
    if (known != null && !known.verified()) {
      whole.members().forEach(known::add);
    }
    sets.get(whole.set()).wasReadWhole();
  }

  /**
   * The sets that EC2 has to be asked about before decisions stand: those that are asked about, and
   * those on which the going of any rests.
   */
  List<RetentionCandidate> unverified(Map<AttemptId, Decision> decisions) {
    boolean anyGoes = asked.keySet().stream().anyMatch(set -> decisions.get(set).expires());
    return sets.values().stream()
        .filter(set -> !set.verified())
        .filter(
            set -> asked.containsKey(set.set()) || (anyGoes && decisions.get(set.set()).guards()))
        .toList();
  }

  /** What the group would lose by these decisions. */
  Turnover turnover(Map<AttemptId, Decision> decisions) {
    List<RetentionCandidate> going =
        asked().stream()
            .filter(set -> decisions.get(set.set()).expires())
            .filter(set -> set.facts().state() != SetState.FAILED)
            .toList();
    Optional<Instant> firstDue =
        going.stream().flatMap(set -> set.dueAt().stream()).min(Comparator.naturalOrder());
    int taken =
        (int)
            sets.values().stream()
                .filter(set -> firstDue.map(due -> !set.pointInTime().isBefore(due)).orElse(false))
                .count();
    return new Turnover(going.size(), size(), taken, snapshots(going).size());
  }

  /** The ids of some sets. */
  static List<SnapshotId> snapshots(Collection<RetentionCandidate> sets) {
    return sets.stream().flatMap(set -> set.snapshots().stream()).toList();
  }
}
