package dev.freezeframe.policy;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.policy.reader.PolicyLimits;
import dev.freezeframe.policy.schedule.Schedule;
import java.util.List;
import java.util.Optional;

/**
 * One policy, whole.
 *
 * @param targets an instance is matched if any of these matches; never empty
 * @param scripts empty: the policy wants crash-consistent snapshots
 */
public record Policy(
    PolicyName name,
    boolean enabled,
    List<TagSelector> targets,
    Schedule schedule,
    Volumes volumes,
    Optional<Scripts> scripts,
    Retention retention,
    Tagging tagging,
    Pacing pacing,
    Completion completion) {

  public Policy {
    targets = List.copyOf(targets);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("policy %s: expected at least one target".formatted(name));
    }
  }

  /**
   * The policy, if every field keeps its limit: for one that was not read from a file.
   *
   * @throws IllegalArgumentException with the first field that does not
   */
  public Policy checked() {
    PolicyLimits.check(this);
    return this;
  }

  /** Whether its scripts hold guests still; not if it has none, or only one of the two. */
  public boolean freezes() {
    return scripts.map(Scripts::freeze).orElse(false);
  }

  /** The policy as an English sentence: when, of what, how, and for how long. */
  public String sentence() {
    return PolicyDescription.of(this);
  }
}
