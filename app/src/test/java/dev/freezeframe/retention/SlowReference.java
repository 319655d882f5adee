package dev.freezeframe.retention;

import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.policy.Retention.Tiers;
import dev.freezeframe.retention.rule.SetFacts;
import dev.freezeframe.retention.rule.SetState;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What should be kept, said once more, slowly and obviously: each rule asks every set about every
 * other.
 */
final class SlowReference {
  private final List<SetFacts> sets;
  private final Instant now;

  SlowReference(List<SetFacts> sets, Instant now) {
    this.sets = sets;
    this.now = now;
  }

  boolean keeps(SetFacts set) {
    Optional<RetentionSettings> inForce =
        sets.stream()
            .filter(other -> other.terms().isPresent())
            .max((one, other) -> newer(one, other) ? 1 : -1)
            .flatMap(SetFacts::terms);
    return inForce.isEmpty()
        || inForce.get().keepEverything()
        || held(set)
        || newestApplication(set)
        || young(set, inForce.get())
        || counted(set, inForce.get())
        || tiered(set, inForce.get())
        || neededForTheMinimum(set, inForce.get().minimum());
  }

  private static boolean newer(SetFacts one, SetFacts other) {
    int order = one.pointInTime().compareTo(other.pointInTime());
    return order > 0 || (order == 0 && one.set().compareTo(other.set()) > 0);
  }

  private long newerThan(SetFacts set, Predicate<SetFacts> which) {
    return sets.stream().filter(which).filter(other -> newer(other, set)).count();
  }

  private static boolean whole(SetFacts set) {
    return set.state() == SetState.COMPLETED;
  }

  private static boolean proved(SetFacts set) {
    return whole(set) && set.consistency().equals(Optional.of(Consistency.APPLICATION));
  }

  private boolean held(SetFacts set) {
    boolean ofToday = Duration.between(set.pointInTime(), now).compareTo(Duration.ofDays(1)) < 0;
    return !set.holds().isEmpty()
        || set.state() == SetState.PENDING
        || (set.state() == SetState.FAILED && ofToday)
        || (set.consistency().isEmpty() && ofToday);
  }

  private boolean newestApplication(SetFacts set) {
    return proved(set) && newerThan(set, SlowReference::proved) == 0;
  }

  private boolean young(SetFacts set, RetentionSettings inForce) {
    int days =
        Math.max(
            set.terms().map(terms -> terms.days().orElse(0)).orElse(0), inForce.days().orElse(0));
    return set.state() != SetState.FAILED
        && now.isBefore(set.pointInTime().plus(Duration.ofDays(days)));
  }

  private boolean counted(SetFacts set, RetentionSettings inForce) {
    return set.state() != SetState.FAILED
        && newerThan(set, SlowReference::whole) < inForce.count().orElse(0);
  }

  private boolean tiered(SetFacts set, RetentionSettings inForce) {
    if (inForce.tiers().isEmpty() || set.state() == SetState.FAILED) {
      return false;
    }
    Tiers tiers = inForce.tiers().get();
    return tier(set, inForce, tiers.hourly(), at -> at.truncatedTo(ChronoUnit.HOURS))
        || tier(set, inForce, tiers.daily(), SlowReference::day)
        || tier(
            set,
            inForce,
            tiers.weekly(),
            at -> day(at).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)))
        || tier(set, inForce, tiers.monthly(), at -> day(at).withDayOfMonth(1))
        || tier(set, inForce, tiers.yearly(), at -> day(at).withDayOfYear(1));
  }

  private static ZonedDateTime day(ZonedDateTime at) {
    return at.truncatedTo(ChronoUnit.DAYS);
  }

  private boolean tier(
      SetFacts set,
      RetentionSettings inForce,
      OptionalInt most,
      UnaryOperator<ZonedDateTime> beginning) {
    if (most.isEmpty()) {
      return false;
    }
    List<Object> newerBuckets = new ArrayList<>();
    Object own = name(set, inForce, beginning);
    boolean newestOfItsOwn = true;
    for (SetFacts other : sets) {
      if (whole(other) && newer(other, set)) {
        Object bucket = name(other, inForce, beginning);
        newestOfItsOwn &= !bucket.equals(own);
        if (!newerBuckets.contains(bucket)) {
          newerBuckets.add(bucket);
        }
      }
    }
    return newerBuckets.size() < most.getAsInt() && (newestOfItsOwn || !whole(set));
  }

  /** A bucket by the instant at which it begins. */
  private static Object name(
      SetFacts set, RetentionSettings inForce, UnaryOperator<ZonedDateTime> beginning) {
    return beginning.apply(set.pointInTime().atZone(inForce.zone())).toInstant();
  }

  private boolean neededForTheMinimum(SetFacts set, int minimum) {
    if (proved(set)) {
      return newerThan(set, SlowReference::proved) < minimum;
    }
    long provedOnes = sets.stream().filter(SlowReference::proved).count();
    return whole(set)
        && provedOnes + newerThan(set, other -> whole(other) && !proved(other)) < minimum;
  }
}
