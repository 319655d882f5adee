package dev.freezeframe.policy.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * When EventBridge Scheduler fires a schedule, before its flexible window.
 *
 * <p>As its guide says under daylight saving time: a cron time that the clocks skip in spring is
 * skipped, one that they repeat in autumn fires once; the guide does not say which, here it is the
 * first. A rate counts hours as they pass, from its anchor.
 */
public final class FiringTimes {

  private FiringTimes() {}

  /**
   * The first firing after an instant.
   *
   * @param anchor when a rate fires first; a cron expression has no need of it
   * @return empty if the schedule is over
   */
  public static Optional<Instant> next(Schedule schedule, Instant after, Instant anchor) {
    return firings(schedule, anchor).apply(after);
  }

  /** Every firing after the first instant, up to and including the last, in order. */
  public static List<Instant> between(
      Schedule schedule, Instant fromExclusive, Instant toInclusive, Instant anchor) {
    Function<Instant, Optional<Instant>> firings = firings(schedule, anchor);
    List<Instant> between = new ArrayList<>();
    Optional<Instant> next = firings.apply(fromExclusive);
    while (next.isPresent() && !next.get().isAfter(toInclusive)) {
      between.add(next.get());
      next = firings.apply(next.get());
    }
    return between;
  }

  private static Function<Instant, Optional<Instant>> firings(Schedule schedule, Instant anchor) {
    if (schedule.isCron()) {
      CronExpression cron = CronExpression.parse(schedule.fields());
      return after -> next(cron, schedule.timeZone(), after);
    }
    Rate rate = Rate.parse(schedule.fields()).orElseThrow();
    return after -> Optional.of(rate.next(after, anchor));
  }

  private static Optional<Instant> next(CronExpression cron, ZoneId zone, Instant after) {
    Optional<LocalDateTime> local = cron.next(LocalDateTime.ofInstant(after, zone));
    while (local.isPresent()) {
      List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local.get());
      if (!offsets.isEmpty()) {
        Instant firing = local.get().toInstant(offsets.get(0));
        if (firing.isAfter(after)) {
          return Optional.of(firing);
        }
      }
      local = cron.next(local.get());
    }
    return Optional.empty();
  }
}
