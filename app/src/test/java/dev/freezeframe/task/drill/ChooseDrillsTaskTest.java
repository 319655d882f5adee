package dev.freezeframe.task.drill;

import static dev.freezeframe.drill.Drills.EIGHT;
import static dev.freezeframe.drill.Drills.instance;
import static dev.freezeframe.drill.Drills.set;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.drill.DrillCost;
import dev.freezeframe.drill.DrillOrder;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillVerdict;
import dev.freezeframe.drill.Drills;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.ledger.Rows;
import dev.freezeframe.ledger.SnapshotChange;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.memory.InMemoryLedger;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.policy.Drill;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.snapshot.SnapshotState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChooseDrillsTaskTest {
  private static final Instant NIGHT = EIGHT.minus(Duration.ofHours(6));

  private final Counting ledger = new Counting();
  private final DrilledGuests ssm = new DrilledGuests(() -> EIGHT);
  private final DrillDependencies dependencies =
      new DrillDependencies(new DrilledCloud(() -> EIGHT), ssm, ledger, () -> EIGHT);
  private final ChooseDrillsTask task = new ChooseDrillsTask(dependencies);

  /** Counts the sets whose facts are read. */
  private static final class Counting extends InMemoryLedger {
    private int read;

    @Override
    public synchronized List<RestoreFacts> facts(Collection<AttemptId> sets) {
      read += sets.size();
      return super.facts(sets);
    }
  }

  /** A set of two volumes, whole and judged. */
  private void backUp(int number, Consistency consistency, int facts) {
    List<SnapshotId> members =
        List.of(Drills.snapshot(number * 100 + 1), Drills.snapshot(number * 100 + 2));
    for (SnapshotId member : members) {
      ledger.recordSnapshots(
          List.of(
              SnapshotRow.pending(
                  member,
                  set(number),
                  Drills.volume(Integer.parseInt(member.value().substring(12), 16)),
                  instance(facts),
                  Drills.DAILY,
                  Rows.RUN,
                  Rows.EXECUTION,
                  NIGHT.plusSeconds(number),
                  Optional.empty())));
      ledger.apply(
          new SnapshotChange(
              member, SnapshotState.COMPLETED, NIGHT.plusSeconds(600), Optional.empty()));
    }
    ledger.recordVerdict(
        members,
        Rows.verdict(consistency, "because"),
        Optional.empty(),
        new RetentionSettings(
            OptionalInt.empty(),
            "the policy's",
            OptionalInt.of(3),
            Optional.empty(),
            RetentionSettings.MIN,
            false,
            ZoneOffset.UTC));
    ledger.recordFacts(Drills.facts(number, 2, 100));
  }

  private void backUp(int from, int to) {
    IntStream.rangeClosed(from, to)
        .forEach(number -> backUp(number, Consistency.APPLICATION, number));
  }

  private void drilled(int number, DrillVerdict verdict, Instant at, String document) {
    DrillRow row =
        DrillRow.of(
            Drills.id(number),
            Drills.order(number, Drills.drill()),
            Drills.EXECUTION,
            at,
            Optional.of(Drills.plan(at)));
    ssm.hash = document;
    ledger.claimDrill(row, at);
    ledger.recordDrillEnded(row.id(), Drills.end(verdict, at.plusSeconds(300)));
  }

  private ChooseDrillsTask.Choice choose(Drill drill) {
    return choose(drill, EIGHT);
  }

  private ChooseDrillsTask.Choice choose(Drill drill, Instant at) {
    return task.handle(
        new ChooseDrillsTask.Input(
            Drills.EXECUTION, new ChooseDrillsTask.Work(at, Drills.DAILY, drill)));
  }

  private static Drill drill(Duration every, int concurrent, double dollars) {
    Drill usual = Drills.drill();
    return new Drill(
        every,
        usual.schedule(),
        usual.level(),
        usual.document(),
        usual.timeout(),
        usual.host(),
        new Drill.Limits(concurrent, 2000, dollars),
        usual.targets());
  }

  private static List<InstanceId> chosen(ChooseDrillsTask.Choice choice) {
    return choice.lanes().stream()
        .flatMap(List::stream)
        .map(ChooseDrillsTask.Chosen::instanceId)
        .toList();
  }

  @Test
  void aRunThatIsStartedTwiceChoosesTheSameDrillsUnderTheSameIds() {
    backUp(1, 40);

    ChooseDrillsTask.Choice first = choose(drill(Duration.ofDays(10), 2, 20));

    assertThat(choose(drill(Duration.ofDays(10), 2, 20))).isEqualTo(first);
    assertThat(chosen(first)).hasSize(4).doesNotHaveDuplicates();
    assertThat(first.lanes()).hasSize(2).allMatch(lane -> lane.size() == 2);
  }

  @Test
  void theNewestApplicationConsistentSetOfAnInstanceIsDrilled() {
    backUp(1, Consistency.APPLICATION, 7);
    backUp(2, Consistency.APPLICATION, 7);
    backUp(3, Consistency.CRASH, 7);

    assertThat(choose(Drills.drill()).lanes())
        .singleElement()
        .satisfies(
            lane ->
                assertThat(lane)
                    .singleElement()
                    .satisfies(one -> assertThat(one.set()).isEqualTo(set(2))));
  }

  @Test
  void aSetThatIsNotWholeOrNotJudgedIsSkippedWithTheReason() {
    ledger.recordSnapshots(
        List.of(
            SnapshotRow.pending(
                Drills.snapshot(1),
                set(1),
                Drills.volume(1),
                instance(1),
                Drills.DAILY,
                Rows.RUN,
                Rows.EXECUTION,
                NIGHT,
                Optional.empty())));

    ChooseDrillsTask.Choice choice = choose(Drills.drill());

    assertThat(chosen(choice)).isEmpty();
    assertThat(choice.skipped())
        .containsExactly(
            new ChooseDrillsTask.Skipped(instance(1), "it has no complete set that is judged"));
  }

  @Test
  void whatTheMonthHasNoMoneyForIsSkippedAndSaidToBe() {
    backUp(1, 20);
    ledger.recordSpending(
        Drills.DAILY, DrillRecord.month(EIGHT), Drills.id(99), DrillCost.ofDollars(0.9));

    ChooseDrillsTask.Choice choice = choose(drill(Duration.ofDays(1), 2, 1));

    assertThat(chosen(choice)).hasSizeLessThan(3);
    assertThat(choice.skipped())
        .hasSize(20 - chosen(choice).size())
        .allMatch(skipped -> skipped.reason().contains("of the month"));
  }

  /** A changed document makes all due at once, and a day drills its share all the same. */
  @Test
  void factsAreReadOfWhatMayBeDrilledAndNotOfAllThatAreDue() {
    backUp(1, 200);

    ChooseDrillsTask.Choice choice = choose(drill(Duration.ofDays(100), 2, 20));

    assertThat(chosen(choice)).hasSize(2);
    assertThat(ledger.read).isLessThanOrEqualTo(25);
  }

  @Test
  void aThousandInstancesAtTwoPercentADayAreEachDrilledWithinFiftyDaysAndOne() {
    backUp(1, 1000);
    Drill drill = drill(Duration.ofDays(50), 10, 100_000);
    Map<InstanceId, List<Integer>> days = new TreeMap<>();
    for (int day = 0; day <= 52; day++) {
      Instant now = EIGHT.plus(Duration.ofDays(day));
      for (List<ChooseDrillsTask.Chosen> lane : choose(drill, now).lanes()) {
        for (ChooseDrillsTask.Chosen one : lane) {
          days.computeIfAbsent(one.instanceId(), any -> new ArrayList<>()).add(day);
          DrillOrder order =
              new DrillOrder(Drills.DAILY, drill, one.set(), one.instanceId(), one.reason());
          ledger.claimDrill(
              DrillRow.of(
                  one.drillId(), order, Drills.EXECUTION, now, Optional.of(Drills.plan(now))),
              now);
          ledger.recordDrillEnded(
              one.drillId(), Drills.end(DrillVerdict.PASSED, now.plusSeconds(300)));
        }
      }
    }

    assertThat(days).hasSize(1000);
    assertThat(days)
        .allSatisfy(
            (instance, drilled) -> {
              assertThat(drilled.get(0)).isLessThanOrEqualTo(51);
              for (int next = 1; next < drilled.size(); next++) {
                assertThat(drilled.get(next) - drilled.get(next - 1)).isBetween(49, 51);
              }
            });
  }

  @Test
  void whoseDrillSaidNothingIsDrilledOnceMoreBesideTheShare() {
    backUp(1, 10);
    drilled(1, DrillVerdict.INCONCLUSIVE, EIGHT.minus(Duration.ofDays(1)), "ab".repeat(32));

    ChooseDrillsTask.Choice choice = choose(drill(Duration.ofDays(10), 2, 20));

    assertThat(chosen(choice)).hasSize(2).contains(instance(1));
  }

  @Test
  void aDrillOfYesterdayThatPassedIsNotRepeatedUnlessItsDocumentHasChanged() {
    backUp(1, 1);
    drilled(1, DrillVerdict.PASSED, EIGHT.minus(Duration.ofDays(1)), "ab".repeat(32));
    assertThat(chosen(choose(drill(Duration.ofDays(10), 2, 20)))).isEmpty();

    ssm.hash = "cd".repeat(32);

    assertThat(chosen(choose(drill(Duration.ofDays(10), 2, 20)))).containsExactly(instance(1));
  }

  @Test
  void thoseWhoseTimeIsOverAreCountedAndThoseThatWaitForTheirFirstTurnAreNot() {
    backUp(1, 10);
    drilled(1, DrillVerdict.PASSED, EIGHT.minus(Duration.ofDays(13)), "ab".repeat(32));
    drilled(2, DrillVerdict.PASSED, EIGHT.minus(Duration.ofDays(11)), "ab".repeat(32));

    choose(drill(Duration.ofDays(10), 2, 20));

    assertThat(dependencies.measured()).containsEntry(Metric.UNDRILLED, 1.0);
  }

  @Test
  void thoseThatCannotBeDrilledAndNeverWereAreCounted() {
    backUp(1, 2);
    ledger.recordSpending(
        Drills.DAILY, DrillRecord.month(EIGHT), Drills.id(99), DrillCost.ofDollars(1));

    choose(drill(Duration.ofDays(1), 2, 1));

    assertThat(dependencies.measured()).containsEntry(Metric.UNDRILLED, 2.0);
  }
}
