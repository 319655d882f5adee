package dev.freezeframe.retention;

import dev.freezeframe.consistency.AttemptId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.Terms;
import dev.freezeframe.policy.Retention.Tiers;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Sets and terms, for the tests of retention. */
final class Sets {
  static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  static final Terms NOTHING =
      new Terms(
          OptionalInt.empty(),
          "no age is set",
          OptionalInt.empty(),
          Optional.empty(),
          1,
          false,
          ZoneOffset.UTC);

  private Sets() {}

  static AttemptId id(String name) {
    return AttemptId.of(name, 1);
  }

  static Terms days(int days) {
    return new Terms(
        OptionalInt.of(days),
        "the policy says %d days".formatted(days),
        OptionalInt.empty(),
        Optional.empty(),
        1,
        false,
        ZoneOffset.UTC);
  }

  static Terms count(int count) {
    return new Terms(
        OptionalInt.empty(),
        "no age is set",
        OptionalInt.of(count),
        Optional.empty(),
        1,
        false,
        ZoneOffset.UTC);
  }

  static Terms tiers(Tiers tiers, ZoneId zone) {
    return new Terms(
        OptionalInt.empty(),
        "no age is set",
        OptionalInt.empty(),
        Optional.of(tiers),
        1,
        false,
        zone);
  }

  /** The numbers of hourly, daily, weekly, monthly and yearly; 0: unset. */
  static Tiers tiers(int hourly, int daily, int weekly, int monthly, int yearly) {
    return new Tiers(set(hourly), set(daily), set(weekly), set(monthly), set(yearly));
  }

  private static OptionalInt set(int number) {
    return number == 0 ? OptionalInt.empty() : OptionalInt.of(number);
  }

  static Terms minimum(int minimum, Terms terms) {
    return new Terms(
        terms.days(),
        terms.daysReason(),
        terms.count(),
        terms.tiers(),
        minimum,
        terms.keepShared(),
        terms.zone());
  }

  static SetFacts set(String at, Consistency consistency, Terms terms) {
    return set(at, SetState.COMPLETED, consistency, terms);
  }

  static SetFacts set(String at, SetState state, Consistency consistency, Terms terms) {
    return new SetFacts(
        id(at),
        Instant.parse(at),
        state,
        Optional.ofNullable(consistency),
        Optional.ofNullable(terms),
        List.of());
  }

  static SetFacts held(SetFacts set, Hold... holds) {
    return set.with(List.of(holds));
  }

  /** The decision on one set of a group. */
  static Decision on(SetFacts set, Collection<SetFacts> group, String now) {
    return Decisions.of(group, Instant.parse(now)).stream()
        .filter(decision -> decision.set().equals(set.set()))
        .findFirst()
        .orElseThrow();
  }
}
