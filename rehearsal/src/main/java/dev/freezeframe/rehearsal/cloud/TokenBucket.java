package dev.freezeframe.rehearsal.cloud;

import java.time.Duration;
import java.time.Instant;

/** A request rate as AWS documents it: so many at once, refilled at so many a second. */
public final class TokenBucket {
  private final double size;
  private final double refillPerSecond;
  private double tokens;
  private Instant filledAt;

  public TokenBucket(double size, double refillPerSecond) {
    this.size = size;
    this.refillPerSecond = refillPerSecond;
    this.tokens = size;
  }

  /** Never empty: for actions whose rate is not documented. */
  public static TokenBucket unlimited() {
    return new TokenBucket(Double.POSITIVE_INFINITY, 0);
  }

  /**
   * Takes a token.
   *
   * @param now never before that of an earlier call
   * @return false if none exists
   */
  public boolean take(Instant now) {
    return take(1, now);
  }

  /**
   * Takes tokens: all, or none.
   *
   * @param now never before that of an earlier call
   * @return false if there are not so many
   */
  public boolean take(int wanted, Instant now) {
    if (filledAt != null) {
      double seconds = Duration.between(filledAt, now).toNanos() / 1e9;
      tokens = Math.min(size, tokens + seconds * refillPerSecond);
    }
    filledAt = now;
    if (tokens < wanted) {
      return false;
    }
    tokens -= wanted;
    return true;
  }
}
