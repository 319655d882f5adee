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

  public Pacing {
    if (!(setsPerSecond > 0) || Double.isInfinite(setsPerSecond)) {
      throw new IllegalArgumentException(
          "pacing: expected more than 0 sets per second, found " + setsPerSecond);
    }
  }
}
