package dev.freezeframe.retention.rule;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.retention.rule.Decision.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides on the sets of one group: keep if any row of the table keeps. */
public final class Decisions {
  private static final List<RetentionRule> TABLE =
      Stream.of(
              List.of(new HoldRule(), new NewestApplicationRule(), new AgeRule()),
              BucketRule.TABLE,
              List.of(new MinimumRule()))
          .<RetentionRule>flatMap(List::stream)
          .toList();

  private Decisions() {}

  /**
   * Decides on each set of a group, or of a part of it that begins with its newest.
   *
   * @param sets in any order
   * @return newest first
   */
  public static List<Decision> of(Collection<SetFacts> sets, Instant now) {
    List<SetFacts> newestFirst = Group.newestFirst(sets);
    Optional<RetentionSettings> terms =
        newestFirst.stream().flatMap(set -> set.terms().stream()).findFirst();
    if (terms.isEmpty()) {
      return keepAll(newestFirst, "unknown", "no terms are on record for its group");
    }
    if (terms.get().keepEverything()) {
      return keepAll(newestFirst, "everything", "the policy has no rule that ends a set");
    }
    return decide(new Group(newestFirst, terms.get(), now));
  }

  private static List<Decision> keepAll(List<SetFacts> sets, String rule, String reason) {
    return sets.stream()
        .map(
            set ->
                new Decision(
                    set.set(), Action.KEEP, List.of(rule), List.of(reason), Optional.empty()))
        .toList();
  }

  private static List<Decision> decide(Group group) {
    Map<RetentionRule, Map<AttemptId, String>> kept = new LinkedHashMap<>();
    TABLE.stream()
        .filter(keeper -> keeper.name(group).isPresent())
        .forEach(keeper -> kept.put(keeper, keeper.kept(group)));
    return group.sets().stream().map(set -> decide(group, set, kept)).toList();
  }

  private static Decision decide(
      Group group, SetFacts set, Map<RetentionRule, Map<AttemptId, String>> kept) {
    List<String> rules = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    kept.forEach(
        (keeper, sets) -> {
          if (sets.containsKey(set.set())) {
            rules.add(keeper.name(group).orElseThrow());
            reasons.add(sets.get(set.set()));
          }
        });
    return reasons.isEmpty()
        ? expire(group, set, kept.keySet())
        : new Decision(set.set(), Action.KEEP, rules, reasons, reevaluateAt(group, set));
  }

  private static Decision expire(Group group, SetFacts set, Collection<RetentionRule> table) {
    if (set.state() == SetState.FAILED) {
      return new Decision(
          set.set(),
          Action.EXPIRE,
          List.of("failed"),
          List.of("none of its snapshots completed or exists any more, and it is older than a day"),
          Optional.of(group.now()));
    }
    List<String> rules = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (RetentionRule keeper : table) {
      keeper
          .expiryReason(group, set)
          .ifPresent(
              words -> {
                rules.add(keeper.name(group).orElseThrow());
                reasons.add(words);
              });
    }
    return new Decision(set.set(), Action.EXPIRE, rules, reasons, Optional.of(group.now()));
  }

  /**
   * A hold has to be asked about, an age ends by itself; whatever else keeps a set can only change
   * when another set of its group completes.
   */
  private static Optional<Instant> reevaluateAt(Group group, SetFacts set) {
    if (!set.holds().isEmpty()) {
      return Optional.of(group.now());
    }
    Optional<Instant> ends =
        set.state() == SetState.FAILED
            ? Optional.of(HoldRule.freshUntil(set))
            : AgeRule.end(group, set);
    boolean unsettled = set.state() == SetState.PENDING || set.consistency().isEmpty();
    return ends.filter(end -> end.isAfter(group.now()))
        .or(() -> unsettled ? Optional.of(group.now()) : Optional.empty());
  }
}
