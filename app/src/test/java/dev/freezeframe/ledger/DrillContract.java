package dev.freezeframe.ledger;

import static dev.freezeframe.drill.Drills.DAILY;
import static dev.freezeframe.drill.Drills.EIGHT;
import static dev.freezeframe.drill.Drills.id;
import static dev.freezeframe.drill.Drills.instance;
import static dev.freezeframe.drill.Drills.set;
import static dev.freezeframe.drill.Drills.snapshot;
import static dev.freezeframe.drill.Drills.volume;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.consistency.script.ScriptRun;
import dev.freezeframe.drill.DrillCheck;
import dev.freezeframe.drill.DrillCommand;
import dev.freezeframe.drill.DrillCost;
import dev.freezeframe.drill.DrillOrder;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillStage;
import dev.freezeframe.drill.DrillTrouble;
import dev.freezeframe.drill.DrillVerdict;
import dev.freezeframe.drill.DrilledGroup;
import dev.freezeframe.drill.Drills;
import dev.freezeframe.ledger.dynamo.LedgerUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Drills, what they find, what they cost, and what their groups have come to. */
interface DrillContract extends LedgerUnderTest {
  Instant UNTIL = EIGHT.plus(Duration.ofMinutes(30));
  YearMonth NOVEMBER = YearMonth.of(2026, 11);

  private DrillRow claim(int number, Instant at) {
    return ledger().claimDrill(Drills.row(number, at), UNTIL);
  }

  @Test
  default void aClaimedDrillIsOnRecordAsItWasGivenAndHoldsItsSet() {
    DrillRow row = claim(1, EIGHT);

    assertThat(row).isEqualTo(Drills.row(1, EIGHT));
    assertThat(ledger().drill(id(1))).contains(row);
    assertThat(ledger().setLease(set(1), EIGHT)).contains(id(1));
    assertThat(ledger().setLeases(EIGHT)).containsOnly(Map.entry(set(1), id(1)));
    assertThat(ledger().setLease(set(1), UNTIL)).isEmpty();
    assertThat(ledger().drillLeasedUntil(row)).contains(UNTIL);
  }

  @Test
  default void aSecondClaimFindsTheFirst() {
    claim(1, EIGHT);

    assertThat(claim(1, EIGHT.plusSeconds(60)).startedAt()).isEqualTo(EIGHT);
  }

  @Test
  default void whatIsFoundFirstStands() {
    claim(1, EIGHT);
    ledger().recordStage(id(1), DrillStage.LAUNCHING, EIGHT);
    ledger().recordStage(id(1), DrillStage.LAUNCHING, EIGHT.plusSeconds(9));
    ledger().recordAttempt(id(1), 2);
    ledger().recordAttempt(id(1), 1);
    ledger().recordDrillInstance(id(1), instance(8), "ami-1");
    ledger().recordDrillInstance(id(1), instance(9), "ami-2");
    ledger().recordDrillVolumes(id(1), Map.of(snapshot(1), volume(7)));
    ledger().recordDrillVolumes(id(1), Map.of(snapshot(1), volume(8)));
    DrillCheck check =
        new DrillCheck(
            ScriptRun.Ending.FAILED,
            214,
            "damage",
            Map.of("mounted", EIGHT),
            List.of("swap was not checked"),
            EIGHT);
    ledger().recordCheck(id(1), DrillCommand.VALIDATE, check);
    ledger()
        .recordCheck(
            id(1),
            DrillCommand.VALIDATE,
            new DrillCheck(ScriptRun.Ending.SUCCEEDED, 0, "", Map.of(), List.of(), EIGHT));
    ledger().recordTrouble(id(1), new DrillTrouble(true, "the key is disabled"));
    ledger().recordTrouble(id(1), new DrillTrouble(false, "something else"));

    DrillRow row = ledger().drill(id(1)).orElseThrow();
    assertThat(row.at(DrillStage.LAUNCHING)).contains(EIGHT);
    assertThat(row.found())
        .isEqualTo(
            new DrillRow.Found(
                Optional.of(instance(9)),
                Optional.of("ami-2"),
                2,
                Map.of(snapshot(1), volume(7)),
                Map.of(DrillCommand.VALIDATE, check),
                Optional.of(new DrillTrouble(true, "the key is disabled"))));
  }

  @Test
  default void nothingIsRecordedOfADrillThatIsNotThere() {
    ledger().recordStage(id(1), DrillStage.LAUNCHING, EIGHT);
    ledger().recordAttempt(id(1), 2);
    ledger().recordDrillInstance(id(1), instance(8), "ami-1");
    ledger().recordTrouble(id(1), new DrillTrouble(true, "no"));
    ledger().keepDrillLease(id(1), UNTIL);

    assertThat(ledger().drill(id(1))).isEmpty();
    assertThat(ledger().setLeases(EIGHT)).isEmpty();
    assertThatThrownBy(
            () -> ledger().recordDrillEnded(id(1), Drills.end(DrillVerdict.PASSED, EIGHT)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  default void anEndStandsAndGivesTheLeaseBackAndNobodyTakesItAgain() {
    claim(1, EIGHT);

    DrillRow ended =
        ledger().recordDrillEnded(id(1), Drills.end(DrillVerdict.FAILED, EIGHT.plusSeconds(9)));
    ledger().recordDrillEnded(id(1), Drills.end(DrillVerdict.PASSED, EIGHT.plusSeconds(99)));
    ledger().keepDrillLease(id(1), UNTIL);

    assertThat(ended.end()).contains(Drills.end(DrillVerdict.FAILED, EIGHT.plusSeconds(9)));
    assertThat(ledger().drill(id(1))).contains(ended);
    assertThat(ledger().setLease(set(1), EIGHT)).isEmpty();
    assertThat(ledger().drillLeasedUntil(ended)).isEmpty();
  }

  @Test
  default void theDrillsOfAPeriodAreTheNewestFirst() {
    claim(1, EIGHT);
    claim(2, EIGHT.plusSeconds(60));
    claim(3, EIGHT.minusSeconds(60));

    assertThat(ledger().drills(EIGHT)).extracting(DrillRow::id).containsExactly(id(2), id(1));
  }

  @Test
  default void spendingsAreOfTheirPolicyAndMonth() {
    ledger().recordSpending(DAILY, NOVEMBER, id(1), new DrillCost(50));
    ledger().recordSpending(DAILY, NOVEMBER, id(1), new DrillCost(20));
    ledger().recordSpending(DAILY, NOVEMBER, id(2), new DrillCost(30));
    ledger().recordSpending(DAILY, NOVEMBER.plusMonths(1), id(3), new DrillCost(70));
    ledger().recordSpending(new PolicyName("daily-2"), NOVEMBER, id(4), new DrillCost(9));
    ledger().withdrawSpending(DAILY, NOVEMBER, id(2));
    ledger().withdrawSpending(DAILY, NOVEMBER, id(9));

    assertThat(ledger().spendings(DAILY, NOVEMBER)).isEqualTo(Map.of(id(1), new DrillCost(20)));
  }

  /** A drill of instance 1 with an id and a set of its own. */
  private void ends(int number, Instant at, DrillVerdict verdict) {
    DrillRow one = Drills.row(number, at);
    DrillOrder order =
        new DrillOrder(DAILY, one.order().drill(), set(number), instance(1), "its turn");
    ledger()
        .claimDrill(
            DrillRow.of(one.id(), order, one.execution(), at, one.plan()), at.plusSeconds(60));
    ledger().recordDrillEnded(one.id(), Drills.end(verdict, at.plusSeconds(30)));
  }

  private DrilledGroup group() {
    return ledger().drilled(DAILY, List.of(instance(1), instance(2))).get(instance(1));
  }

  @Test
  default void aGroupKnowsItsLastDrillAndItsNewestProvedSet() {
    assertThat(ledger().drilled(DAILY, List.of(instance(1)))).isEmpty();

    ends(1, EIGHT, DrillVerdict.PASSED);
    assertThat(group().proved().orElseThrow().set()).isEqualTo(set(1));
    ends(2, EIGHT.plusSeconds(100), DrillVerdict.INCONCLUSIVE);
    ends(3, EIGHT.plusSeconds(200), DrillVerdict.INCONCLUSIVE);
    assertThat(group().inconclusive()).isEqualTo(2);
    assertThat(group().conclusive()).contains(EIGHT);
    assertThat(group().last().drill()).isEqualTo(id(3));
    ends(4, EIGHT.plusSeconds(300), DrillVerdict.SKIPPED);
    assertThat(group().last().drill()).isEqualTo(id(3));
    ends(5, EIGHT.plusSeconds(400), DrillVerdict.PASSED_WITH_WARNINGS);

    assertThat(group().inconclusive()).isZero();
    assertThat(group().proved().orElseThrow().set()).isEqualTo(set(5));
    assertThat(group().last().document()).contains("ab".repeat(32));
  }

  @Test
  default void anEndThatComesLateProvesItsSetAndChangesNothingElse() {
    ends(2, EIGHT.plusSeconds(100), DrillVerdict.INCONCLUSIVE);
    ends(1, EIGHT, DrillVerdict.PASSED);
    ledger().recordDrillEnded(id(2), Drills.end(DrillVerdict.INCONCLUSIVE, EIGHT));

    assertThat(group().last().drill()).isEqualTo(id(2));
    assertThat(group().inconclusive()).isEqualTo(1);
    assertThat(group().proved().orElseThrow().set()).isEqualTo(set(1));
  }
}
