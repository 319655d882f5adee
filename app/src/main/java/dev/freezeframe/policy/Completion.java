package dev.freezeframe.policy;

import java.time.Duration;

/**
 * How a run waits for its snapshots.
 *
 * @param firstWait before the first look at the ledger; each further wait is longer
 * @param longestWait no wait is longer than this
 * @param giveUpAfter a set that has not settled by then counts as failed, and stays recorded
 */
public record Completion(Duration firstWait, Duration longestWait, Duration giveUpAfter) {

  public Completion {
    if (firstWait.isZero() || firstWait.isNegative()) {
      throw new IllegalArgumentException(
          "completion: expected a first wait, found %s".formatted(firstWait));
    }
  }
}
