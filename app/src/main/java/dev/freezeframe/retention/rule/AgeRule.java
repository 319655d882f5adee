package dev.freezeframe.retention.rule;

import dev.freezeframe.common.AttemptId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps a set for whole days of 24 hours from its point in time, to the instant. */
final class AgeRule implements RetentionRule {

  @Override
  public Optional<String> name(Group group) {
    return group.sets().stream().anyMatch(set -> group.days(set).isPresent())
        ? Optional.of("age")
        : Optional.empty();
  }

  @Override
  public Map<AttemptId, String> kept(Group group) {
    Map<AttemptId, String> kept = new LinkedHashMap<>();
    for (SetFacts set : group.sets()) {
      end(group, set)
          .filter(end -> set.restorable() && group.now().isBefore(end))
          .ifPresent(
              end -> kept.put(set.set(), "age until %s, %s".formatted(end, group.daysReason(set))));
    }
    return kept;
  }

  @Override
  public Optional<String> expiryReason(Group group, SetFacts set) {
    return end(group, set)
        .map(end -> "its age ended at %s, %s".formatted(end, group.daysReason(set)));
  }

  /** When the age of a set ends; empty: it has none. */
  static Optional<Instant> end(Group group, SetFacts set) {
    return Lifetime.expiry(group.days(set), set.pointInTime());
  }
}
