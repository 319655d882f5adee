package dev.freezeframe.policy;

import java.time.Duration;

/**
 * How a fleet is spread, before anything is frozen.
 *
 * @param setsPerSecond sets that may be ordered in a second; the default, 5, is the refill rate of
 *     CreateSnapshots
 * @param jitter each instance starts up to this much later, at random
 */
public record Pacing(double setsPerSecond, Duration jitter) {
  /**
   * Functions at work at once for each set that is ordered in a second. Measured in the embedded
   * cloud: 10 at most, 7 on average, with scripts of 0.2 to 1 s ({@code ConcurrencyTest}, {@code
   * rehearsal/bench concurrency}). A second that scripts take longer is one more; 15 leaves room
   * for 5 s more of the three scripts together.
   */
  private static final int FUNCTIONS_FOR_A_SET_A_SECOND = 15;

  /** Three are woken at once before a freeze, the most that a backup has at work. */
  private static final int MAX_FUNCTIONS_OF_A_BACKUP = 3;

  public Pacing {
    PolicyFields.SETS_PER_SECOND.check(setsPerSecond);
    PolicyFields.JITTER.check(jitter);
  }

  /**
   * How many functions a run keeps at work at once: what it needs of Lambda's concurrency.
   *
   * @param instances that the run backs up
   */
  public long functionsAtOnce(long instances) {
    long byPace = (long) Math.ceil(setsPerSecond * FUNCTIONS_FOR_A_SET_A_SECOND);
    return Math.min(instances * MAX_FUNCTIONS_OF_A_BACKUP, byPace);
  }
}
