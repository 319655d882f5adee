package dev.freezeframe.retention.rule;

import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.IsoFields.WEEK_BASED_YEAR;
import static java.time.temporal.IsoFields.WEEK_OF_WEEK_BASED_YEAR;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.policy.Retention.Tiers;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Keeps the newest completed set of each of the last buckets that have one: hours, days and so on.
 * A count is the same with a bucket for each set.
 *
 * <p>A partial set fills no bucket; it stays as long as buckets are left for it.
 *
 * @param most how many buckets the terms ask for
 * @param bucket of a set, by its point in time in the zone of the terms
 * @param unit what a bucket is
 */
record BucketRule(
    String tier,
    Function<RetentionSettings, OptionalInt> most,
    BiFunction<SetFacts, ZonedDateTime, Object> bucket,
    String unit)
    implements RetentionRule {

  static final List<BucketRule> TABLE =
      List.of(
          new BucketRule("count", RetentionSettings::count, (set, at) -> set.set(), "sets"),
          new BucketRule(
              "hourly",
              tier(Tiers::hourly),
              (set, at) -> at.truncatedTo(HOURS).toInstant(),
              "hours"),
          new BucketRule("daily", tier(Tiers::daily), (set, at) -> at.toLocalDate(), "days"),
          new BucketRule("weekly", tier(Tiers::weekly), (set, at) -> week(at), "weeks"),
          new BucketRule(
              "monthly", tier(Tiers::monthly), (set, at) -> YearMonth.from(at), "months"),
          new BucketRule("yearly", tier(Tiers::yearly), (set, at) -> Year.from(at), "years"));

  private static Function<RetentionSettings, OptionalInt> tier(Function<Tiers, OptionalInt> tier) {
    return terms -> terms.tiers().map(tier).orElse(OptionalInt.empty());
  }

  /** ISO: a week begins on Monday and belongs to the year that has its Thursday. */
  private static List<Integer> week(ZonedDateTime at) {
    return List.of(at.get(WEEK_BASED_YEAR), at.get(WEEK_OF_WEEK_BASED_YEAR));
  }

  @Override
  public Optional<String> name(Group group) {
    OptionalInt limit = most.apply(group.terms());
    return limit.isPresent()
        ? Optional.of("%s %d".formatted(tier, limit.getAsInt()))
        : Optional.empty();
  }

  @Override
  public Map<AttemptId, String> kept(Group group) {
    int limit = most.apply(group.terms()).orElse(0);
    Map<AttemptId, String> kept = new LinkedHashMap<>();
    Optional<Object> last = Optional.empty();
    int filled = 0;
    for (SetFacts set : group.sets()) {
      if (!set.restorable() || filled == limit) {
        continue;
      }
      if (!set.completed()) {
        kept.put(set.set(), "a partial set within %s %d".formatted(tier, limit));
        continue;
      }
      Object own = bucket.apply(set, set.pointInTime().atZone(group.terms().zone()));
      if (!last.equals(Optional.of(own))) {
        last = Optional.of(own);
        filled++;
        kept.put(set.set(), "%s %d of %d".formatted(tier, filled, limit));
      }
    }
    return kept;
  }

  @Override
  public Optional<String> expiryReason(Group group, SetFacts set) {
    int limit = most.apply(group.terms()).orElse(0);
    return Optional.of(
        tier.equals("count")
            ? "not among the newest %d sets".formatted(limit)
            : "not the newest set of one of the last %d %s".formatted(limit, unit));
  }
}
