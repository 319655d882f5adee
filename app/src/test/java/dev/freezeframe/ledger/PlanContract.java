package dev.freezeframe.ledger;

import static dev.freezeframe.ledger.Rows.DAILY;
import static dev.freezeframe.ledger.Rows.EXECUTION;
import static dev.freezeframe.ledger.Rows.SERVER;
import static dev.freezeframe.ledger.Rows.TWO;
import static dev.freezeframe.ledger.Rows.snapshotId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.ledger.dynamo.LedgerUnderTest;
import java.time.Instant;
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

  private static PlanPage at(Instant at, PlanPage page) {
    return new PlanPage(page.plan(), page.number(), at, page.sets());
  }

  @Test
  default void aPageOfAPlanIsReplacedByOneThatWasPlannedLaterAndByNoOther() {
    ledger().recordPlanPage(page(1, true));
    ledger().recordPlanPage(page(1, false));
    ledger().recordPlanPage(at(TWO.minusMillis(1), page(1, false)));
    ledger().recordPlanPage(page(2, false));

    assertThat(ledger().planPage("one", 1)).contains(page(1, true));
    assertThat(ledger().planPage("one", 2)).contains(page(2, false));
    assertThat(ledger().planPage("one", 3)).isEmpty();

    ledger().recordPlanPage(at(TWO.plusMillis(1), page(1, false)));
    assertThat(ledger().planPage("one", 1)).contains(at(TWO.plusMillis(1), page(1, false)));
  }

  @Test
  default void theGroupsOfAPlanStayAsFirstRecordedAndFitIntoItems() {
    List<GroupKey> groups =
        IntStream.range(0, 2 * PlanGroups.MAX + 1)
            .mapToObj(
                number ->
                    new GroupKey(
                        new PolicyName("p".repeat(40)),
                        new InstanceId("i-%017x".formatted(number))))
            .toList();
    List<PlanGroups> pages = PlanGroups.pages("one", TWO, groups);
    pages.forEach(ledger()::recordPlanGroups);
    ledger().recordPlanGroups(new PlanGroups("one", 1, TWO.plusSeconds(1), List.of()));

    assertThat(pages).hasSize(3);
    for (int before = 0; before < groups.size(); before += 777) {
      assertThat(ledger().planGroups("one", PlanGroups.pageOf(before)).orElseThrow().after(before))
          .startsWith(groups.get(before));
    }
    assertThat(ledger().planGroups("one", 4)).isEmpty();
    assertThat(ledger().planGroups("two", 1)).isEmpty();
  }
}
