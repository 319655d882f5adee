package dev.freezeframe.rehearsal.events;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Lets schedules fire twice, late or not at all. */
public interface SchedulerFault {
  /** Every schedule fires once, in time. */
  SchedulerFault NONE = new SchedulerFault() {};

  /**
   * How a schedule fires.
   *
   * @return for each time it fires how much later than scheduled; none if it is skipped
   */
  default List<Duration> firings(String schedule, Instant scheduledAt) {
    return List.of(Duration.ZERO);
  }
}
