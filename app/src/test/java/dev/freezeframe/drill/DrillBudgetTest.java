package dev.freezeframe.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.ledger.memory.InMemoryLedger;
import dev.freezeframe.policy.Drill;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrillBudgetTest {
  private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
  private static final Drill.Limits FIVE_DOLLARS = new Drill.Limits(2, 2000, 5);

  private static DrillCost dollars(double dollars) {
    return DrillCost.ofDollars(dollars);
  }

  @Test
  void whatIsExactlyTheLimitIsWithinIt() {
    Map<DrillId, DrillCost> four = Map.of(Drills.id(1), dollars(4));

    assertThat(DrillBudget.refusal(four, Drills.id(2), dollars(1), FIVE_DOLLARS)).isEmpty();
    assertThat(DrillBudget.refusal(four, Drills.id(2), dollars(1.01), FIVE_DOLLARS))
        .contains("it may cost US$ 1.01, of the US$ 5.00 of the month US$ 4.00 are taken");
  }

  @Test
  void aDrillDoesNotStandInItsOwnWay() {
    assertThat(
            DrillBudget.refusal(
                Map.of(Drills.id(1), dollars(5)), Drills.id(1), dollars(5), FIVE_DOLLARS))
        .isEmpty();
  }

  @Test
  void aSetThatIsLargerThanTheLimitIsTooLarge() {
    assertThat(DrillBudget.tooLarge(2000, FIVE_DOLLARS)).isEmpty();
    assertThat(DrillBudget.tooLarge(2001, FIVE_DOLLARS))
        .contains("its volumes have 2,001 GiB, expected 2,000 at most");
  }

  @Test
  void aTypeThatIsNotKnownCostsMoreThanOneThatIs() {
    DrillCost known = DrillCost.of("t3.small", 100, Duration.ofHours(1));
    DrillCost unknown = DrillCost.of("z9.metal", 100, Duration.ofHours(1));

    assertThat(known.dollars()).isBetween(0.0208 + 0.0109, 0.04);
    assertThat(unknown.isMoreThan(known)).isTrue();
    assertThat(DrillCost.of("t3.small", 100, Duration.ofSeconds(1)))
        .isEqualTo(DrillCost.of("t3.small", 100, Duration.ofSeconds(60)));
  }

  /**
   * A drill of which a random number of steps is done, interleaved with the steps of other drills.
   */
  private static final class Going {
    private final DrillId id;
    private final DrillCost most;
    private boolean asked;
    private boolean admitted;
    private boolean over;

    Going(DrillId id, DrillCost most) {
      this.id = id;
      this.most = most;
    }

    void step(InMemoryLedger ledger, Random random, Drill.Limits limits) {
      if (!asked) {
        ledger.recordSpending(Drills.DAILY, NOVEMBER, id, most);
        asked = true;
      } else if (!admitted) {
        Map<DrillId, DrillCost> spendings = ledger.spendings(Drills.DAILY, NOVEMBER);
        if (DrillBudget.refusal(spendings, id, most, limits).isPresent()) {
          ledger.withdrawSpending(Drills.DAILY, NOVEMBER, id);
          over = true;
        }
        admitted = !over;
      } else {
        DrillCost cost = new DrillCost((long) (most.micros() * random.nextDouble()));
        ledger.recordSpending(Drills.DAILY, NOVEMBER, id, cost);
        over = true;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void theLimitOfAMonthIsNeverExceededWhateverComesTogetherOrBreaksOff(long seed) {
    Random random = new Random(seed);
    InMemoryLedger ledger = new InMemoryLedger();
    List<Going> going = new ArrayList<>();
    List<Going> admitted = new ArrayList<>();
    for (int step = 0; step < 2000; step++) {
      if (going.size() < 5 || random.nextInt(4) == 0) {
        going.add(new Going(Drills.id(step), dollars(0.01 + random.nextInt(200) / 100.0)));
      }
      Going one = going.get(random.nextInt(going.size()));
      one.step(ledger, random, FIVE_DOLLARS);
      if (one.admitted && !admitted.contains(one)) {
        admitted.add(one);
      }
      // Some die, and what they have put on record stays.
      if (one.over || random.nextInt(50) == 0) {
        going.remove(one);
      }
      Map<DrillId, DrillCost> spendings = ledger.spendings(Drills.DAILY, NOVEMBER);
      DrillCost taken =
          admitted.stream()
              .map(drill -> spendings.get(drill.id))
              .reduce(DrillCost.NONE, DrillCost::plus);
      assertThat(taken.isMoreThan(dollars(5))).as("step %d", step).isFalse();
    }
    assertThat(admitted).isNotEmpty();
  }
}
