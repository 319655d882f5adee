package dev.freezeframe.retention.rule;

import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.IsoFields.WEEK_BASED_YEAR;
import static java.time.temporal.IsoFields.WEEK_OF_WEEK_BASED_YEAR;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.policy.Retention.Tiers;
import java.time.Duration;
import java.time.Instant;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The rules of retention, rows of a table: each names the sets that it keeps. */
final class RetentionRules {
  /** The rules, in the order in which a decision names them. */
  static final List<Rule> TABLE =
      List.of(
          new Held(),
          new NewestApplication(),
          new NewestDrilled(),
          new Age(),
          new Bucket("count", RetentionSettings::count, (set, at) -> set.set(), "sets"),
          new Bucket(
              "hourly",
              tier(Tiers::hourly),
              (set, at) -> at.truncatedTo(HOURS).toInstant(),
              "hours"),
          new Bucket("daily", tier(Tiers::daily), (set, at) -> at.toLocalDate(), "days"),
          new Bucket("weekly", tier(Tiers::weekly), (set, at) -> week(at), "weeks"),
          new Bucket("monthly", tier(Tiers::monthly), (set, at) -> YearMonth.from(at), "months"),
          new Bucket("yearly", tier(Tiers::yearly), (set, at) -> Year.from(at), "years"),
          new Minimum());

  private RetentionRules() {}

  /**
   * One row of the table.
   *
   * <p>Every row is monotone: it keeps no more of a group than of a part of it. An index may not
   * show the newest writes yet, so a decision that misses some sets never expires what all of them
   * would keep.
   */
  interface Rule {

    /** A short name, such as {@code age} or {@code daily 7}; empty: the terms do not ask for it. */
    Optional<String> name(Group group);

    /** The sets that it keeps, each with the reason. */
    Map<AttemptId, String> kept(Group group);

    /** Why it expires a set; empty: it never says. */
    default Optional<String> expiryReason(Group group, SetFacts set) {
      return Optional.empty();
    }
  }

  /** Keeps what is held from outside, has not settled, or failed only just now. */
  static final class Held implements Rule {
    /** So long a failed or unjudged set stays, for anyone who looks into it. */
    private static final Duration FRESH = Duration.ofDays(1);

    private static final String PENDING = "pending";
    private static final String FAILED = "in error and younger than a day";
    private static final String UNJUDGED = "not judged yet and younger than a day";

    static boolean isOfState(String held) {
      return Set.of(PENDING, FAILED, UNJUDGED).containsAll(List.of(held.split(", ")));
    }

    @Override
    public Optional<String> name(Group group) {
      return Optional.of("hold");
    }

    @Override
    public Map<AttemptId, String> kept(Group group) {
      Map<AttemptId, String> kept = new LinkedHashMap<>();
      for (SetFacts set : group.sets()) {
        List<String> words = new ArrayList<>(set.holds());
        boolean fresh = group.now().isBefore(freshUntil(set));
        if (set.state() == SetState.PENDING) {
          words.add(PENDING);
        }
        if (set.state() == SetState.FAILED && fresh) {
          words.add(FAILED);
        }
        if (set.state() != SetState.PENDING && set.consistency().isEmpty() && fresh) {
          words.add(UNJUDGED);
        }
        if (!words.isEmpty()) {
          kept.put(set.set(), String.join(", ", words));
        }
      }
      return kept;
    }

    static Instant freshUntil(SetFacts set) {
      return set.pointInTime().plus(FRESH);
    }
  }

  /** Keeps the newest completed set that is proved to be application-consistent. */
  static final class NewestApplication implements Rule {
    static final String NAME = "newest";

    @Override
    public Optional<String> name(Group group) {
      return Optional.of(NAME);
    }

    @Override
    public Map<AttemptId, String> kept(Group group) {
      return group.sets().stream()
          .filter(SetFacts::application)
          .findFirst()
          .map(newest -> Map.of(newest.set(), "newest application-consistent set"))
          .orElse(Map.of());
    }
  }

  /** Keeps the newest completed set that passed a drill. */
  static final class NewestDrilled implements Rule {

    @Override
    public Optional<String> name(Group group) {
      return group.sets().stream().anyMatch(SetFacts::drilled)
          ? Optional.of("drilled")
          : Optional.empty();
    }

    @Override
    public Map<AttemptId, String> kept(Group group) {
      return group.sets().stream()
          .filter(SetFacts::drilled)
          .filter(SetFacts::completed)
          .findFirst()
          .map(newest -> Map.of(newest.set(), "newest set that passed a drill"))
          .orElse(Map.of());
    }
  }

  /** Keeps a set for whole days of 24 hours from its point in time, to the instant. */
  static final class Age implements Rule {

    @Override
    public Optional<String> name(Group group) {
      return group.sets().stream().anyMatch(set -> group.days(set).isPresent())
          ? Optional.of("age")
          : Optional.empty();
    }

    @Override
    public Map<AttemptId, String> kept(Group group) {
      Map<AttemptId, String> kept = new LinkedHashMap<>();
      for (SetFacts set : group.sets()) {
        end(group, set)
            .filter(end -> set.restorable() && group.now().isBefore(end))
            .ifPresent(
                end ->
                    kept.put(set.set(), "age until %s, %s".formatted(end, group.daysReason(set))));
      }
      return kept;
    }

    @Override
    public Optional<String> expiryReason(Group group, SetFacts set) {
      return end(group, set)
          .map(end -> "its age ended at %s, %s".formatted(end, group.daysReason(set)));
    }

    /** When the age of a set ends; empty: it has none. */
    static Optional<Instant> end(Group group, SetFacts set) {
      return Lifetime.expiry(group.days(set), set.pointInTime());
    }
  }

  /**
   * Keeps the newest completed set of each of the last buckets that have one: hours, days and so
   * on. A count is the same with a bucket for each set.
   *
   * <p>A partial set fills no bucket; it stays as long as buckets are left for it.
   *
   * @param most how many buckets the terms ask for
   * @param bucket of a set, by its point in time in the zone of the terms
   * @param unit what a bucket is
   */
  record Bucket(
      String tier,
      Function<RetentionSettings, OptionalInt> most,
      BiFunction<SetFacts, ZonedDateTime, Object> bucket,
      String unit)
      implements Rule {

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

  /**
   * Keeps the minimum of completed sets: the newest application-consistent ones, and others only
   * where there are not enough of those.
   */
  static final class Minimum implements Rule {
    static final String NAME = "minimum";

    @Override
    public Optional<String> name(Group group) {
      return group.terms().minimum() > 0 ? Optional.of(NAME) : Optional.empty();
    }

    @Override
    public Map<AttemptId, String> kept(Group group) {
      int minimum = group.terms().minimum();
      List<SetFacts> best =
          Stream.concat(
                  group.sets().stream().filter(SetFacts::application),
                  group.sets().stream()
                      .filter(Predicate.not(SetFacts::application))
                      .filter(SetFacts::completed))
              .limit(minimum)
              .toList();
      Map<AttemptId, String> kept = new LinkedHashMap<>();
      for (SetFacts set : best) {
        kept.put(set.set(), "%d of %d minimum".formatted(kept.size() + 1, minimum));
      }
      return kept;
    }
  }

  private static Function<RetentionSettings, OptionalInt> tier(Function<Tiers, OptionalInt> tier) {
    return terms -> terms.tiers().map(tier).orElse(OptionalInt.empty());
  }

  /** ISO: a week begins on Monday and belongs to the year that has its Thursday. */
  private static List<Integer> week(ZonedDateTime at) {
    return List.of(at.get(WEEK_BASED_YEAR), at.get(WEEK_OF_WEEK_BASED_YEAR));
  }
}
