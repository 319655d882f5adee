package dev.freezeframe.drill;

import static dev.freezeframe.drill.Drills.EIGHT;
import static dev.freezeframe.drill.Drills.instance;
import static dev.freezeframe.drill.Drills.set;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.drill.DrillRotation.Candidate;
import dev.freezeframe.drill.DrillRotation.Turn;
import dev.freezeframe.ledger.memory.InMemoryLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrillRotationTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration TWO_PERCENT = Duration.ofDays(50);

  private static Candidate candidate(
      int number, Consistency consistency, Optional<DrilledGroup> drilled) {
    return new Candidate(instance(number), set(number), EIGHT, consistency, drilled);
  }

  private static DrilledGroup drilled(
      int number, DrillVerdict verdict, Instant at, Optional<Instant> conclusive, int nothing) {
    return new DrilledGroup(
        Drills.DAILY,
        instance(number),
        new DrilledGroup.Last(Drills.id(number), verdict, at, Optional.of("old")),
        conclusive,
        nothing,
        Optional.empty());
  }

  private static Optional<DrilledGroup> passed(int number, int daysAgo) {
    Instant at = EIGHT.minus(Duration.ofDays(daysAgo));
    return Optional.of(drilled(number, DrillVerdict.PASSED, at, Optional.of(at), 0));
  }

  private static DrillRotation rotation(Optional<String> document) {
    return new DrillRotation(TWO_PERCENT, DAY, document, EIGHT);
  }

  private static List<InstanceId> due(Optional<String> document, Candidate... candidates) {
    return rotation(document).due(List.of(candidates)).stream()
        .map(turn -> turn.candidate().instance())
        .toList();
  }

  @Test
  void whoWasNeverDrilledComesFirstThenWhoWasLongestAgo() {
    assertThat(
            due(
                Optional.empty(),
                candidate(1, Consistency.APPLICATION, passed(1, 60)),
                candidate(2, Consistency.APPLICATION, passed(2, 70)),
                candidate(3, Consistency.APPLICATION, passed(3, 10)),
                candidate(4, Consistency.CRASH, Optional.empty()),
                candidate(5, Consistency.APPLICATION, Optional.empty())))
        .containsExactly(instance(5), instance(4), instance(2), instance(1));
  }

  @Test
  void aChangedDocumentIsDueNow() {
    assertThat(due(Optional.of("new"), candidate(1, Consistency.APPLICATION, passed(1, 3))))
        .containsExactly(instance(1));
    assertThat(due(Optional.of("old"), candidate(1, Consistency.APPLICATION, passed(1, 3))))
        .isEmpty();
  }

  @Test
  void aDrillThatSaidNothingIsDoneAgainOnceAndThenWaits() {
    Instant yesterday = EIGHT.minus(DAY);
    Instant before = EIGHT.minus(Duration.ofDays(20));
    Candidate once =
        candidate(
            1,
            Consistency.APPLICATION,
            Optional.of(drilled(1, DrillVerdict.INCONCLUSIVE, yesterday, Optional.of(before), 1)));
    Candidate twice =
        candidate(
            2,
            Consistency.APPLICATION,
            Optional.of(drilled(2, DrillVerdict.INCONCLUSIVE, yesterday, Optional.of(before), 2)));

    List<Turn> turns = rotation(Optional.empty()).due(List.of(once, twice));

    assertThat(turns).extracting(turn -> turn.candidate().instance()).containsExactly(instance(1));
    assertThat(turns.get(0).again()).isTrue();
  }

  @Test
  void aShareIsRoundedUpAndNeverMoreThanThereAre() {
    assertThat(rotation(Optional.empty()).share(1000)).isEqualTo(20);
    assertThat(rotation(Optional.empty()).share(1001)).isEqualTo(21);
    assertThat(rotation(Optional.empty()).share(1)).isEqualTo(1);
    assertThat(rotation(Optional.empty()).share(0)).isZero();
    assertThat(new DrillRotation(DAY, Duration.ofDays(7), Optional.empty(), EIGHT).share(3))
        .isEqualTo(3);
  }

  /**
   * Two in a hundred drills say nothing, and every run starts some minutes late. A drill that said
   * nothing is done again, and counts as one of its instance like any other.
   */
  @Test
  void aThousandGroupsAtTwoPercentADayAreEachDrilledWithinFiftyDaysAndOne() {
    int groups = 1000;
    Random random = new Random(7);
    InMemoryLedger ledger = new InMemoryLedger();
    List<InstanceId> all = IntStream.range(0, groups).mapToObj(Drills::instance).toList();
    Map<InstanceId, List<Integer>> days = new HashMap<>();
    for (int day = 0; day < 200; day++) {
      Instant now = EIGHT.plus(DAY.multipliedBy(day)).plusSeconds(random.nextInt(900));
      Map<InstanceId, DrilledGroup> drilled = ledger.drilled(Drills.DAILY, all);
      DrillRotation rotation = new DrillRotation(TWO_PERCENT, DAY, Optional.of("old"), now);
      List<Candidate> candidates =
          IntStream.range(0, groups)
              .mapToObj(
                  number ->
                      candidate(
                          number,
                          Consistency.APPLICATION,
                          Optional.ofNullable(drilled.get(instance(number)))))
              .toList();
      int share = rotation.share(groups);
      int again = 0;
      int fresh = 0;
      for (Turn turn : rotation.due(candidates)) {
        boolean room = turn.again() ? again < share : fresh < share;
        if (!room) {
          continue;
        }
        again += turn.again() ? 1 : 0;
        fresh += turn.again() ? 0 : 1;
        InstanceId instance = turn.candidate().instance();
        DrillId id = DrillId.of(Drills.DAILY, instance, now);
        ledger.claimDrill(
            new DrillRow(
                id,
                new DrillOrder(
                    Drills.DAILY, Drills.drill(), turn.candidate().set(), instance, "turn"),
                Drills.EXECUTION,
                now,
                Optional.of(Drills.plan(now)),
                Map.of(),
                DrillRow.Found.nothing(),
                Optional.empty()),
            now);
        boolean nothing = random.nextInt(50) == 0;
        ledger.recordDrillEnded(
            id, Drills.end(nothing ? DrillVerdict.INCONCLUSIVE : DrillVerdict.PASSED, now));
        days.computeIfAbsent(instance, any -> new ArrayList<>()).add(day);
      }
    }
    Map<Integer, Integer> gaps = new TreeMap<>();
    for (InstanceId instance : all) {
      List<Integer> drills = new ArrayList<>(days.getOrDefault(instance, List.of()));
      drills.add(0, -1);
      for (int i = 1; i < drills.size(); i++) {
        gaps.merge(drills.get(i) - drills.get(i - 1), 1, Integer::sum);
      }
      assertThat(200 - drills.get(drills.size() - 1)).as(instance.value()).isLessThanOrEqualTo(51);
    }
    assertThat(gaps.keySet()).allMatch(gap -> gap <= 51);
  }
}
