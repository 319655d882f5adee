package dev.freezeframe.retention;

import static dev.freezeframe.consistency.Consistency.APPLICATION;
import static dev.freezeframe.consistency.Consistency.CRASH;
import static dev.freezeframe.retention.Sets.BERLIN;
import static dev.freezeframe.retention.Sets.count;
import static dev.freezeframe.retention.Sets.days;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.PlanPage.PlannedSet;
import dev.freezeframe.ledger.PlanPages;
import dev.freezeframe.ledger.PlanRow;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.snapshot.Ec2Snapshots;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.snapshot.SnapshotTags;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExpiryTest {
  private static final DeletionLimit ANY = new DeletionLimit(Integer.MAX_VALUE, 1);

  private final Fleet fleet = new Fleet();

  private Fleet.Taken take(String at, RetentionSettings terms) {
    fleet.passTo(at);
    return fleet.take(1, APPLICATION, terms);
  }

  @Test
  void theFactsOfASetGoWithItOnceForAllOfItsSnapshots() {
    Fleet.Taken old = take("2026-01-01T02:00:00Z", days(7));
    take("2026-01-08T02:00:00Z", days(7));
    fleet.passTo("2026-01-08T03:00:00Z");
    List<Object> gone = new ArrayList<>();
    Ledger watched =
        (Ledger)
            Proxy.newProxyInstance(
                Ledger.class.getClassLoader(),
                new Class<?>[] {Ledger.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("recordFactsExpiry")) {
                    gone.addAll(List.of(arguments));
                  }
                  return method.invoke(fleet.ledger, arguments);
                });

    fleet.apply(watched, fleet.live, fleet.plan(ANY));

    assertThat(gone).containsExactly(old.set(), Instant.parse("2026-01-08T03:00:00Z"));
  }

  private SnapshotHistory life(SnapshotId id) {
    return fleet.ledger.lives(List.of(id)).get(0);
  }

  private List<PlannedSet> planned(PlanRow plan) {
    return fleet.pages(plan).stream().flatMap(page -> page.sets().stream()).toList();
  }

  @Test
  void whatIsDueIsDeletedAndTheRowSaysByWhichRuleWhyAndWhen() {
    Fleet.Taken old = take("2026-01-01T02:00:00Z", days(7));
    take("2026-01-08T02:00:00Z", days(7));
    fleet.passTo("2026-01-08T03:00:00Z");

    assertThat(fleet.expire().deleted()).isEqualTo(2);

    assertThat(fleet.live.all()).doesNotContainKeys(old.members().toArray(new SnapshotId[0]));
    assertThat(life(old.members().get(0)).deletion())
        .hasValueSatisfying(
            deletion -> {
              assertThat(deletion.rule()).isEqualTo("age");
              assertThat(deletion.reason())
                  .isEqualTo("its age ended at 2026-01-08T02:00:00Z, the policy says 7 days");
              assertThat(deletion.run()).isEqualTo("expire-1");
              assertThat(deletion.at()).isEqualTo("2026-01-08T03:00:00Z");
              assertThat(deletion.found()).isTrue();
            });
  }

  @Test
  void aPreviewChangesNothingAndIsWhatTheRunThenCarriesOut() {
    Fleet.Taken old = take("2026-01-01T02:00:00Z", days(7));
    take("2026-01-08T02:00:00Z", days(7));
    fleet.passTo("2026-01-08T03:00:00Z");

    PlanRow preview = fleet.plan(ANY);
    assertThat(planned(preview)).extracting(PlannedSet::set).containsExactly(old.set());
    assertThat(fleet.live.all()).hasSize(4);

    fleet.pass(Duration.ofHours(5));
    take("2026-01-08T09:00:00Z", count(1));
    assertThat(fleet.apply(preview).deleted()).isEqualTo(2);
    assertThat(fleet.live.all()).hasSize(4);
  }

  @Test
  void whatAnOldPlanKeepsIsNotForgotten() {
    Fleet.Taken old = take("2026-01-01T02:00:00Z", days(7));
    take("2026-01-08T02:00:00Z", days(7));
    fleet.live.lock(old.members().get(0), Optional.of("governance"));
    fleet.passTo("2026-01-09T03:00:00Z");
    PlanRow preview = fleet.plan(ANY);
    fleet.passTo("2026-01-19T03:00:00Z");
    fleet.expire();
    fleet.passTo("2026-01-20T03:00:00Z");
    fleet.expire(); // from now on nobody looks at the days before the 18th

    fleet.apply(preview);

    fleet.live.lock(old.members().get(0), Optional.empty());
    fleet.passTo("2026-01-25T03:00:00Z");
    assertThat(fleet.expire().deleted()).isEqualTo(2);
  }

  @Test
  void aPlanIsRefusedForASetOfWhichTheFactsHaveChanged() {
    Fleet.Taken old = take("2026-01-01T02:00:00Z", days(7));
    take("2026-01-08T02:00:00Z", days(7));
    fleet.passTo("2026-01-08T03:00:00Z");
    PlanRow preview = fleet.plan(ANY);
    fleet.live.tag(old.members().get(1), SnapshotTags.PIN, Optional.of("forever"));

    assertThat(fleet.apply(preview).words())
        .singleElement()
        .asString()
        .contains("the facts have changed since the plan")
        .contains("pinned forever");
    assertThat(fleet.live.all()).hasSize(4);
    assertThat(life(old.members().get(0)).held()).isPresent();
  }

  @Test
  void aPlanIsRefusedIfTheSetsThatReplaceItAreGoneByThen() {
    take("2026-01-01T02:00:00Z", days(7));
    Fleet.Taken newest = take("2026-01-08T02:00:00Z", days(7));
    fleet.passTo("2026-01-08T03:00:00Z");
    PlanRow preview = fleet.plan(ANY);
    newest.members().forEach(fleet.live::deleteByHand);

    assertThat(fleet.apply(preview).deleted()).isZero();
    assertThat(fleet.live.all()).hasSize(2);
  }

  @Test
  void theNewestSetInTheLedgerCountsOnlyIfItExists() {
    take("2026-01-01T02:00:00Z", days(1));
    Fleet.Taken middle = take("2026-01-02T02:00:00Z", days(1));
    Fleet.Taken newest = take("2026-01-03T02:00:00Z", days(1));
    newest.members().forEach(fleet.live::deleteByHand);
    fleet.live.deleteByHand(middle.members().get(0));
    fleet.passTo("2026-02-01T03:00:00Z");

    fleet.expire();

    // The newest is gone and the middle one torn: the first is the newest that is whole.
    assertThat(fleet.live.all()).containsOnlyKeys(firstSet());
  }

  /** Found by seed 3180: the older set went, because the newer one was not read to the end. */
  @Test
  void aNewerSetThatHasLostAMemberLetsNoOlderOneGo() {
    take("2026-01-01T02:00:00Z", days(1));
    Fleet.Taken newest = take("2026-01-02T02:00:00Z", days(1));
    fleet.passTo("2026-01-02T06:00:00Z");
    fleet.live.deleteByHand(newest.members().get(0));
    fleet.ledger.recordVanished(newest.members().get(0), fleet.now());

    fleet.expire();

    assertThat(fleet.live.all()).containsKeys(firstSet());
  }

  private SnapshotId[] firstSet() {
    return new SnapshotId[] {
      new SnapshotId("snap-00000000000000001"), new SnapshotId("snap-00000000000000002")
    };
  }

  @Test
  void whatIsHeldIsAskedAboutAgainInTheNextRun() {
    Fleet.Taken old = take("2026-01-01T02:00:00Z", days(7));
    take("2026-01-08T02:00:00Z", days(7));
    fleet.live.lock(old.members().get(0), Optional.of("governance"));
    fleet.passTo("2026-01-09T03:00:00Z");

    assertThat(fleet.expire().deleted()).isZero();
    assertThat(life(old.members().get(0)).held().orElseThrow()).contains("locked (governance)");

    fleet.live.lock(old.members().get(0), Optional.empty());
    fleet.passTo("2026-02-09T03:00:00Z");
    assertThat(fleet.expire().deleted()).isEqualTo(2);
  }

  @Test
  void aPinWithADateKeepsToTheEndOfThatDay() {
    Fleet.Taken old = take("2026-01-01T02:00:00Z", days(7));
    take("2026-01-08T02:00:00Z", days(7));
    fleet.live.tag(old.members().get(0), SnapshotTags.PIN, Optional.of("2026-01-20"));
    fleet.passTo("2026-01-09T03:00:00Z");
    fleet.expire();

    assertThat(life(old.members().get(0)).held())
        .contains(old.members().get(0) + " is pinned until 2026-01-20");
    fleet.passTo("2026-01-20T23:59:59Z");
    assertThat(fleet.expire().deleted()).isZero();
    fleet.passTo("2026-01-21T00:00:00Z");
    assertThat(fleet.expire().deleted()).isEqualTo(2);
  }

  @Test
  void aPinThatIsNoDateIsAPin() {
    Fleet.Taken old = take("2026-01-01T02:00:00Z", days(7));
    take("2026-01-08T02:00:00Z", days(7));
    fleet.live.tag(old.members().get(0), SnapshotTags.PIN, Optional.of("next year"));
    fleet.passTo("2026-03-09T03:00:00Z");

    assertThat(fleet.expire().deleted()).isZero();
  }

  @Test
  void aSetOfWhichOneMemberIsUsedByAnImageStaysWhole() {
    Fleet.Taken old = take("2026-01-01T02:00:00Z", days(7));
    take("2026-01-08T02:00:00Z", days(7));
    fleet.live.use(old.members().get(1), List.of("ami-1"));
    fleet.passTo("2026-01-09T03:00:00Z");

    assertThat(fleet.expire().deleted()).isZero();
    assertThat(life(old.members().get(0)).held().orElseThrow())
        .isEqualTo(old.members().get(1) + " is used by ami-1");
  }

  @Test
  void aSnapshotWithoutOurTagsIsNotOurs() {
    Fleet.Taken old = take("2026-01-01T02:00:00Z", days(7));
    take("2026-01-08T02:00:00Z", days(7));
    fleet.live.tag(old.members().get(0), SnapshotTags.RUN, Optional.empty());
    fleet.passTo("2026-01-09T03:00:00Z");

    assertThat(fleet.expire().deleted()).isZero();
  }

  private static RetentionSettings keepShared(int days) {
    return new RetentionSettings(
        OptionalInt.of(days),
        "the policy says %d days".formatted(days),
        OptionalInt.empty(),
        Optional.empty(),
        1,
        true,
        BERLIN);
  }

  @Test
  void aSharedSetThatWasNeverJudgedStaysWhereTheTermsInForceSaySo() {
    fleet.passTo("2026-01-01T02:00:00Z");
    Fleet.Taken unjudged = fleet.create(1, 2);
    fleet.record(unjudged);
    unjudged.members().forEach(member -> fleet.settle(member, SnapshotState.COMPLETED));
    fleet.ledger.recordExpiry(unjudged.members(), Optional.of(fleet.now()), Optional.empty());
    take("2026-01-08T02:00:00Z", keepShared(7));
    fleet.live.share(unjudged.members().get(0), "111122223333");
    fleet.passTo("2026-01-09T03:00:00Z");

    assertThat(fleet.expire().deleted()).isZero();
    assertThat(life(unjudged.members().get(0)).held().orElseThrow())
        .contains("shared with 111122223333");
  }

  @Test
  void thePinOfASetThatWasNeverJudgedEndsInTheZoneOfTheTermsInForce() {
    fleet.passTo("2026-01-01T02:00:00Z");
    Fleet.Taken unjudged = fleet.create(1, 1);
    fleet.record(unjudged);
    fleet.settle(unjudged.members().get(0), SnapshotState.COMPLETED);
    fleet.ledger.recordExpiry(unjudged.members(), Optional.of(fleet.now()), Optional.empty());
    take("2026-01-08T02:00:00Z", keepShared(7));
    fleet.live.tag(unjudged.members().get(0), SnapshotTags.PIN, Optional.of("2026-01-08"));

    fleet.passTo("2026-01-08T22:30:00Z"); // 23:30 in Berlin
    assertThat(fleet.expire().deleted()).isZero();
    fleet.passTo("2026-01-08T23:30:00Z"); // the 9th in Berlin
    assertThat(fleet.expire().deleted()).isEqualTo(1);
  }

  @Test
  void aSharedSnapshotStaysWhereThePolicySaysSo() {
    RetentionSettings sharing =
        new RetentionSettings(
            OptionalInt.of(7),
            "the policy says 7 days",
            OptionalInt.empty(),
            Optional.empty(),
            1,
            true,
            java.time.ZoneOffset.UTC);
    Fleet.Taken old = take("2026-01-01T02:00:00Z", sharing);
    Fleet.Taken other = take("2026-01-01T03:00:00Z", days(7));
    take("2026-01-08T02:00:00Z", days(7));
    fleet.live.share(old.members().get(0), "111122223333");
    fleet.live.share(other.members().get(0), "111122223333");
    fleet.passTo("2026-01-09T03:00:00Z");

    assertThat(fleet.expire().deleted()).isEqualTo(2);
    assertThat(life(old.members().get(0)).held().orElseThrow())
        .contains("shared with 111122223333");
  }

  @Test
  void aRefusalOfTheFirstMemberKeepsTheSetWholeAndIsAskedAgain() {
    Fleet.Taken old = take("2026-01-01T02:00:00Z", days(7));
    take("2026-01-08T02:00:00Z", days(7));
    fleet.live.refuse(old.members().get(0), "InvalidSnapshot.InUse");
    fleet.passTo("2026-01-09T03:00:00Z");

    assertThat(fleet.expire().deleted()).isZero();
    assertThat(fleet.live.all()).hasSize(4);
    assertThat(life(old.members().get(1)).held().orElseThrow()).contains("InvalidSnapshot.InUse");

    fleet.live.allow(old.members().get(0));
    fleet.pass(Duration.ofDays(1));
    assertThat(fleet.expire().deleted()).isEqualTo(2);
  }

  @Test
  void aRefusalOfALaterMemberNamesItAndTheOthersGo() {
    Fleet.Taken old = take("2026-01-01T02:00:00Z", days(7));
    take("2026-01-08T02:00:00Z", days(7));
    fleet.live.refuse(old.members().get(1), "InvalidSnapshot.InUse");
    fleet.passTo("2026-01-09T03:00:00Z");

    PlanExecutor.Result result = fleet.expire();
    assertThat(result.deleted()).isEqualTo(1);
    assertThat(result.words()).singleElement().asString().contains(old.members().get(1).value());

    fleet.live.allow(old.members().get(1));
    fleet.pass(Duration.ofDays(1));
    assertThat(fleet.expire().deleted()).isEqualTo(1);
  }

  @Test
  void whatIsGoneAlreadyIsDone() {
    Fleet.Taken old = take("2026-01-01T02:00:00Z", days(7));
    take("2026-01-08T02:00:00Z", days(7));
    old.members().forEach(fleet.live::deleteByHand);
    fleet.passTo("2026-01-09T03:00:00Z");

    assertThat(fleet.expire().gone()).isEqualTo(2);
    assertThat(life(old.members().get(0)).deletion().orElseThrow().found()).isFalse();
    assertThat(fleet.plan(ANY).pages()).isZero();
  }

  @Test
  void aScheduleOfManySetsADayAndASmallCountLosesThemEachDay() {
    for (int hour = 0; hour < 48; hour++) {
      take("2026-01-0%dT%02d:00:00Z".formatted(1 + hour / 24, hour % 24), count(7));
      if (hour % 24 == 23) {
        fleet.passTo("2026-01-0%dT23:30:00Z".formatted(1 + hour / 24));
        PlanRow plan = fleet.plan(DeletionLimit.DEFAULT);
        assertThat(plan.within()).isTrue();
        assertThat(plan.leftOut()).isZero();
        assertThat(plan.sets()).isEqualTo(hour == 23 ? 17 : 24);
        fleet.apply(plan);
      }
    }
  }

  @Test
  void weeksOfStandstillAreMadeUpForByOneRun() {
    for (int day = 1; day <= 9; day++) {
      take("2026-01-0%dT02:00:00Z".formatted(day), days(2));
    }
    fleet.passTo("2026-01-09T03:00:00Z");

    PlanRow plan = fleet.plan(new DeletionLimit(0, 0.1));
    assertThat(plan.within()).isTrue();
    assertThat(plan.sets()).isEqualTo(7);
  }

  @Test
  void aCountThatWasCutToAFractionIsLeftOutAndStopsNoOtherGroup() {
    for (int day = 1; day <= 8; day++) {
      take("2026-01-0%dT02:00:00Z".formatted(day), count(9));
    }
    take("2026-01-09T02:00:00Z", count(1));
    fleet.passTo("2026-01-09T03:00:00Z");

    PlanRow byShare = fleet.plan(DeletionLimit.DEFAULT);
    assertThat(byShare.within()).isTrue();
    assertThat(byShare.leftOut()).isEqualTo(1);
    assertThat(byShare.sets()).isZero();
    assertThat(byShare.words()).contains("of 9 sets of daily#i-00000000000000001");

    PlanRow bySnapshots = fleet.plan(new DeletionLimit(10, 1));
    assertThat(bySnapshots.within()).isFalse();
    assertThat(bySnapshots.words()).contains("more than the limit of 10");

    assertThat(fleet.plan(new DeletionLimit(1000, 1)).leftOut()).isZero();
  }

  @Test
  void aCountEndsASetWhenANewerOneCompletes() {
    take("2026-01-01T02:00:00Z", count(2));
    take("2026-01-02T02:00:00Z", count(2));
    assertThat(fleet.expire().deleted()).isZero();
    take("2026-01-03T02:00:00Z", count(2));

    assertThat(fleet.expire().deleted()).isEqualTo(2);
    assertThat(fleet.live.all()).hasSize(4);
  }

  @Test
  void whatIsTakenAfterAClockThatWasAheadWentBackEndsInItsTime() {
    take("2026-01-01T02:00:00Z", days(7));
    fleet.passTo("2026-05-01T03:00:00Z");
    fleet.expire();
    fleet.passTo("2026-05-02T03:00:00Z");
    fleet.expire(); // by these two nothing is left to look for before the end of April

    Fleet.Taken old = take("2026-01-02T02:00:00Z", days(7));
    take("2026-01-03T02:00:00Z", days(7));
    fleet.passTo("2026-01-09T03:00:00Z");
    assertThat(fleet.expire().deleted()).isEqualTo(2 + 2);
    assertThat(fleet.live.all()).doesNotContainKeys(old.members().toArray(new SnapshotId[0]));

    take("2026-01-10T02:00:00Z", days(7));
    fleet.passTo("2026-01-18T03:00:00Z");
    assertThat(fleet.expire().deleted()).isEqualTo(2);
  }

  @Test
  void theSetsOfAnInstanceThatIsGoneEndByWhatWasRecordedWithThem() {
    take("2026-01-01T02:00:00Z", days(7));
    take("2026-01-02T02:00:00Z", days(7));
    fleet.passTo("2026-06-01T00:00:00Z");

    assertThat(fleet.expire().deleted()).isEqualTo(2);
    assertThat(fleet.live.all()).hasSize(2);
  }

  @Test
  void ec2IsAskedAboutNoMoreThanWhatGoesAndWhatItGoesFor() {
    for (int day = 1; day <= 28; day++) {
      take("2026-01-%02dT02:00:00Z".formatted(day), days(27));
    }
    fleet.passTo("2026-01-28T03:00:00Z");
    int before = fleet.live.asked();

    PlanRow plan = fleet.plan(DeletionLimit.DEFAULT);

    assertThat(plan.snapshots()).isEqualTo(2);
    assertThat(fleet.live.asked() - before).isEqualTo(4); // the set that goes, and the newest
  }

  /** A set of three is due of each of ten instances. */
  private void tenInstancesWithASetThatIsDue(Fleet some) {
    for (int instance = 1; instance <= 10; instance++) {
      some.passTo("2026-01-01T02:00:00Z");
      some.take(instance, 3, SnapshotState.COMPLETED, CRASH, days(7));
      some.passTo("2026-01-08T02:00:00Z");
      some.take(instance, 3, SnapshotState.COMPLETED, APPLICATION, days(7));
    }
    some.passTo("2026-01-08T03:00:00Z");
  }

  @Test
  void aPlanIsTheSameInHoweverManyCallsItIsMade() {
    tenInstancesWithASetThatIsDue(fleet);
    List<PlannedSet> once = planned(fleet.plan(ANY));
    assertThat(fleet.planCalls()).isEqualTo(1);

    fleet.portionPlans(6);
    PlanRow plan = fleet.plan(ANY);

    assertThat(fleet.planCalls()).isEqualTo(1 + 5);
    assertThat(planned(plan)).isEqualTo(once).hasSize(10);
    assertThat(plan.pages()).isEqualTo(5);
    assertThat(plan.snapshots()).isEqualTo(30);
    assertThat(fleet.apply(plan).deleted()).isEqualTo(30);
  }

  @Test
  void aLimitCountsWhatAllCallsOfAPlanHaveGo() {
    for (int instance = 1; instance <= 4; instance++) {
      for (int day = 1; day <= 8; day++) {
        fleet.passTo("2026-01-0%dT02:00:00Z".formatted(day));
        fleet.take(instance, APPLICATION, count(9));
      }
      fleet.passTo("2026-01-09T02:00:00Z");
      fleet.take(instance, APPLICATION, count(1));
    }
    fleet.passTo("2026-01-09T03:00:00Z");
    fleet.portionPlans(1);

    PlanRow plan = fleet.plan(new DeletionLimit(40, 1));

    assertThat(plan.within()).isFalse();
    assertThat(plan.words()).contains("48 of the snapshots").contains("the limit of 40");
    assertThat(fleet.planCalls()).isEqualTo(3); // 16 snapshots each: the fourth is not needed
    PlanRow byShare = fleet.plan(DeletionLimit.DEFAULT);
    assertThat(byShare.leftOut()).isEqualTo(4);
    assertThat(byShare.words()).contains("and of 3 other groups");
  }

  @Test
  void aCallOfAPlanThatIsMadeAgainPlansByTheFactsOfItsTime() {
    tenInstancesWithASetThatIsDue(fleet);
    ExpiryPlanner planner =
        new ExpiryPlanner(
            fleet.ledger,
            fleet.live,
            new PlanPages(3, 300_000),
            new ExpiryPlanner.Portion(9, Integer.MAX_VALUE, 1));
    PlanDraft begun = planner.begin("plan", fleet.now());
    PlanDraft first = planner.goOn(begun, "x", ANY, fleet.now()).draft().orElseThrow();
    PlanDraft lost = planner.goOn(first, "x", ANY, fleet.now()).draft().orElseThrow();
    PlannedSet going = fleet.ledger.planPage("plan", 4).orElseThrow().sets().get(0);
    fleet.live.tag(going.members().get(0), SnapshotTags.PIN, Optional.of("forever"));
    fleet.pass(Duration.ofSeconds(1));

    PlanDraft again = planner.goOn(first, "x", ANY, fleet.now()).draft().orElseThrow();

    assertThat(lost.sets()).isEqualTo(6);
    assertThat(again.sets()).isEqualTo(5);
    PlanDraft last = planner.goOn(again, "x", ANY, fleet.now()).draft().orElseThrow();
    ExpiryPlanner.Result whole = planner.goOn(last, "x", ANY, fleet.now());
    assertThat(whole.draft()).isEmpty();
    assertThat(whole.plan().sets()).isEqualTo(9);
    assertThat(planned(whole.plan()))
        .hasSize(10)
        .filteredOn(set -> !set.expires())
        .extracting(PlannedSet::set)
        .containsExactly(going.set());
    fleet.pass(Duration.ofSeconds(1));
    assertThat(planner.goOn(last, "x", ANY, fleet.now())).isEqualTo(whole);
  }

  @Test
  void aPlanThatNobodyBeganIsNotGoneOnWith() {
    PlanDraft forged = PlanDraft.of("forged", 3);

    assertThatIllegalStateException()
        .isThrownBy(
            () -> new ExpiryPlanner(fleet.ledger, fleet.live).goOn(forged, "x", ANY, fleet.now()))
        .withMessage("group 1 of the plan 'forged' is missing, expected a plan that was begun");
  }

  @Test
  void aPlanLooksAtNoMoreThanItCanAndTheRestIsDueInTheNextRun() {
    tenInstancesWithASetThatIsDue(fleet);

    assertThat(DueGroups.find(fleet.ledger, fleet.now(), 30).groups()).hasSize(10);
    assertThat(DueGroups.find(fleet.ledger, fleet.now(), 7).groups()).hasSizeBetween(3, 7);
    assertThat(DueGroups.find(fleet.ledger, fleet.now(), 7).from())
        .contains(LocalDate.parse("2026-01-08"));
  }

  @Test
  void aRunThatDiesAfterAnyCallIsBroughtToItsEndByTheNext() {
    int deaths = 0;
    for (int call = 1; ; call++) {
      Fleet one = new Fleet();
      List<SnapshotId> old = new ArrayList<>();
      for (int instance = 1; instance <= 2; instance++) {
        one.passTo("2026-01-01T02:00:00Z");
        old.addAll(one.take(instance, 3, SnapshotState.COMPLETED, CRASH, days(7)).members());
        one.passTo("2026-01-08T02:00:00Z");
        one.take(instance, 3, SnapshotState.COMPLETED, APPLICATION, days(7));
      }
      one.passTo("2026-01-08T03:00:00Z");
      Deaths death = new Deaths(call);
      Ledger ledger = death.around(Ledger.class, one.ledger);
      Ec2Snapshots live = death.around(Ec2Snapshots.class, one.live);
      boolean died = false;
      try {
        one.apply(ledger, live, one.plan(ledger, live, ANY));
      } catch (Deaths.Died expected) {
        died = true;
        deaths++;
      }
      one.pass(Duration.ofDays(1));
      one.expire();

      assertThat(one.live.all()).as("after call %d", call).hasSize(6);
      assertThat(one.ledger.lives(old))
          .as("after call %d", call)
          .allMatch(life -> life.deletion().isPresent());
      if (!died) {
        break;
      }
    }
    assertThat(deaths).isGreaterThan(15);
  }

  @Test
  void deletionsKeepTheirPace() {
    for (int instance = 1; instance <= 10; instance++) {
      fleet.passTo("2026-01-01T02:00:00Z");
      fleet.take(instance, CRASH, days(7));
      fleet.passTo("2026-01-08T02:00:00Z");
      fleet.take(instance, APPLICATION, days(7));
    }
    fleet.passTo("2026-01-08T03:00:00Z");
    Instant before = fleet.now();

    assertThat(fleet.expire().deleted()).isEqualTo(20);

    assertThat(Duration.between(before, fleet.now())).isEqualTo(Duration.ofMillis(19 * 250));
  }

  @Test
  void aLimitSaysWhatItReceived() {
    assertThatThrownBy(() -> new DeletionLimit(1, 0)).hasMessageContaining("share is 0.0");
    assertThatThrownBy(() -> new DeletionLimit(-1, 1)).hasMessageContaining("snapshots is -1");
    assertThat(Set.of(DeletionLimit.DEFAULT)).hasSize(1);
  }
}
