package dev.freezeframe.slot;

import java.time.Duration;
import java.time.Instant;

/**
 * How long to wait before slots are asked for again: the shorter the nearer the turn is, and never
 * so short that the asking costs more than the waiting.
 *
 * @param ahead the slots that are to be served before the set
 * @param since when it began to wait
 * @param servedThen the place that had been served then
 * @param asked how often it has asked so far
 */
public record SlotPatience(long ahead, Instant since, long servedThen, int asked) {
  public static final Duration MIN_WAIT = Duration.ofSeconds(3);
  static final Duration MAX_WAIT = Duration.ofMinutes(15);

  /** While no more than a quota is before it, and nothing moves: snapshots take hours then. */
  static final Duration MAX_WAIT_AS_NEXT = Duration.ofMinutes(2);

  /** After so many questions each is put off longer: the history has to last for a day. */
  private static final int MANY = 100;

  /** So many questions later the shortest wait is twice as long. */
  private static final int DOUBLES = 12;

  private static final Duration MAX_WAIT_OF_ALL = Duration.ofMinutes(30);

  /** No snapshot is complete sooner; so in this time the quota frees itself once, at the most. */
  private static final Duration ROUND = Duration.ofSeconds(30);

  /** How long to wait. */
  public Duration next(SlotQueue queue, int limit, Instant now) {
    Duration shortest = shortest();
    Duration soonest = ROUND.multipliedBy(ahead).dividedBy(limit);
    if (ahead <= limit) {
      Instant moved = queue.movedAt().isAfter(since) ? queue.movedAt() : since;
      Duration still = Duration.between(moved, now).dividedBy(8);
      return between(shortest, longer(still, soonest.dividedBy(3)), MAX_WAIT_AS_NEXT);
    }
    Duration waited = Duration.between(since, now);
    long served = queue.served() - servedThen;
    // What has been seen so far says little of what is to come.
    Duration known = longer(waited, soonest);
    Duration left = served > 0 ? waited.multipliedBy(ahead).dividedBy(served) : known;
    return between(shortest, longer(shorter(left, known), soonest).dividedBy(3), MAX_WAIT);
  }

  private Duration shortest() {
    double doublings = Math.max(0, asked - MANY) / (double) DOUBLES;
    long seconds = (long) (MIN_WAIT.toSeconds() * Math.pow(2, Math.min(doublings, 30)));
    return shorter(Duration.ofSeconds(seconds), MAX_WAIT_OF_ALL);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration between(Duration least, Duration value, Duration most) {
    Duration raised = longer(least, value);
    return raised.compareTo(longer(least, most)) > 0 ? longer(least, most) : raised;
  }
}
