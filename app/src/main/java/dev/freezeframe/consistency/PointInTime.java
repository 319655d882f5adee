package dev.freezeframe.consistency;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When EC2 took the data of a set, as far as it can be known.
 *
 * <p>A call that was answered has taken it by then: the freeze that held from before the call until
 * after its answer held over the point in time, wherever in the call that was. Of a call whose
 * answer was lost nothing is documented but {@code startTime}, "Time this snapshot was started",
 * which EC2 may have stamped on receipt, before it took the data.
 *
 * @param startTime as EC2 states it; CLI and API reference show it in whole seconds
 * @param answered whether the caller of CreateSnapshots had its answer
 */
public record PointInTime(Instant startTime, boolean answered) {

  /**
   * How long after its {@code startTime} the data of an unanswered call may have been taken. AWS
   * documents no bound; this is what EC2 gets to end, and show, a call whose caller is gone.
   */
  public static final Duration UNANSWERED = Duration.ofSeconds(60);

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Whether the second is all that EC2 tells. */
  private boolean wholeSeconds() {
    return startTime.equals(startTime.truncatedTo(ChronoUnit.SECONDS));
  }

  /** How much later than stated the start may have been. */
  Duration rounding() {
    return wholeSeconds() ? SECOND : Duration.ZERO;
  }

  /** The latest instant at which the data may have been taken. */
  public Instant latest() {
    Instant started = startTime.plus(rounding());
    return answered ? started : started.plus(UNANSWERED);
  }

  /** Another instant, as exact as this one is. */
  Instant comparable(Instant known) {
    return wholeSeconds() ? known.truncatedTo(ChronoUnit.SECONDS) : known;
  }
}
