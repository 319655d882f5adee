package dev.freezeframe.policy;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.input.RefusedValueException;
import dev.freezeframe.policy.schedule.Schedule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One policy, whole.
 *
 * @param description for people; nothing is decided by it
 * @param targets an instance is matched if any of these matches; never empty
 * @param scripts empty: no scripts run
 * @param stop how its instances are stopped for their sets; empty: they are not. With neither
 *     scripts nor a stop the policy wants crash-consistent snapshots
 * @param drill how its sets are drilled; empty: they are not
 */
public record Policy(
    PolicyName name,
    Optional<String> description,
    boolean enabled,
    List<TagSelector> targets,
    Schedule schedule,
    Volumes volumes,
    Optional<Scripts> scripts,
    Optional<Stop> stop,
    Retention retention,
    Tagging tagging,
    Pacing pacing,
    Completion completion,
    Optional<Drill> drill) {

  /** With a page of 500 targets beside them they stay below the 256 KiB of a state. */
  private static final int MAX_TAG_BYTES = 32 * 1024;

  public Policy {
    PolicyFields.DESCRIPTION.check(description);
    PolicyFields.TARGETS.check(targets);
    targets = List.copyOf(targets);
    if (scripts.isPresent() && stop.isPresent()) {
      throw new RefusedValueException("stop", "set beside scripts", "one of the two");
    }
    int bytes = tagBytes(targets, volumes, tagging);
    if (bytes > MAX_TAG_BYTES) {
      throw new RefusedValueException(
          "targets",
          "holding %d bytes of tags".formatted(bytes),
          "32 KB of targets, excluded tags and added tags at most");
    }
  }

  /** In UTF-8: how much of the 256 KiB of a state the tags of a policy take. */
  private static int tagBytes(List<TagSelector> targets, Volumes volumes, Tagging tagging) {
    return Stream.of(
            targets.stream().map(TagSelector::toString),
            volumes.excludeTags().stream().map(TagSelector::toString),
            tagging.add().entrySet().stream().map(Object::toString))
        .flatMap(tags -> tags)
        .mapToInt(tag -> tag.getBytes(StandardCharsets.UTF_8).length)
        .sum();
  }

  /** Whether its scripts hold guests still; not if it has none, or only one of the two. */
  public boolean freezes() {
    return scripts.map(Scripts::freeze).orElse(false);
  }

  /**
   * The policy as an English sentence: when, of what, how and for how long; drills have one more.
   */
  public String sentence() {
    return PolicyDescription.of(this);
  }
}
