package dev.freezeframe.retention.rule;

import dev.freezeframe.common.LogSafe;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How long a set lives by its age.
 *
 * @param days empty: nothing ends it by age
 * @param reason where the number comes from
 */
public record Lifetime(OptionalInt days, String reason) {
  private static final int MAX_DAYS = 36_500;

  /**
   * Reads the lifetime of an instance's sets: the instance tag overrides the policy.
   *
   * <p>A tag that is no number of days is not guessed at; the policy's days then hold, and the
   * reason says so.
   */
  public static Lifetime of(Retention retention, Map<String, String> instanceTags) {
    String tag = instanceTags.get(retention.lifetimeTag());
    if (tag == null) {
      return ofPolicy(retention, "");
    }
    String digits = tag.strip();
    if (!digits.matches("\\d{1,5}")
        || Integer.parseInt(digits) < 1
        || Integer.parseInt(digits) > MAX_DAYS) {
      return ofPolicy(
          retention,
          "; the instance tag %s is '%s', expected days from 1 to %d"
              .formatted(retention.lifetimeTag(), LogSafe.of(tag, 60), MAX_DAYS));
    }
    return new Lifetime(
        OptionalInt.of(Integer.parseInt(digits)),
        "the instance tag %s says %s days".formatted(retention.lifetimeTag(), digits));
  }

  private static Lifetime ofPolicy(Retention retention, String remark) {
    return retention.days().isPresent()
        ? new Lifetime(
            retention.days(),
            "the policy says %d days%s".formatted(retention.days().getAsInt(), remark))
        : new Lifetime(OptionalInt.empty(), "no age is set" + remark);
  }

  /** When a set expires by its age: whole days of 24 hours, never rounded down. */
  public Optional<Instant> expiry(Instant pointInTime) {
    return expiry(days, pointInTime);
  }

  public static Optional<Instant> expiry(OptionalInt days, Instant pointInTime) {
    return days.isPresent()
        ? Optional.of(pointInTime.plus(Duration.ofDays(days.getAsInt())))
        : Optional.empty();
  }

  /** All that a policy says of how long sets live, with this age: what is recorded with a set. */
  public RetentionSettings under(Policy policy) {
    Retention retention = policy.retention();
    return new RetentionSettings(
        days,
        reason,
        retention.count(),
        retention.tiers(),
        retention.minimum().orElse(RetentionSettings.MIN),
        retention.keepShared(),
        policy.schedule().timeZone());
  }
}
