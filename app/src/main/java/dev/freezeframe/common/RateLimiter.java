package dev.freezeframe.common;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Lets things happen at a steady rate. */
public final class RateLimiter {
  private final Clock clock;
  private final Sleeper pause;
  private final Duration between;
  private Instant next = Instant.MIN;

  /**
   * A limiter that has let nothing happen yet.
   *
   * @param perSecond above 0
   */
  public RateLimiter(Clock clock, Sleeper pause, double perSecond) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("rate is %s, expected more than 0".formatted(perSecond));
    }
    this.clock = clock;
    this.pause = pause;
    this.between = Duration.ofNanos((long) (1e9 / perSecond));
  }

  /** Waits for the next turn. */
  public void await() {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      pause.pause(Duration.between(now, next));
      now = next;
    }
    next = now.plus(between);
  }
}
