package dev.freezeframe.metric;

import dev.freezeframe.policy.schedule.FiringTimes;
import dev.freezeframe.policy.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which recovery point a policy should have by now. */
public final class DueRecoveryPoint {
  /** A look back this far finds the last firing; each further one is for rarer schedules. */
  private static final List<Duration> LOOKS_BACK =
      List.of(Duration.ofDays(2), Duration.ofDays(40), Duration.ofDays(400));

  private DueRecoveryPoint() {}

  /**
   * The instant that the newest recovery point should not be older than.
   *
   * @param grace what a backup may take from its firing, after its flexible window
   * @return empty: the schedule has not fired for more than a year
   */
  public static Optional<Instant> of(Schedule schedule, Instant now, Duration grace) {
    Instant firedBy = now.minus(grace).minus(schedule.flexibleWindow());
    if (schedule.expression().startsWith("rate(")) {
      return Optional.of(firedBy.minus(interval(schedule)));
    }
    return LOOKS_BACK.stream()
        .map(back -> FiringTimes.between(schedule, firedBy.minus(back), firedBy, firedBy))
        .filter(firings -> !firings.isEmpty())
        .map(firings -> firings.get(firings.size() - 1))
        .findFirst();
  }

  /** When a rate began to count only the Scheduler knows; its interval is in the expression. */
  private static Duration interval(Schedule schedule) {
    Instant once = Instant.EPOCH;
    return Duration.between(once, FiringTimes.next(schedule, once, once).orElseThrow());
  }
}
