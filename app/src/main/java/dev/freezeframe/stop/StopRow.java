package dev.freezeframe.stop;

import static java.time.temporal.ChronoUnit.MILLIS;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An instance that was about to be stopped for its set, written before EC2 is told to. It is open
 * until the instance is known to run again, or to exist no more.
 *
 * @param attempt whose set it is
 * @param execution ARN of the execution that stops it
 * @param redrives how often the execution had been redriven by then
 * @param group in which only so many may be stopped together
 * @param orderedAt when the stop was about to be ordered
 * @param launchedAt of the start before it; empty: EC2 did not say
 * @param startBy when it is to run again at the latest; after that it is started whatever its
 *     execution does
 * @param stoppedAt when EC2 first said that it is stopped; empty: it has not
 * @param forcedAt when the stop was about to be forced; empty: it was not
 * @param startingAt since when it is to be started: no stop is ordered after that; empty: it is not
 *     to be yet
 * @param startOrderedAt when EC2 first took a start; empty: it has not
 * @param tries the starts that were ordered, taken or refused; empty: none
 * @param ended how it ended; empty: it is open
 */
public record StopRow(
    RunId run,
    InstanceId instance,
    AttemptId attempt,
    String execution,
    int redrives,
    String group,
    Instant orderedAt,
    Optional<Instant> launchedAt,
    Instant startBy,
    Optional<Instant> stoppedAt,
    Optional<Instant> forcedAt,
    Optional<Instant> startingAt,
    Optional<Instant> startOrderedAt,
    Optional<Tries> tries,
    Optional<Ended> ended) {
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration MAX_PAUSE = Duration.ofMinutes(5);
  private static final int MAX_DOUBLINGS = 3;

  public StopRow {
    orderedAt = orderedAt.truncatedTo(MILLIS);
    launchedAt = launchedAt.map(at -> at.truncatedTo(MILLIS));
    startBy = startBy.truncatedTo(MILLIS);
    stoppedAt = stoppedAt.map(at -> at.truncatedTo(MILLIS));
    forcedAt = forcedAt.map(at -> at.truncatedTo(MILLIS));
    startingAt = startingAt.map(at -> at.truncatedTo(MILLIS));
    startOrderedAt = startOrderedAt.map(at -> at.truncatedTo(MILLIS));
  }

  /** A stop that is about to be ordered. */
  public static StopRow ordered(
      RunId run,
      InstanceId instance,
      AttemptId attempt,
      String execution,
      int redrives,
      String group,
      Instant orderedAt,
      Optional<Instant> launchedAt,
      Instant startBy) {
    return new StopRow(
        run,
        instance,
        attempt,
        execution,
        redrives,
        group,
        orderedAt,
        launchedAt,
        startBy,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * When the next start may be ordered, by any of the three that start: EC2 takes two a second in
   * an account, and many instances may want one at a time. Empty: now.
   */
  public Optional<Instant> nextStart() {
    return tries.map(
        tried -> {
          int doublings = Math.min(tried.number() - 1, MAX_DOUBLINGS);
          Duration pause = FIRST_PAUSE.multipliedBy(1L << doublings);
          return tried.last().plus(pause.compareTo(MAX_PAUSE) < 0 ? pause : MAX_PAUSE);
        });
  }

  /** Whether the instance may still have to be started. */
  public boolean open() {
    return ended.isEmpty();
  }

  /**
   * Starts that were ordered.
   *
   * @param number how many, 1 or more
   * @param last when the last one was
   */
  public record Tries(int number, Instant last) {

    public Tries {
      if (number < 1) {
        throw new IllegalArgumentException("number is %d, expected 1 or more".formatted(number));
      }
      last = last.truncatedTo(MILLIS);
    }
  }

  /**
   * The end of a stop.
   *
   * @param by the task that saw it
   * @param words such as {@code it runs again}
   */
  public record Ended(Instant at, String by, String words) {

    public Ended {
      at = at.truncatedTo(MILLIS);
    }
  }
}
