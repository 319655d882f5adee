package dev.freezeframe.retention;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.IndexedSnapshot;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.PlanPage;
import dev.freezeframe.ledger.PlanPage.PlannedSet;
import dev.freezeframe.ledger.PlanPages;
import dev.freezeframe.ledger.PlanRow;
import dev.freezeframe.retention.rule.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plans deletions: takes what is due, decides on it, and writes down what would be done, page by
 * page. Nothing else changes.
 */
public final class ExpiryPlanner {
  /** How many snapshots EC2 is asked about at a time. */
  private static final int AT_ONCE = 1_000;

  private final Ledger ledger;
  private final Ec2Snapshots live;
  private final PlanPages cut;

  public ExpiryPlanner(Ledger ledger, Ec2Snapshots live) {
    this(ledger, live, PlanPages.DEFAULT);
  }

  ExpiryPlanner(Ledger ledger, Ec2Snapshots live, PlanPages cut) {
    this.ledger = ledger;
    this.live = live;
    this.cut = cut;
  }

  /**
   * Makes a plan and records it.
   *
   * @param plan its id; a plan that is on record under it is returned as it is
   */
  public PlanRow plan(String plan, String execution, DeletionLimit limit, Instant now) {
    Optional<PlanRow> before = ledger.plan(plan);
    if (before.isPresent()) {
      return before.get();
    }
    DueSnapshots due = DueSnapshots.find(ledger, now);
    PlanDraft draft = new PlanDraft(limit);
    for (List<GroupView> groups : chunks(due, limit, now)) {
      Map<GroupKey, Map<AttemptId, Decision>> decisions =
          new GroupPlanner(live, now).decide(groups);
      groups.forEach(group -> draft.add(group, decisions.get(group.key())));
      if (draft.tooMany()) {
        break;
      }
    }
    List<List<PlannedSet>> pages = cut.of(draft.due());
    for (int page = 0; page < pages.size(); page++) {
      ledger.recordPlanPage(new PlanPage(plan, page + 1, now, pages.get(page)));
    }
    PlanRow made = ledger.recordPlan(draft.row(plan, execution, now, pages.size()));
    ledger.recordDueFrom(due.settled(now), DueSnapshots.day(now));
    return made;
  }

  private List<List<GroupView>> chunks(DueSnapshots due, DeletionLimit limit, Instant now) {
    List<List<GroupView>> chunks = new ArrayList<>();
    int size = AT_ONCE;
    for (Map.Entry<GroupKey, List<IndexedSnapshot>> group : due.groups().entrySet()) {
      if (size >= AT_ONCE) {
        chunks.add(new ArrayList<>());
        size = 0;
      }
      size += group.getValue().size();
      int sets = (int) group.getValue().stream().map(IndexedSnapshot::set).distinct().count();
      chunks
          .get(chunks.size() - 1)
          .add(new GroupView(ledger, group.getKey(), group.getValue(), limit.leftBy(sets), now));
    }
    return chunks;
  }
}
