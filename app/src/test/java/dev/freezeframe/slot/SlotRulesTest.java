package dev.freezeframe.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.slot.SlotDecision.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotRulesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");
  private static final int LIMIT = 100;
  private static final PolicyName DAILY = new PolicyName("daily");
  private static final PolicyName HOURLY = new PolicyName("hourly");

  private static AttemptId attempt(String execution) {
    return AttemptId.of(execution, 1);
  }

  private static InstanceId instance(String execution) {
    return new InstanceId("i-%08x".formatted(execution.hashCode()));
  }

  private static SnapshotId snapshot(int number) {
    return new SnapshotId("snap-%08x".formatted(number));
  }

  private static VolumeId volume(int number) {
    return new VolumeId("vol-%08x".formatted(number));
  }

  private static SlotHold hold(String execution, int slots) {
    return SlotHold.of(
        execution, instance(execution), attempt(execution), slots, NOW.plusSeconds(900));
  }

  private static SlotHold recorded(String execution, int... snapshots) {
    return hold(execution, snapshots.length)
        .recorded(
            Set.copyOf(IntStream.of(snapshots).mapToObj(SlotRulesTest::snapshot).toList()),
            NOW.minusSeconds(300));
  }

  private static SlotWait wait(String execution, long place, int slots) {
    return new SlotWait(execution, place, slots, NOW.plusSeconds(60));
  }

  private static SlotLook look(int others) {
    return look(NOW, others, others);
  }

  /** A look that remembers nothing of others. */
  private static SlotLook look(Instant at, int pending, int others) {
    return look(at, pending, others, Map.of());
  }

  private static SlotLook look(Instant at, int pending, int others, Map<VolumeId, Integer> open) {
    return new SlotLook(
        at,
        pending,
        others,
        new SlotLook.Peak(0, at),
        OpenSnapshots.of(open),
        new SlotLook.Held(0, 0));
  }

  private static SlotOrder order(String execution, int slots) {
    return order(execution, DAILY, slots, Optional.empty());
  }

  private static SlotOrder order(
      String execution, PolicyName policy, int slots, Optional<Long> place) {
    return new SlotOrder(
        execution,
        instance(execution),
        policy,
        IntStream.range(0, slots).mapToObj(SlotRulesTest::volume).toList(),
        List.of(),
        5,
        place);
  }

  private static SlotFacts facts(
      SlotQueue queue, SlotLook look, List<SlotHold> holds, List<SlotWait> waits) {
    return new SlotFacts(queue, look, holds, true, waits, true, Set.of(), LIMIT);
  }

  /** Nothing of others is pending, and nobody waits. */
  private static SlotFacts beside(SlotHold... holds) {
    return facts(SlotQueue.empty(), look(0), List.of(holds), List.of());
  }

  /** A set is not taken beside another, nor within fifteen seconds of its point in time. */
  private static void assertKeptApart(SlotOrder order, SlotHold taking) {
    SlotHold taken = taking.recorded(Set.of(snapshot(1)), NOW.minusSeconds(14));
    SlotHold before = taking.recorded(Set.of(snapshot(1)), NOW.minusSeconds(15));

    assertThat(decide(order, beside(taking))).isEqualTo(Kind.STAND_ASIDE);
    assertThat(decide(order, beside(taken))).isEqualTo(Kind.STAND_ASIDE);
    assertThat(decide(order, beside(before))).isEqualTo(Kind.TAKE);
  }

  private static Kind decide(SlotOrder order, SlotFacts facts) {
    return SlotRules.decide(order, facts, NOW).kind();
  }

  private static PendingSnapshot pending(int number) {
    return new PendingSnapshot(snapshot(number), volume(number), Optional.empty(), false);
  }

  @Test
  void aSetGetsTheLastSlotsAndTheNextWaits() {
    assertThat(decide(order("b", 3), beside(hold("a", 97)))).isEqualTo(Kind.TAKE);
    assertThat(decide(order("b", 3), beside(hold("a", 98)))).isEqualTo(Kind.WAIT);
  }

  @Test
  void snapshotsOfOtherToolsTakeSlotsToo() {
    assertThat(decide(order("b", 3), facts(SlotQueue.empty(), look(98), List.of(), List.of())))
        .isEqualTo(Kind.WAIT);
  }

  @Test
  void whoComesLaterDoesNotOvertakeALargeSetThatWaits() {
    List<SlotWait> large = List.of(wait("large", 0, 40));

    assertThat(
            decide(
                order("small", 3),
                facts(SlotQueue.empty(), look(0), List.of(hold("a", 70)), large)))
        .isEqualTo(Kind.WAIT);
    assertThat(
            decide(
                order("small", 3),
                facts(SlotQueue.empty(), look(0), List.of(hold("a", 57)), large)))
        .as("there is room for both")
        .isEqualTo(Kind.TAKE);
  }

  @Test
  void whoWaitsAndHasNotAskedForTooLongStandsInNobodysWay() {
    SlotWait dead = new SlotWait("dead", 0, 40, NOW.minusMillis(1));

    assertThat(
            decide(
                order("small", 3),
                facts(SlotQueue.empty(), look(0), List.of(hold("a", 70)), List.of(dead))))
        .isEqualTo(Kind.TAKE);
  }

  @Test
  void policiesTakeTurnsHoweverManyOfOneCameFirst() {
    SlotQueue queue = SlotQueue.empty();
    List<Long> daily = new ArrayList<>();
    for (int set = 0; set < 100; set++) {
      daily.add(queue.placeOf(DAILY));
      queue = queue.joined(DAILY, 3);
    }
    queue = queue.taken(3, Optional.of(daily.get(9)), 5, NOW);

    assertThat(queue.placeOf(HOURLY)).as("behind the tenth").isEqualTo(daily.get(9));
    assertThat(queue.joined(HOURLY, 3).placeOf(HOURLY)).isEqualTo(daily.get(10));
    assertThat(queue.placeOf(DAILY)).isEqualTo(300);
  }

  @Test
  void aQueueThatIsServedForgetsItsPolicies() {
    SlotQueue queue = SlotQueue.empty().joined(DAILY, 3).joined(DAILY, 3);

    assertThat(queue.taken(3, Optional.of(3L), 5, NOW).places()).containsEntry(DAILY, 6L);
    assertThat(queue.taken(3, Optional.of(6L), 5, NOW).places()).isEmpty();
  }

  @Test
  void aSetKeepsItsSlotsForAnotherAttemptUnlessOthersHaveUsedUpTheQuota() {
    List<SlotHold> holds = List.of(hold("a", 3), hold("b", 90));
    List<SlotWait> waits = List.of(wait("c", 0, 40));
    SlotOrder again = order("a", DAILY, 3, Optional.of(0L));

    assertThat(decide(again, facts(SlotQueue.empty(), look(7), holds, waits))).isEqualTo(Kind.TAKE);
    assertThat(decide(again, facts(SlotQueue.empty(), look(8), holds, waits))).isEqualTo(Kind.WAIT);
  }

  @Test
  void whoComesAfterSetsThatDiedWaitingStandsWhereTheLivingEnd() {
    SlotQueue queue = SlotQueue.empty().joined(DAILY, 900).joined(HOURLY, 30);
    SlotLook full = look(LIMIT);
    SlotWait living = wait("a", 12, 3);
    SlotWait dead = new SlotWait("b", 600, 3, NOW.minusSeconds(1));

    SlotQueue next =
        SlotRules.decide(order("c", 3), facts(queue, full, List.of(), List.of(living, dead)), NOW)
            .next();
    assertThat(next.places()).containsEntry(DAILY, 18L).containsEntry(HOURLY, 15L);

    SlotFacts more =
        new SlotFacts(queue, full, List.of(), true, List.of(living), false, Set.of(), LIMIT);
    assertThat(SlotRules.decide(order("c", 3), more, NOW).next().places())
        .as("where more wait than are known")
        .containsEntry(DAILY, 903L);
  }

  @Test
  void aVolumeWithAsManySnapshotsAsItMayHaveIsWaitedForByNobodyElse() {
    SlotLook look = look(NOW, 0, 0, Map.of(volume(0), 5, volume(1), 1));
    SlotFacts slow =
        new SlotFacts(
            SlotQueue.empty(), look, List.of(), true, List.of(), true, Set.of(volume(1)), LIMIT);
    SlotOrder second =
        new SlotOrder(
            "a", instance("a"), DAILY, List.of(volume(1)), List.of(), 5, Optional.empty());

    assertThat(decide(order("a", 1), facts(SlotQueue.empty(), look, List.of(), List.of())))
        .isEqualTo(Kind.STAND_ASIDE);
    assertThat(decide(second, facts(SlotQueue.empty(), look, List.of(), List.of())))
        .isEqualTo(Kind.TAKE);
    assertThat(decide(second, slow)).isEqualTo(Kind.STAND_ASIDE);
  }

  @Test
  void twoInstancesThatHaveAVolumeInCommonAreNotTakenAtOnceNorWithinFifteenSeconds() {
    SlotOrder order =
        new SlotOrder(
            "a",
            instance("a"),
            DAILY,
            List.of(volume(1)),
            List.of(instance("b")),
            5,
            Optional.empty());
    SlotHold taking = hold("b", 3);

    assertKeptApart(order, taking);
    assertThat(SlotRules.decide(order, beside(taking), NOW).words())
        .isEqualTo(
            "a set of %s, which has a volume of %s attached, is taken just now"
                .formatted(instance("b"), instance("a")));
    assertThat(decide(order, beside(hold("c", 3))))
        .as("an instance that has no volume of it")
        .isEqualTo(Kind.TAKE);
  }

  @Test
  void twoSetsOfAnInstanceAreNotTakenAtOnceNorWithinFifteenSeconds() {
    assertKeptApart(
        order("a", 3), SlotHold.of("b", instance("a"), attempt("b"), 3, NOW.plusSeconds(900)));
  }

  @Test
  void afterARefusalNobodyTakesSlotsForAWhile() {
    SlotQueue refused = SlotQueue.empty().refused(QuotaRefusal.PENDING_SNAPSHOTS, 3, 0, NOW);
    SlotLook later = look(NOW.plusSeconds(16), 98, 98);
    SlotFacts facts = facts(refused, later, List.of(), List.of());

    assertThat(SlotRules.decide(order("a", 1), facts, NOW.plusSeconds(14)).kind())
        .isEqualTo(Kind.WAIT);
    assertThat(SlotRules.decide(order("a", 1), facts, NOW.plusSeconds(16)).kind())
        .isEqualTo(Kind.TAKE);
  }

  @Test
  void aRefusalThatNoLookExplainsLowersTheQuotaForAWhile() {
    SlotQueue refused = SlotQueue.empty().refused(QuotaRefusal.PENDING_SNAPSHOTS, 3, 0, NOW);
    SlotLook room = look(NOW.plusSeconds(16), 50, 0);
    SlotFacts facts = facts(refused, room, List.of(hold("a", 50)), List.of());

    assertThat(SlotRules.decide(order("b", 3), facts, NOW.plusSeconds(16)).kind())
        .isEqualTo(Kind.WAIT);
    assertThat(SlotRules.decide(order("b", 2), facts, NOW.plusSeconds(16)).kind())
        .isEqualTo(Kind.TAKE);
    assertThat(SlotRules.decide(order("b", 3), facts, NOW.plusSeconds(617)).kind())
        .isEqualTo(Kind.TAKE);
  }

  @Test
  void howeverLateARefusalIsLookedAtItLowersTheQuotaNoLongerThanTenMinutes() {
    SlotQueue refused = SlotQueue.empty().refused(QuotaRefusal.PENDING_SNAPSHOTS, 2, 0, NOW);
    SlotOrder larger = order("larger", DAILY, 3, Optional.of(0L));
    Instant soon = NOW.plusSeconds(590);
    Instant later = NOW.plusSeconds(610);

    SlotDecision waits =
        SlotRules.decide(larger, facts(refused, look(soon, 0, 0), List.of(), List.of()), soon);
    SlotDecision takes =
        SlotRules.decide(larger, facts(refused, look(later, 0, 0), List.of(), List.of()), later);

    assertThat(waits.kind()).isEqualTo(Kind.WAIT);
    assertThat(waits.words()).contains("PendingSnapshotLimitExceeded", "2026-11-22T02:10:00Z");
    assertThat(takes.kind()).as(takes.words()).isEqualTo(Kind.TAKE);
  }

  @Test
  void aRefusalAfterWhichMoreOfOthersAreSeenLowersNothing() {
    SlotQueue refused = SlotQueue.empty().refused(QuotaRefusal.PENDING_SNAPSHOTS, 3, 10, NOW);
    SlotFacts came =
        facts(refused, look(NOW.plusSeconds(16), 61, 11), List.of(hold("a", 50)), List.of());
    SlotFacts same =
        facts(refused, look(NOW.plusSeconds(16), 60, 10), List.of(hold("a", 50)), List.of());

    assertThat(SlotRules.decide(order("b", 3), came, NOW.plusSeconds(16)).kind())
        .isEqualTo(Kind.TAKE);
    assertThat(SlotRules.decide(order("b", 3), same, NOW.plusSeconds(16)).kind())
        .as("nobody has come, and there is room: the quota is lower than the setting")
        .isEqualTo(Kind.WAIT);
  }

  @Test
  void asManySlotsAreLeftFreeAsOthersHadLatelyAndOneMore() {
    SlotLook thirty = seen(Optional.empty(), NOW.minusSeconds(600), 30);
    SlotLook gone = seen(Optional.of(thirty), NOW, 0);
    SlotLook tenAreBack = seen(Optional.of(gone), NOW, 10);

    assertThat(gone.leftToOthers()).isEqualTo(31);
    assertThat(tenAreBack.leftToOthers()).isEqualTo(21);
    assertThat(seen(Optional.of(tenAreBack), NOW, 33).leftToOthers()).isOne();
    assertThat(seen(Optional.of(tenAreBack), NOW.plusSeconds(1201), 10).leftToOthers())
        .as("after half an hour what is there now is the most")
        .isOne();
    assertThat(seen(Optional.empty(), NOW, 0).leftToOthers()).isZero();
    assertThat(
            decide(
                order("a", 3), facts(SlotQueue.empty(), gone, List.of(hold("b", 64)), List.of())))
        .isEqualTo(Kind.TAKE);
    assertThat(
            decide(
                order("a", 3), facts(SlotQueue.empty(), gone, List.of(hold("b", 67)), List.of())))
        .isEqualTo(Kind.WAIT);
  }

  @Test
  void noMoreThanAThirdOfTheQuotaIsLeftFreeAndNothingForASetThatNeedsItAll() {
    SlotLook gone = seen(Optional.of(seen(Optional.empty(), NOW.minusSeconds(60), 90)), NOW, 0);

    assertThat(
            decide(
                order("a", 3), facts(SlotQueue.empty(), gone, List.of(hold("b", 64)), List.of())))
        .isEqualTo(Kind.TAKE);
    assertThat(
            decide(
                order("a", 3), facts(SlotQueue.empty(), gone, List.of(hold("b", 65)), List.of())))
        .isEqualTo(Kind.WAIT);
    assertThat(decide(order("a", 80), facts(SlotQueue.empty(), gone, List.of(), List.of())))
        .isEqualTo(Kind.TAKE);
  }

  /** A look that found so many of others, and nothing of ours. */
  private static SlotLook seen(Optional<SlotLook> last, Instant at, int others) {
    return SlotRules.reconcile(
            at,
            last,
            IntStream.range(0, others).mapToObj(SlotRulesTest::pending).toList(),
            List.of(),
            0)
        .look();
  }

  @Test
  void noMoreSetsAreOrderedAtOnceThanTheRateOfCreateSnapshotsAllows() {
    SlotQueue queue = SlotQueue.empty();
    int taken = 0;
    while (SlotRules.decide(order("a" + taken, 1), facts(queue, look(0), List.of(), List.of()), NOW)
            .kind()
        == Kind.TAKE) {
      queue =
          SlotRules.decide(order("a" + taken, 1), facts(queue, look(0), List.of(), List.of()), NOW)
              .next();
      taken++;
    }

    assertThat(taken).isEqualTo(50);
    assertThat(
            SlotRules.decide(
                    order("b", 1), facts(queue, look(0), List.of(), List.of()), NOW.plusMillis(200))
                .kind())
        .isEqualTo(Kind.TAKE);
  }

  @Test
  void aLookCountsAsOthersWhatNoSlotIsHeldFor() {
    PendingSnapshot ofA =
        new PendingSnapshot(snapshot(7), volume(7), Optional.of(attempt("a")), false);
    PendingSnapshot failed = new PendingSnapshot(snapshot(8), volume(8), Optional.empty(), true);

    SlotLook look =
        SlotRules.reconcile(
                NOW,
                Optional.empty(),
                List.of(pending(1), pending(2), ofA, failed),
                List.of(hold("a", 3), recorded("b", 1)),
                70)
            .look();

    assertThat(look.pending()).isEqualTo(3);
    assertThat(look.others()).isEqualTo(1);
    assertThat(IntStream.rangeClosed(1, 9).filter(number -> look.open().of(volume(number)) == 1))
        .containsExactly(1, 2, 7, 8);
    assertThat(look.held()).isEqualTo(new SlotLook.Held(4, 70));
  }

  @Test
  void tagsThatAreOnMoreSnapshotsThanTheSetHasHideNoneOfOthers() {
    List<PendingSnapshot> forged =
        IntStream.rangeClosed(1, 10)
            .mapToObj(
                number ->
                    new PendingSnapshot(
                        snapshot(number), volume(number), Optional.of(attempt("a")), false))
            .toList();

    assertThat(
            SlotRules.reconcile(NOW, Optional.empty(), forged, List.of(hold("a", 3)), 0)
                .look()
                .others())
        .isEqualTo(7);
  }

  @Test
  void aSlotWhoseEventWasLostComesBackWithALook() {
    SlotHold held = recorded("a", 1, 2);

    SlotRules.Reconciled found =
        SlotRules.reconcile(NOW, Optional.empty(), List.of(pending(1)), List.of(held), 0);

    assertThat(found.holds()).singleElement().extracting(SlotHold::held).isEqualTo(1);
    assertThat(found.settled()).containsEntry(held, Set.of(snapshot(2)));
  }

  @Test
  void aSnapshotThatEc2MayNotShowYetKeepsItsSlot() {
    SlotHold fresh = hold("a", 2).recorded(Set.of(snapshot(1), snapshot(2)), NOW.minusSeconds(5));

    assertThat(SlotRules.reconcile(NOW, Optional.empty(), List.of(), List.of(fresh), 0).holds())
        .singleElement()
        .extracting(SlotHold::held)
        .isEqualTo(2);
  }

  @Test
  void slotsOfAHolderThatDiedComeBackOnceTheirLeaseIsOver() {
    SlotHold dead = SlotHold.of("a", instance("a"), attempt("a"), 3, NOW.minusSeconds(61));
    SlotHold late = SlotHold.of("b", instance("b"), attempt("b"), 3, NOW.minusSeconds(59));

    SlotRules.Reconciled found =
        SlotRules.reconcile(NOW, Optional.empty(), List.of(), List.of(dead, late), 0);

    assertThat(found.lapsed()).containsExactly(dead);
    assertThat(found.holds()).containsExactly(late);
  }

  @Test
  void whatWasTakenSinceALookCountsBesideWhatItSaw() {
    SlotLook look =
        SlotRules.reconcile(NOW, Optional.empty(), List.of(), List.of(hold("a", 90)), 500).look();
    SlotQueue then = queueAfter(500);

    assertThat(surelyFits(order("b", 10), then, look)).isTrue();
    assertThat(surelyFits(order("b", 11), then, look)).isFalse();
    assertThat(surelyFits(order("b", 10), then.taken(1, Optional.empty(), 5, NOW), look)).isFalse();
    assertThat(surelyFits(order("b", 10), queueAfter(499), look)).isTrue();
  }

  @Test
  void slotsThatNobodyCountedAreCountedOnceTheyAreKept() {
    SlotLook look = SlotRules.reconcile(NOW, Optional.empty(), List.of(), List.of(), 500).look();
    SlotQueue kept =
        SlotRules.decide(order("a", 60), near(queueAfter(500), look, hold("a", 60)), NOW).next();

    assertThat(surelyFits(order("b", 40), kept, look)).isTrue();
    assertThat(surelyFits(order("b", 41), kept, look)).isFalse();
  }

  @Test
  void slotsThatNobodyCountedMakeNoRoomForTheSetThatHasThem() {
    SlotLook look = SlotRules.reconcile(NOW, Optional.empty(), List.of(), List.of(), 500).look();

    assertThat(decide(order("a", 60), near(queueAfter(540), look, hold("a", 60))))
        .isEqualTo(Kind.TAKE);
    assertThat(decide(order("a", 60), near(queueAfter(541), look, hold("a", 60))))
        .isEqualTo(Kind.WAIT);
  }

  /** What a set knows that does not read who holds the rest. */
  private static SlotFacts near(SlotQueue queue, SlotLook look, SlotHold own) {
    return new SlotFacts(queue, look, List.of(own), false, List.of(), true, Set.of(), LIMIT);
  }

  @Test
  void aSetThatSurelyFitsFitsByAllThatIsHeldAsWell() {
    int fitted = 0;
    for (int seed = 0; seed < 300; seed++) {
      fitted += playHolds(new Random(seed));
    }
    assertThat(fitted).isGreaterThan(1_000);
  }

  /** Sets come and go, now and then someone looks; returns how often a set surely fitted. */
  private static int playHolds(Random random) {
    Map<String, SlotHold> holds = new TreeMap<>();
    SlotQueue queue = SlotQueue.empty();
    SlotLook look = look(0);
    int fitted = 0;
    for (int step = 0; step < 60; step++) {
      String execution = "e" + step;
      SlotOrder order = order(execution, 1 + random.nextInt(30));
      boolean sure = surelyFits(order, queue, look);
      boolean fits =
          decide(order, facts(queue, look, List.copyOf(holds.values()), List.of())) == Kind.TAKE;
      if (sure) {
        fitted++;
        assertThat(fits).isTrue();
      }
      if (fits && random.nextBoolean()) {
        holds.put(execution, hold(execution, order.slots()));
        queue = queue.taken(order.slots(), Optional.empty(), 1_000, NOW);
      }
      List<String> held = List.copyOf(holds.keySet());
      if (!held.isEmpty() && random.nextInt(3) == 0) {
        holds.remove(held.get(random.nextInt(held.size())));
      }
      if (random.nextInt(5) == 0) {
        look =
            SlotRules.reconcile(
                    NOW,
                    Optional.of(look),
                    List.of(),
                    List.copyOf(holds.values()),
                    queue.everTaken())
                .look();
      }
    }
    return fitted;
  }

  private static SlotQueue queueAfter(int taken) {
    return SlotQueue.empty().taken(taken, Optional.empty(), 5, NOW.minusSeconds(600));
  }

  private static boolean surelyFits(SlotOrder order, SlotQueue queue, SlotLook look) {
    return SlotRules.surelyFits(
        order, new SlotFacts(queue, look, List.of(), false, List.of(), true, Set.of(), LIMIT), NOW);
  }
}
