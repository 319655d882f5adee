package dev.freezeframe.operator.restore;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.IndexedSnapshot;
import dev.freezeframe.snapshot.SnapshotState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Chooses the set of an instance: the newest that is whole, that was taken at or before a time, and
 * whose verdict is accepted.
 *
 * @param set empty: no set is chosen
 * @param words why it, and why none of the newer ones, a sentence each
 */
record SetChoice(Optional<AttemptId> set, List<String> words) {
  /** Of newer ones that are passed over. */
  private static final int NAMED = 3;

  SetChoice {
    words = List.copyOf(words);
  }

  /**
   * Chooses.
   *
   * @param living the snapshots of the instance that live
   * @param latest empty: now
   * @param accept besides APPLICATION
   */
  static SetChoice of(
      InstanceId instance,
      Collection<IndexedSnapshot> living,
      Optional<Instant> latest,
      Collection<Consistency> accept) {
    Map<AttemptId, List<IndexedSnapshot>> sets = new TreeMap<>();
    living.stream()
        .filter(one -> latest.map(at -> !one.pointInTime().isAfter(at)).orElse(true))
        .forEach(one -> sets.computeIfAbsent(one.set(), any -> new ArrayList<>()).add(one));
    List<List<IndexedSnapshot>> newestFirst =
        sets.values().stream()
            .sorted(
                Comparator.comparing((List<IndexedSnapshot> set) -> set.get(0).pointInTime())
                    .reversed()
                    .thenComparing(set -> set.get(0).set()))
            .toList();
    List<String> passedOver = new ArrayList<>();
    for (List<IndexedSnapshot> set : newestFirst) {
      Optional<String> why = why(set, accept);
      if (why.isEmpty()) {
        List<String> words = new ArrayList<>();
        words.add(
            "set %s of %s is the newest whole one of %s%s"
                .formatted(
                    set.get(0).set(),
                    set.get(0).pointInTime(),
                    instance,
                    latest.map(" at or before %s"::formatted).orElse("")));
        words.addAll(first(passedOver));
        return new SetChoice(Optional.of(set.get(0).set()), words);
      }
      passedOver.add(
          "set %s of %s is passed over: %s"
              .formatted(set.get(0).set(), set.get(0).pointInTime(), why.get()));
    }
    List<String> words = new ArrayList<>();
    words.add(
        "%s has no whole set%s in the ledger"
            .formatted(instance, latest.map(" at or before %s"::formatted).orElse("")));
    words.addAll(first(passedOver));
    return new SetChoice(Optional.empty(), words);
  }

  private static List<String> first(List<String> words) {
    if (words.size() <= NAMED) {
      return words;
    }
    List<String> some = new ArrayList<>(words.subList(0, NAMED));
    some.add("%d more are passed over".formatted(words.size() - NAMED));
    return some;
  }

  /** Why a set is not chosen; empty: it is. */
  private static Optional<String> why(List<IndexedSnapshot> set, Collection<Consistency> accept) {
    int size = set.stream().flatMapToInt(one -> one.setSize().stream()).max().orElse(set.size());
    if (size > set.size()) {
      return Optional.of("%d of its %d snapshots are left".formatted(set.size(), size));
    }
    if (set.stream()
        .anyMatch(
            one -> one.state().filter(state -> state != SnapshotState.COMPLETED).isPresent())) {
      return Optional.of("not all of its snapshots have completed");
    }
    Consistency verdict =
        set.stream().anyMatch(one -> one.consistency().isEmpty())
            ? Consistency.UNKNOWN
            : set.stream()
                .flatMap(one -> one.consistency().stream())
                .max(Comparator.naturalOrder())
                .orElse(Consistency.UNKNOWN);
    return verdict == Consistency.APPLICATION || accept.contains(verdict)
        ? Optional.empty()
        : Optional.of("it is %s; --accept %s takes it".formatted(verdict, verdict));
  }
}
