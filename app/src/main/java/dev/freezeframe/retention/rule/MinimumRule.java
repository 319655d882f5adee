package dev.freezeframe.retention.rule;

import dev.freezeframe.common.AttemptId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Keeps the minimum of completed sets: the newest application-consistent ones, and others only
 * where there are not enough of those.
 */
final class MinimumRule implements RetentionRule {
  static final String NAME = "minimum";

  @Override
  public Optional<String> name(Group group) {
    return group.terms().minimum() > 0 ? Optional.of(NAME) : Optional.empty();
  }

  @Override
  public Map<AttemptId, String> kept(Group group) {
    int minimum = group.terms().minimum();
    List<SetFacts> best =
        Stream.concat(
                group.sets().stream().filter(SetFacts::application),
                group.sets().stream()
                    .filter(Predicate.not(SetFacts::application))
                    .filter(SetFacts::completed))
            .limit(minimum)
            .toList();
    Map<AttemptId, String> kept = new LinkedHashMap<>();
    for (SetFacts set : best) {
      kept.put(set.set(), "%d of %d minimum".formatted(kept.size() + 1, minimum));
    }
    return kept;
  }
}
