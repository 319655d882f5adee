package dev.freezeframe.policy;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * For how long snapshot sets live; a set is kept if any rule keeps it, and nothing set keeps all.
 *
 * @param days age from the set's point in time
 * @param count newest sets per instance
 * @param tiers newest set per hour, day, week, month, year
 * @param lifetimeTag the instance tag whose number overrides {@code days}
 */
public record Retention(
    OptionalInt days, OptionalInt count, Optional<Tiers> tiers, String lifetimeTag) {

  /** How many hours, days, weeks, months and years keep their newest set. */
  public record Tiers(
      OptionalInt hourly,
      OptionalInt daily,
      OptionalInt weekly,
      OptionalInt monthly,
      OptionalInt yearly) {}
}
