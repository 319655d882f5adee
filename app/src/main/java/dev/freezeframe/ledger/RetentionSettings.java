package dev.freezeframe.ledger;

import dev.freezeframe.policy.Retention;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The retention that a set was taken under, recorded with it, so that it ends by what was said then
 * even where the policy or the instance is gone.
 *
 * @param days of age; empty: nothing ends it by age
 * @param daysReason where the number comes from
 * @param count newest sets of the group that are kept
 * @param minimum sets of the group that are kept whatever the rules say
 * @param keepShared whether a snapshot that is shared with another account is kept
 * @param zone in which hours, days, weeks, months and years are meant
 */
public record RetentionSettings(
    OptionalInt days,
    String daysReason,
    OptionalInt count,
    Optional<Retention.Tiers> tiers,
    int minimum,
    boolean keepShared,
    ZoneId zone) {
  /** The minimum of a policy that sets none. */
  public static final int MIN = 1;

  public RetentionSettings {
    if (minimum < 0) {
      throw new IllegalArgumentException(
          "minimum kept: expected a number from 0, found %d".formatted(minimum));
    }
  }

  /** Whether no rule ever ends a set. */
  public boolean keepEverything() {
    return days.isEmpty() && count.isEmpty() && tiers.map(Retention.Tiers::none).orElse(true);
  }
}
