package dev.freezeframe.retention;

import dev.freezeframe.consistency.AttemptId;
import dev.freezeframe.policy.OneLine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a set, and why.
 *
 * @param rules under which it was decided: those that keep it, or those that all let it go
 * @param reasons in words, at least one
 * @param askAgain when to decide again if no further set completes; empty: only then
 */
public record Decision(
    AttemptId set,
    Fate fate,
    List<String> rules,
    List<String> reasons,
    Optional<Instant> askAgain) {

  /** A set of 128 volumes, each used by images, would fill an item of the ledger with reasons. */
  private static final int LONGEST = 2_000;

  public Decision {
    rules = List.copyOf(rules);
    reasons = List.copyOf(reasons);
    if (reasons.isEmpty()) {
      throw new IllegalArgumentException("decision on %s: expected a reason".formatted(set));
    }
  }

  /** The ends of a decision. */
  public enum Fate {
    KEEP,
    EXPIRE
  }

  public boolean expires() {
    return fate == Fate.EXPIRE;
  }

  /** Whether others may go because this one stays. */
  boolean guards() {
    return rules.contains(NewestApplicationKeeper.NAME) || rules.contains(MinimumKeeper.NAME);
  }

  public String rule() {
    return String.join(" + ", rules);
  }

  /** All reasons on one line, cut to a length that the ledger can hold for each of its members. */
  public String words() {
    return OneLine.of(String.join("; ", reasons), LONGEST);
  }
}
