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

/** Decides on the sets of one group: keep if any row of the table keeps. */
public final class Decisions {

  private Decisions() {}

  /**
   * Decides on each set of a group.
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
    Map<RetentionRules.Rule, Map<AttemptId, String>> kept = new LinkedHashMap<>();
    RetentionRules.TABLE.stream()
        .filter(rule -> rule.name(group).isPresent())
        .forEach(rule -> kept.put(rule, rule.kept(group)));
    return group.sets().stream().map(set -> decide(group, set, kept)).toList();
  }

  private static Decision decide(
      Group group, SetFacts set, Map<RetentionRules.Rule, Map<AttemptId, String>> kept) {
    List<String> rules = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    kept.forEach(
        (rule, sets) -> {
          if (sets.containsKey(set.set())) {
            rules.add(rule.name(group).orElseThrow());
            reasons.add(sets.get(set.set()));
          }
        });
    return reasons.isEmpty()
        ? expire(group, set, kept.keySet())
        : new Decision(set.set(), Action.KEEP, rules, reasons, reevaluateAt(group, set));
  }

  private static Decision expire(Group group, SetFacts set, Collection<RetentionRules.Rule> table) {
    if (set.state() == SetState.FAILED) {
      return new Decision(
          set.set(),
          Action.EXPIRE,
          List.of(Decision.FAILED),
          List.of(
              "none of its snapshots completed or exists any more; it was kept for a day, so that someone could look"),
          Optional.of(group.now()));
    }
    List<String> rules = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (RetentionRules.Rule rule : table) {
      rule.expiryReason(group, set)
          .ifPresent(
              words -> {
                rules.add(rule.name(group).orElseThrow());
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
            ? Optional.of(RetentionRules.Held.freshUntil(set))
            : RetentionRules.Age.end(group, set);
    boolean unsettled = set.state() == SetState.PENDING || set.consistency().isEmpty();
    return ends.filter(end -> end.isAfter(group.now()))
        .or(() -> unsettled ? Optional.of(group.now()) : Optional.empty());
  }
}
