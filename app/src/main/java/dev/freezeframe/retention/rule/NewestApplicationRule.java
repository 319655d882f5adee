package dev.freezeframe.retention.rule;

import dev.freezeframe.common.AttemptId;
import java.util.Map;
import java.util.Optional;

/** Keeps the newest completed set that is proved to be application-consistent. */
final class NewestApplicationRule implements RetentionRule {
  static final String NAME = "newest";

  @Override
  public Optional<String> name(Group group) {
    return Optional.of(NAME);
  }

  @Override
  public Map<AttemptId, String> kept(Group group) {
    return group.sets().stream()
        .filter(SetFacts::application)
        .findFirst()
        .map(newest -> Map.of(newest.set(), "newest application-consistent set"))
        .orElse(Map.of());
  }
}
