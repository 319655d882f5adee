package dev.freezeframe.retention;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.drill.DrilledGroup;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.IndexedSnapshot;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.retention.rule.Decision;
import dev.freezeframe.retention.rule.Decisions;
import dev.freezeframe.retention.rule.SetFacts;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All sets of one group while it is decided on.
 *
 * @param sets the newest first
 */
record GroupView(GroupKey key, List<RetentionCandidate> sets) {
  private static final Comparator<RetentionCandidate> NEWEST_FIRST =
      Comparator.comparing(RetentionCandidate::pointInTime)
          .thenComparing(RetentionCandidate::set)
          .reversed();

  GroupView {
    sets = sets.stream().sorted(NEWEST_FIRST).toList();
  }

  /** Reads the whole group. */
  static GroupView read(Ledger ledger, GroupKey key) {
    return read(ledger, key, List.of());
  }

  /**
   * Reads the whole group.
   *
   * @param rows snapshots of it of which the caller knows more than the index shows
   */
  static GroupView read(Ledger ledger, GroupKey key, Collection<IndexedSnapshot> rows) {
    Optional<AttemptId> drilled =
        ledger
            .drilledGroup(key.policy(), key.instance())
            .flatMap(DrilledGroup::proved)
            .map(DrilledGroup.Proved::set);
    Map<AttemptId, Map<SnapshotId, IndexedSnapshot>> sets = new LinkedHashMap<>();
    for (Collection<IndexedSnapshot> source : List.of(ledger.members(key), rows)) {
      for (IndexedSnapshot member : source) {
        sets.computeIfAbsent(member.set(), any -> new TreeMap<>())
            .merge(member.snapshot(), member, (index, row) -> row.withSizeOf(index));
      }
    }
    return new GroupView(
        key,
        sets.entrySet().stream()
            .map(
                set ->
                    new RetentionCandidate(
                        set.getValue().values(),
                        Optional.empty(),
                        drilled.filter(set.getKey()::equals).isPresent()))
            .toList());
  }

  /** How many snapshots it has. */
  int snapshots() {
    return sets.stream().mapToInt(set -> set.members().size()).sum();
  }

  /** The terms in force: those of the newest set that has any. */
  private Optional<RetentionSettings> terms() {
    return sets.stream().flatMap(set -> set.terms().stream()).findFirst();
  }

  /** Whether a set stays while it is shared, by its own terms or by those in force. */
  boolean keepsShared(RetentionCandidate set) {
    return Stream.concat(set.terms().stream(), terms().stream())
        .anyMatch(RetentionSettings::keepShared);
  }

  /** The zone of a set's terms, or of those in force where it has none. */
  ZoneId zone(RetentionCandidate set) {
    return set.terms().or(this::terms).map(RetentionSettings::zone).orElse(ZoneOffset.UTC);
  }

  /** The sets that are due. */
  List<RetentionCandidate> due(Instant now) {
    return sets.stream()
        .filter(set -> set.dueAt().map(at -> !at.isAfter(now)).orElse(false))
        .toList();
  }

  /** The group with what EC2 says of some of its sets. */
  GroupView with(Map<AttemptId, RetentionCandidate> asked) {
    return new GroupView(
        key, sets.stream().map(set -> asked.getOrDefault(set.set(), set)).toList());
  }

  /**
   * Decides on each set.
   *
   * <p>A set that has lost a member counts for nothing. It goes if it would go were it whole, so
   * that a deletion that died half-way is brought to its end; else it is kept as a partial one.
   */
  Map<AttemptId, Decision> decide(Instant now) {
    Map<AttemptId, SetFacts> facts = new LinkedHashMap<>();
    sets.forEach(set -> facts.put(set.set(), set.facts()));
    Map<AttemptId, Decision> decisions = decide(facts, now);
    for (RetentionCandidate set : sets) {
      if (set.torn()) {
        Map<AttemptId, SetFacts> ifWhole = new LinkedHashMap<>(facts);
        ifWhole.put(set.set(), set.factsIfWhole());
        Decision decision = decide(ifWhole, now).get(set.set());
        if (decision.expires()) {
          decisions.put(set.set(), decision);
        }
      }
    }
    return decisions;
  }

  private static Map<AttemptId, Decision> decide(Map<AttemptId, SetFacts> facts, Instant now) {
    return Decisions.of(facts.values(), now).stream()
        .collect(Collectors.toMap(Decision::set, Function.identity()));
  }
}
