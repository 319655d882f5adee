package dev.freezeframe.retention.rule;

import dev.freezeframe.common.AttemptId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps what is held from outside, has not settled, or failed only just now. */
final class HoldRule implements RetentionRule {
  /** So long a failed or unjudged set stays, for anyone who looks into it. */
  static final Duration FRESH = Duration.ofDays(1);

  @Override
  public Optional<String> name(Group group) {
    return Optional.of("hold");
  }

  @Override
  public Map<AttemptId, String> kept(Group group) {
    Map<AttemptId, String> kept = new LinkedHashMap<>();
    for (SetFacts set : group.sets()) {
      List<String> words = new ArrayList<>(set.holds().stream().map(Hold::reason).toList());
      boolean fresh = group.now().isBefore(freshUntil(set));
      if (set.state() == SetState.PENDING) {
        words.add("pending");
      }
      if (set.state() == SetState.FAILED && fresh) {
        words.add("in error and younger than a day");
      }
      if (set.state() != SetState.PENDING && set.consistency().isEmpty() && fresh) {
        words.add("not judged yet and younger than a day");
      }
      if (!words.isEmpty()) {
        kept.put(set.set(), String.join(", ", words));
      }
    }
    return kept;
  }

  static Instant freshUntil(SetFacts set) {
    return set.pointInTime().plus(FRESH);
  }
}
