package dev.freezeframe.policy;

import dev.freezeframe.common.Quoted;
import dev.freezeframe.input.DurationText;
import dev.freezeframe.input.RefusedValueException;
import java.time.Duration;

/**
 * How a run waits for its snapshots.
 *
 * @param firstWait before the first look at the ledger; each further wait is longer
 * @param longestWait no wait is longer than this
 * @param giveUpAfter a set that has not settled by then counts as failed, and stays recorded
 */
public record Completion(Duration firstWait, Duration longestWait, Duration giveUpAfter) {

  /** Each wait costs about ten of the 25,000 history events of an execution. */
  private static final int MAX_WAITS = 1000;

  public Completion {
    PolicyFields.FIRST_WAIT.check(firstWait);
    PolicyFields.LONGEST_WAIT.check(longestWait);
    PolicyFields.GIVE_UP_AFTER.check(giveUpAfter);
    checkLongestWait(firstWait, longestWait);
    checkGiveUpAfter(longestWait, giveUpAfter);
  }

  static void checkLongestWait(Duration firstWait, Duration longestWait) {
    if (longestWait.compareTo(firstWait) < 0) {
      throw refusal("longestWait", longestWait, "at least firstWait, %s", firstWait);
    }
  }

  static void checkGiveUpAfter(Duration longestWait, Duration giveUpAfter) {
    if (giveUpAfter.compareTo(longestWait) < 0) {
      throw refusal("giveUpAfter", giveUpAfter, "at least longestWait, %s", longestWait);
    }
    if (longestWait.multipliedBy(MAX_WAITS).compareTo(giveUpAfter) < 0) {
      throw refusal(
          "longestWait",
          longestWait,
          "at least a thousandth of giveUpAfter, %s: "
              + "a run must stay well under the 25,000 history events of Step Functions",
          giveUpAfter);
    }
  }

  private static RefusedValueException refusal(
      String field, Duration found, String expected, Duration other) {
    return new RefusedValueException(
        field,
        Quoted.quote(DurationText.format(found)),
        expected.formatted(DurationText.format(other)));
  }
}
