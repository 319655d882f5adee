package dev.freezeframe.retention;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.policy.Retention.Tiers;
import dev.freezeframe.retention.rule.Decision;
import dev.freezeframe.retention.rule.Decisions;
import dev.freezeframe.retention.rule.SetFacts;
import dev.freezeframe.retention.rule.SetState;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Sets and terms, for the tests of retention. */
public final class Sets {
  public static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  public static final RetentionSettings NOTHING =
      new RetentionSettings(
          OptionalInt.empty(),
          "no age is set",
          OptionalInt.empty(),
          Optional.empty(),
          1,
          false,
          ZoneOffset.UTC);

  private Sets() {}

  public static AttemptId id(String name) {
    return AttemptId.of(name, 1);
  }

  public static RetentionSettings days(int days) {
    return new RetentionSettings(
        OptionalInt.of(days),
        "the policy says %d days".formatted(days),
        OptionalInt.empty(),
        Optional.empty(),
        1,
        false,
        ZoneOffset.UTC);
  }

  public static RetentionSettings count(int count) {
    return new RetentionSettings(
        OptionalInt.empty(),
        "no age is set",
        OptionalInt.of(count),
        Optional.empty(),
        1,
        false,
        ZoneOffset.UTC);
  }

  public static RetentionSettings tiers(Tiers tiers, ZoneId zone) {
    return new RetentionSettings(
        OptionalInt.empty(),
        "no age is set",
        OptionalInt.empty(),
        Optional.of(tiers),
        1,
        false,
        zone);
  }

  /** The numbers of hourly, daily, weekly, monthly and yearly; 0: unset. */
  public static Tiers tiers(int hourly, int daily, int weekly, int monthly, int yearly) {
    return new Tiers(set(hourly), set(daily), set(weekly), set(monthly), set(yearly));
  }

  private static OptionalInt set(int number) {
    return number == 0 ? OptionalInt.empty() : OptionalInt.of(number);
  }

  public static RetentionSettings minimum(int minimum, RetentionSettings terms) {
    return new RetentionSettings(
        terms.days(),
        terms.daysReason(),
        terms.count(),
        terms.tiers(),
        minimum,
        terms.keepShared(),
        terms.zone());
  }

  public static SetFacts set(String at, Consistency consistency, RetentionSettings terms) {
    return set(at, SetState.COMPLETED, consistency, terms);
  }

  public static SetFacts set(
      String at, SetState state, Consistency consistency, RetentionSettings terms) {
    return new SetFacts(
        id(at),
        Instant.parse(at),
        state,
        Optional.ofNullable(consistency),
        Optional.ofNullable(terms),
        List.of());
  }

  public static SetFacts held(SetFacts set, String... holds) {
    return set.with(List.of(holds));
  }

  /** The decision on one set of a group. */
  public static Decision on(SetFacts set, Collection<SetFacts> group, String now) {
    return Decisions.of(group, Instant.parse(now)).stream()
        .filter(decision -> decision.set().equals(set.set()))
        .findFirst()
        .orElseThrow();
  }
}
