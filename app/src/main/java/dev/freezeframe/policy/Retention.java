package dev.freezeframe.policy;

import dev.freezeframe.input.Field;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * For how long snapshot sets live; a set is kept if any rule keeps it, and nothing set keeps all.
 *
 * @param days age from the set's point in time
 * @param count newest sets per instance
 * @param tiers newest set per hour, day, week, month, year
 * @param lifetimeTag the instance tag whose number overrides {@code days}
 * @param minimum sets of an instance that are kept whatever the rules say; unset: 1
 * @param keepShared whether a snapshot that is shared with another account is kept
 */
public record Retention(
    OptionalInt days,
    OptionalInt count,
    Optional<Tiers> tiers,
    String lifetimeTag,
    OptionalInt minimum,
    boolean keepShared) {

  public Retention {
    Field.check(PolicyFields.DAYS, days);
    Field.check(PolicyFields.COUNT, count);
    PolicyFields.LIFETIME_TAG.check(lifetimeTag);
    Field.check(PolicyFields.MINIMUM, minimum);
  }

  /** A retention without a minimum of its own, under which sharing keeps nothing. */
  public Retention(OptionalInt days, OptionalInt count, Optional<Tiers> tiers, String lifetimeTag) {
    this(days, count, tiers, lifetimeTag, OptionalInt.empty(), false);
  }

  /** How many hours, days, weeks, months and years keep their newest set. */
  public record Tiers(
      OptionalInt hourly,
      OptionalInt daily,
      OptionalInt weekly,
      OptionalInt monthly,
      OptionalInt yearly) {

    public Tiers {
      Field.check(PolicyFields.HOURLY, hourly);
      Field.check(PolicyFields.DAILY, daily);
      Field.check(PolicyFields.WEEKLY, weekly);
      Field.check(PolicyFields.MONTHLY, monthly);
      Field.check(PolicyFields.YEARLY, yearly);
    }

    /** Whether no tier is set. */
    public boolean none() {
      return hourly.isEmpty()
          && daily.isEmpty()
          && weekly.isEmpty()
          && monthly.isEmpty()
          && yearly.isEmpty();
    }
  }
}
