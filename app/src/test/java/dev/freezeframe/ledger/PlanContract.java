package dev.freezeframe.ledger;

import static dev.freezeframe.ledger.Rows.DAILY;
import static dev.freezeframe.ledger.Rows.EXECUTION;
import static dev.freezeframe.ledger.Rows.SERVER;
import static dev.freezeframe.ledger.Rows.TWO;
import static dev.freezeframe.ledger.Rows.snapshotId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.ledger.dynamo.LedgerUnderTest;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A plan of deletions and its pages. */
interface PlanContract extends LedgerUnderTest {

  private static PlanRow plan(String words) {
    return new PlanRow("one", EXECUTION, TWO, 2, 3, 9, 1, true, 4, words);
  }

  private static PlanPage page(int number, boolean expires) {
    return new PlanPage(
        "one",
        number,
        TWO,
        List.of(
            new PlanPage.PlannedSet(
                new GroupKey(DAILY, SERVER),
                AttemptId.of(EXECUTION, number),
                TWO.minusSeconds(9),
                List.of(snapshotId(1), snapshotId(2)),
                expires,
                "age",
                "its age ended",
                expires ? Optional.empty() : Optional.of(TWO))));
  }

  @Test
  default void aPlanIsOneOnceItIsRecordedAndStays() {
    assertThat(ledger().plan("one")).isEmpty();
    assertThat(ledger().recordPlan(plan("first"))).isEqualTo(plan("first"));
    assertThat(ledger().recordPlan(plan("second"))).isEqualTo(plan("first"));
    assertThat(ledger().plan("one")).contains(plan("first"));
    assertThat(ledger().plan("other")).isEmpty();
  }

  private static PlanPage.PlannedSet set(int number, int members, int words) {
    return new PlanPage.PlannedSet(
        new GroupKey(DAILY, SERVER),
        AttemptId.of(EXECUTION, number),
        TWO.minusSeconds(number),
        IntStream.range(0, members).mapToObj(Rows::snapshotId).toList(),
        false,
        "age + count + hourly 24 + daily 7 + weekly 4 + monthly 12 + yearly 7",
        "\u00e4".repeat(words),
        Optional.of(TWO));
  }

  @Test
  default void thousandsOfSetsOfOneGroupFitOnPagesThatTheTableTakes() {
    List<PlanPage.PlannedSet> sets =
        IntStream.rangeClosed(1, 3_000)
            .mapToObj(number -> set(number, number % 9 == 0 ? 128 : 1, number % 2_000))
            .toList();
    List<List<PlanPage.PlannedSet>> pages = PlanPages.DEFAULT.of(sets);

    for (int page = 0; page < pages.size(); page++) {
      ledger().recordPlanPage(new PlanPage("large", page + 1, TWO, pages.get(page)));
      assertThat(ledger().planPage("large", page + 1).orElseThrow().sets())
          .isEqualTo(pages.get(page));
    }
    assertThat(pages.stream().flatMap(List::stream).toList()).isEqualTo(sets);
  }

  @Test
  default void aPageOfAPlanStaysAsFirstRecorded() {
    ledger().recordPlanPage(page(1, true));
    ledger().recordPlanPage(page(1, false));
    ledger().recordPlanPage(page(2, false));

    assertThat(ledger().planPage("one", 1)).contains(page(1, true));
    assertThat(ledger().planPage("one", 2)).contains(page(2, false));
    assertThat(ledger().planPage("one", 3)).isEmpty();
  }
}
