package dev.freezeframe.retention.rule;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.LogSafe;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happens to a set, and why.
 *
 * @param rules under which it was decided: those that keep it, or those that all expire it
 * @param reasons at least one
 * @param reevaluateAt when to decide again if no further set completes; empty: only then
 */
public record Decision(
    AttemptId set,
    Action fate,
    List<String> rules,
    List<String> reasons,
    Optional<Instant> reevaluateAt) {

  /** The rule of a set that no rule can keep, as nothing could be restored from it. */
  static final String FAILED = "failed";

  /** A set of 128 volumes, each used by images, would fill an item of the ledger with reasons. */
  private static final int MAX_LENGTH = 2_000;

  public Decision {
    rules = List.copyOf(rules);
    reasons = List.copyOf(reasons);
    if (reasons.isEmpty()) {
      throw new IllegalArgumentException("decision on %s: expected a reason".formatted(set));
    }
  }

  /** The ends of a decision. */
  public enum Action {
    KEEP,
    EXPIRE
  }

  public boolean expires() {
    return fate == Action.EXPIRE;
  }

  /** Whether a backup is lost with the set: not with one of which no snapshot completed. */
  public boolean losesBackup() {
    return expires() && !rules.contains(FAILED);
  }

  /** Whether others may go because this one stays. */
  public boolean guards() {
    return rules.contains(RetentionRules.NewestApplication.NAME)
        || rules.contains(RetentionRules.Minimum.NAME);
  }

  /**
   * Whether words that once kept a set tell of its state or age alone: the rules know by themselves
   * whether that holds still. Of other holds only EC2 knows.
   */
  public static boolean isOfState(String held) {
    return RetentionRules.Held.isOfState(held);
  }

  public String rule() {
    return String.join(" + ", rules);
  }

  /** All reasons on one line, cut to a length that the ledger can hold for each of its members. */
  public String words() {
    return LogSafe.of(String.join("; ", reasons), MAX_LENGTH);
  }
}
