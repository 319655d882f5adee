package dev.freezeframe.retention.rule;

import static dev.freezeframe.consistency.Consistency.APPLICATION;
import static dev.freezeframe.consistency.Consistency.CRASH;
import static dev.freezeframe.consistency.Consistency.UNKNOWN;
import static dev.freezeframe.retention.Sets.BERLIN;
import static dev.freezeframe.retention.Sets.count;
import static dev.freezeframe.retention.Sets.days;
import static dev.freezeframe.retention.Sets.held;
import static dev.freezeframe.retention.Sets.minimum;
import static dev.freezeframe.retention.Sets.on;
import static dev.freezeframe.retention.Sets.set;
import static dev.freezeframe.retention.Sets.tiers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.retention.Sets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionsTest {
  private static final SetFacts NEWEST = set("2026-12-24T02:00:00Z", APPLICATION, days(14));

  private static List<String> kept(List<SetFacts> group, String now) {
    return Decisions.of(group, Instant.parse(now)).stream()
        .filter(decision -> !decision.expires())
        .map(decision -> pointInTime(group, decision))
        .toList();
  }

  private static String pointInTime(List<SetFacts> group, Decision decision) {
    return group.stream()
        .filter(set -> set.set().equals(decision.set()))
        .map(set -> set.pointInTime().toString())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anAgeEndsAtItsInstantAndNotBefore() {
    SetFacts old = set("2026-12-01T02:00:04.500Z", APPLICATION, days(14));
    List<SetFacts> group = List.of(NEWEST, old);

    assertThat(on(old, group, "2026-12-15T02:00:04.499Z").expires()).isFalse();
    assertThat(on(old, group, "2026-12-15T02:00:04.499Z").reevaluateAt())
        .contains(Instant.parse("2026-12-15T02:00:04.500Z"));
    assertThat(on(old, group, "2026-12-15T02:00:04.500Z").expires()).isTrue();
  }

  @Test
  void anEmptyPolicyKeepsEverything() {
    SetFacts ancient = set("1999-01-01T00:00:00Z", CRASH, Sets.NOTHING);
    SetFacts other = set("1999-01-02T00:00:00Z", APPLICATION, Sets.NOTHING);

    assertThat(on(ancient, List.of(ancient, other), "2026-12-24T00:00:00Z"))
        .isEqualTo(
            new Decision(
                ancient.set(),
                Decision.Action.KEEP,
                List.of("everything"),
                List.of("the policy has no rule that ends a set"),
                Optional.empty()));
  }

  @Test
  void aPolicyThatWasEmptiedKeepsWhatWasTakenUnderAnEarlierOne() {
    SetFacts old = set("2026-01-01T00:00:00Z", APPLICATION, days(7));
    SetFacts latest = set("2026-02-01T00:00:00Z", APPLICATION, Sets.NOTHING);

    assertThat(kept(List.of(old, latest), "2026-12-24T00:00:00Z")).hasSize(2);
  }

  @Test
  void aGroupOfWhichNoTermsAreOnRecordIsKept() {
    SetFacts old = set("2026-01-01T00:00:00Z", APPLICATION, null);
    SetFacts latest = set("2026-02-01T00:00:00Z", APPLICATION, null);

    assertThat(kept(List.of(old, latest), "2026-12-24T00:00:00Z")).hasSize(2);
  }

  @Test
  void theNewestApplicationConsistentSetIsNeverExpired() {
    SetFacts application = set("2026-01-01T00:00:00Z", APPLICATION, minimum(0, days(1)));
    SetFacts crash = set("2026-02-01T00:00:00Z", CRASH, minimum(0, days(1)));
    SetFacts unknown = set("2026-02-02T00:00:00Z", UNKNOWN, minimum(0, days(1)));
    SetFacts partial =
        set("2026-02-03T00:00:00Z", SetState.PARTIAL, APPLICATION, minimum(0, days(1)));
    SetFacts pending =
        set("2026-02-04T00:00:00Z", SetState.PENDING, APPLICATION, minimum(0, days(1)));

    assertThat(kept(List.of(application, crash, unknown, partial, pending), "2026-12-24T00:00:00Z"))
        .containsExactly("2026-02-04T00:00:00Z", "2026-01-01T00:00:00Z");
  }

  @ParameterizedTest
  @EnumSource(
      value = Consistency.class,
      names = {"CRASH", "UNKNOWN"})
  void aLesserSetDoesNotCountTowardsTheMinimumWhileAnApplicationSetCould(Consistency lesser) {
    RetentionSettings terms = minimum(2, days(1));
    List<SetFacts> group =
        List.of(
            set("2026-02-05T00:00:00Z", lesser, terms),
            set("2026-02-04T00:00:00Z", lesser, terms),
            set("2026-02-03T00:00:00Z", APPLICATION, terms),
            set("2026-02-02T00:00:00Z", APPLICATION, terms),
            set("2026-02-01T00:00:00Z", APPLICATION, terms));

    assertThat(kept(group, "2026-12-24T00:00:00Z"))
        .containsExactly("2026-02-03T00:00:00Z", "2026-02-02T00:00:00Z");
  }

  @Test
  void lesserSetsFillTheMinimumWhereThereAreNotEnoughOthers() {
    RetentionSettings terms = minimum(3, days(1));
    List<SetFacts> group =
        List.of(
            set("2026-02-04T00:00:00Z", CRASH, terms),
            set("2026-02-03T00:00:00Z", UNKNOWN, terms),
            set("2026-02-02T00:00:00Z", CRASH, terms),
            set("2026-02-01T00:00:00Z", APPLICATION, terms));

    assertThat(kept(group, "2026-12-24T00:00:00Z"))
        .containsExactly("2026-02-04T00:00:00Z", "2026-02-03T00:00:00Z", "2026-02-01T00:00:00Z");
    assertThat(on(group.get(3), group, "2026-12-24T00:00:00Z").reasons())
        .containsExactly("newest application-consistent set", "1 of 3 minimum");
  }

  @Test
  void aHoldKeepsASetAndIsAskedAboutInTheNextRun() {
    SetFacts used = held(set("2026-01-02T00:00:00Z", APPLICATION, days(14)), "used by ami-1");
    List<SetFacts> group = List.of(NEWEST, used);

    assertThat(on(used, group, "2026-12-25T00:00:00Z"))
        .isEqualTo(
            new Decision(
                used.set(),
                Decision.Action.KEEP,
                List.of("hold"),
                List.of("used by ami-1"),
                Optional.of(Instant.parse("2026-12-25T00:00:00Z"))));
  }

  @Test
  void aFailedSetStaysForADayAndCountsForNothing() {
    SetFacts failed = set("2026-12-24T02:00:00Z", SetState.FAILED, UNKNOWN, count(1));
    SetFacts good = set("2026-12-23T02:00:00Z", APPLICATION, count(1));
    List<SetFacts> group = List.of(failed, good);

    assertThat(on(failed, group, "2026-12-25T01:59:59Z").words())
        .isEqualTo("in error and younger than a day");
    assertThat(on(failed, group, "2026-12-25T02:00:00Z").rule()).isEqualTo("failed");
    assertThat(on(good, group, "2026-12-25T02:00:00Z").reasons()).contains("count 1 of 1");
  }

  @Test
  void aPendingSetIsNeverExpired() {
    SetFacts pending = set("2026-01-01T02:00:00Z", SetState.PENDING, UNKNOWN, days(1));

    assertThat(on(pending, List.of(NEWEST, pending), "2026-12-25T00:00:00Z").words())
        .isEqualTo("pending");
  }

  @Test
  void aPartialSetFillsNoBucketAndStaysWhileThereIsRoomForIt() {
    List<SetFacts> group =
        List.of(
            set("2026-12-05T00:00:00Z", APPLICATION, count(2)),
            set("2026-12-04T00:00:00Z", SetState.PARTIAL, UNKNOWN, count(2)),
            set("2026-12-03T00:00:00Z", APPLICATION, count(2)),
            set("2026-12-02T00:00:00Z", SetState.PARTIAL, UNKNOWN, count(2)));

    assertThat(kept(group, "2026-12-24T00:00:00Z"))
        .containsExactly("2026-12-05T00:00:00Z", "2026-12-04T00:00:00Z", "2026-12-03T00:00:00Z");
  }

  @Test
  void aLongerAgeHoldsAtOnceAndAShorterOneForNewSetsOnly() {
    SetFacts old = set("2026-12-01T00:00:00Z", APPLICATION, days(7));
    SetFacts lengthened = set("2026-12-02T00:00:00Z", APPLICATION, days(30));
    assertThat(kept(List.of(old, lengthened), "2026-12-20T00:00:00Z")).hasSize(2);

    SetFacts longer = set("2026-12-01T00:00:00Z", APPLICATION, days(30));
    SetFacts shortened = set("2026-12-02T00:00:00Z", APPLICATION, days(7));
    assertThat(kept(List.of(longer, shortened), "2026-12-20T00:00:00Z")).hasSize(2);
  }

  @Test
  void theHourThatASwitchRepeatsIsTwoHours() {
    RetentionSettings terms = tiers(tiers(3, 0, 0, 0, 0), BERLIN);
    List<SetFacts> group =
        List.of(
            set("2026-10-24T23:30:00Z", APPLICATION, terms),
            set("2026-10-25T00:30:00Z", APPLICATION, terms),
            set("2026-10-25T01:30:00Z", APPLICATION, terms));

    assertThat(kept(group, "2026-12-24T00:00:00Z")).hasSize(3);
  }

  @Test
  void aDayThatASwitchShortensOrLengthensIsOneDay() {
    RetentionSettings terms = tiers(tiers(0, 2, 0, 0, 0), BERLIN);
    List<SetFacts> group =
        List.of(
            set("2026-03-28T22:59:59Z", APPLICATION, terms), // 23:59:59 on the 28th
            set("2026-03-28T23:00:00Z", APPLICATION, terms), // midnight, the 29th
            set("2026-03-29T21:59:59Z", APPLICATION, terms), // 23:59:59 on the 29th, 23 hours long
            set("2026-03-29T22:00:00Z", APPLICATION, terms)); // midnight, the 30th

    assertThat(kept(group, "2026-12-24T00:00:00Z"))
        .containsExactly("2026-03-29T22:00:00Z", "2026-03-29T21:59:59Z");
  }

  @Test
  void aWeekBeginsOnMondayAndMayBelongToTheYearBefore() {
    RetentionSettings terms = tiers(tiers(0, 0, 2, 0, 0), BERLIN);
    List<SetFacts> group =
        List.of(
            set("2026-12-27T12:00:00Z", APPLICATION, terms), // Sunday, week 52
            set("2026-12-28T12:00:00Z", APPLICATION, terms), // Monday, week 53
            set("2027-01-03T12:00:00Z", APPLICATION, terms)); // Sunday, week 53 of 2026

    assertThat(kept(group, "2027-02-01T00:00:00Z"))
        .containsExactly("2027-01-03T12:00:00Z", "2026-12-27T12:00:00Z");
  }

  @Test
  void aLeapDayIsADayOfItsMonth() {
    RetentionSettings daily = tiers(tiers(0, 3, 0, 0, 0), BERLIN);
    RetentionSettings monthly = tiers(tiers(0, 0, 0, 2, 0), BERLIN);
    List<String> days =
        List.of("2028-02-28T12:00:00Z", "2028-02-29T12:00:00Z", "2028-03-01T12:00:00Z");

    assertThat(
            kept(
                days.stream().map(at -> set(at, APPLICATION, daily)).toList(),
                "2028-12-24T00:00:00Z"))
        .hasSize(3);
    assertThat(
            kept(
                days.stream().map(at -> set(at, APPLICATION, monthly)).toList(),
                "2028-12-24T00:00:00Z"))
        .containsExactly("2028-03-01T12:00:00Z", "2028-02-29T12:00:00Z");
  }

  @Test
  void aYearOfDaysIsDaysAndNotAYear() {
    SetFacts old = set("2028-02-29T12:00:00Z", APPLICATION, days(365));

    assertThat(
            on(
                    old,
                    List.of(old, set("2029-03-01T00:00:00Z", APPLICATION, days(365))),
                    "2029-02-28T11:59:59Z")
                .expires())
        .isFalse();
  }

  @Test
  void ofTwoSetsOfOneInstantTheSameOneIsAlwaysKept() {
    Instant at = Instant.parse("2026-12-01T00:00:00Z");
    List<SetFacts> twins =
        List.of("a", "b", "c").stream()
            .map(
                name ->
                    new SetFacts(
                        Sets.id(name),
                        at,
                        SetState.COMPLETED,
                        Optional.of(APPLICATION),
                        Optional.of(count(1)),
                        List.of()))
            .toList();
    List<SetFacts> turned = new ArrayList<>(twins);
    Collections.reverse(turned);

    List<Decision> decisions = Decisions.of(twins, at);
    assertThat(decisions).filteredOn(decision -> !decision.expires()).hasSize(1);
    assertThat(Decisions.of(turned, at)).isEqualTo(decisions);
  }

  @Test
  void aClockThatWentBackExpiresNothing() {
    SetFacts fromTheFuture = set("2026-12-01T00:00:00Z", APPLICATION, days(1));
    SetFacts alsoFromTheFuture = set("2026-12-02T00:00:00Z", CRASH, days(1));

    assertThat(kept(List.of(fromTheFuture, alsoFromTheFuture), "2026-11-01T00:00:00Z")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theOrderOfTheInputDecidesNothingAndStaysAsItWas(long seed) {
    List<SetFacts> group =
        IntStream.range(0, 200)
            .mapToObj(
                hour ->
                    set(
                        Instant.parse("2026-01-01T00:30:00Z")
                            .plus(Duration.ofHours(7L * hour))
                            .toString(),
                        List.of(APPLICATION, CRASH, UNKNOWN).get(hour % 3),
                        tiers(tiers(5, 7, 4, 12, 2), BERLIN)))
            .toList();
    List<SetFacts> shuffled = new ArrayList<>(group);
    Collections.shuffle(shuffled, new Random(seed));
    List<SetFacts> before = List.copyOf(shuffled);
    Instant now = Instant.parse("2026-12-24T00:00:00Z");

    assertThat(Decisions.of(shuffled, now)).isEqualTo(Decisions.of(group, now));
    assertThat(shuffled).isEqualTo(before);
  }
}
