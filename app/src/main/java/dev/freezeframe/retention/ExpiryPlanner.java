package dev.freezeframe.retention;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.LogSafe;
import dev.freezeframe.common.SetHolder;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.PlanGroups;
import dev.freezeframe.ledger.PlanPage;
import dev.freezeframe.ledger.PlanPage.PlannedSet;
import dev.freezeframe.ledger.PlanPages;
import dev.freezeframe.ledger.PlanRow;
import dev.freezeframe.snapshot.Ec2Snapshots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plans deletions: takes the groups of which anything is due, decides on each, and writes down what
 * would be done, page by page. Nothing else changes.
 *
 * <p>A plan takes as many calls as its groups need; what is known between two calls is a {@link
 * PlanDraft}. A call that is made again writes its pages again.
 */
public final class ExpiryPlanner {
  private final Ledger ledger;
  private final Ec2Snapshots live;
  private final PlanPages cut;
  private final Portion portion;

  /**
   * How much one call takes on; the group that goes beyond is its last.
   *
   * @param asked snapshots that EC2 is asked about
   * @param read snapshots that are read from the ledger
   * @param atOnce snapshots that EC2 is asked about together
   */
  record Portion(int asked, int read, int atOnce) {
    /** {@code docs/retention.md} says how many seconds of a function that takes. */
    static final Portion DEFAULT = new Portion(20_000, 500_000, 1_000);
  }

  public ExpiryPlanner(Ledger ledger, Ec2Snapshots live) {
    this(ledger, live, PlanPages.DEFAULT, Portion.DEFAULT);
  }

  ExpiryPlanner(Ledger ledger, Ec2Snapshots live, PlanPages cut, Portion portion) {
    this.ledger = ledger;
    this.live = live;
    this.cut = cut;
    this.portion = portion;
  }

  /**
   * How far a plan is.
   *
   * @param plan what it comes to; on record if nothing is left to do
   * @param draft to go on with; empty: nothing is left to do
   */
  public record Result(PlanRow plan, Optional<PlanDraft> draft) {}

  /** Begins a plan: records the groups that it has to decide on. */
  public PlanDraft begin(String plan, Instant now) {
    DueGroups due = DueGroups.find(ledger, now);
    List<GroupKey> groups = List.copyOf(due.groups());
    for (PlanGroups page : PlanGroups.pages(plan, now, groups)) {
      ledger.recordPlanGroups(page);
    }
    ledger.recordDueFrom(due.settled(now), DueGroups.day(now));
    return PlanDraft.of(plan, groups.size());
  }

  /**
   * Decides on the groups that come next, and records the plan with the last of them.
   *
   * @param draft a plan that is on record under its id is returned as it is
   * @throws IllegalStateException if the groups of the draft are not on record
   */
  public Result goOn(PlanDraft draft, String execution, DeletionLimit limit, Instant now) {
    Optional<PlanRow> before = ledger.plan(draft.plan());
    if (before.isPresent()) {
      return new Result(before.get(), Optional.empty());
    }
    Call call = new Call(draft, limit, now);
    call.work();
    PlanDraft after = call.record();
    PlanRow row = after.row(execution, limit, now);
    return after.done(limit)
        ? new Result(ledger.recordPlan(row), Optional.empty())
        : new Result(row, Optional.of(after));
  }

  /** One call's share of a plan. */
  private final class Call {
    private final DeletionLimit limit;
    private final Instant now;
    private final List<PlannedSet> planned = new ArrayList<>();
    private PlanDraft draft;
    private int asked;
    private int read;

    Call(PlanDraft draft, DeletionLimit limit, Instant now) {
      this.draft = draft;
      this.limit = limit;
      this.now = now;
    }

    void work() {
      Map<AttemptId, SetHolder> leases = ledger.setLeases(now);
      while (!draft.done(limit) && asked < portion.asked() && read < portion.read()) {
        GroupDecider decider = new GroupDecider(live, leases, now);
        for (GroupDecider.Decided group : decider.decide(next())) {
          planned.addAll(PlanDraft.planned(group, limit));
          draft = draft.with(group, limit);
        }
      }
    }

    /** The next groups, as many as EC2 is asked about together. */
    private List<GroupDecider.Question> next() {
      List<GroupDecider.Question> groups = new ArrayList<>();
      int snapshots = 0;
      for (GroupKey key : keys(draft.planned())) {
        GroupView group = GroupView.read(ledger, key);
        GroupDecider.Question question = GroupDecider.Question.of(group, now);
        groups.add(question);
        read += group.snapshots();
        snapshots += question.snapshots();
        if (snapshots >= portion.atOnce() || read >= portion.read()) {
          break;
        }
      }
      asked += snapshots;
      return groups;
    }

    /** The groups that come after some, up to the end of their page; at least one. */
    private List<GroupKey> keys(int before) {
      return ledger
          .planGroups(draft.plan(), PlanGroups.pageOf(before))
          .map(page -> page.after(before))
          .filter(keys -> !keys.isEmpty())
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "group %d of the plan '%s' is missing, expected a plan that was begun"
                          .formatted(before + 1, LogSafe.of(draft.plan(), 60))));
    }

    PlanDraft record() {
      List<List<PlannedSet>> pages = cut.of(planned);
      for (int page = 0; page < pages.size(); page++) {
        ledger.recordPlanPage(
            new PlanPage(draft.plan(), draft.pages() + page + 1, now, pages.get(page)));
      }
      return draft.withPages(pages.size());
    }
  }
}
