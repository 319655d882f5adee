package dev.freezeframe.task.expiry;

import dev.freezeframe.common.LogSafe;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.PlanPage;
import dev.freezeframe.ledger.PlanPage.PlannedSet;
import dev.freezeframe.ledger.PlanRow;
import dev.freezeframe.retention.DeletionLimit;
import dev.freezeframe.retention.ExpiryPlanner;
import dev.freezeframe.retention.PlanDraft;
import dev.freezeframe.snapshot.Ec2SnapshotsAdapter;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.InputRefusedException;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.TaskResult;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Plans what {@code expire-snapshots} deletes, a portion a call, or looks up a plan that was made
 * before. Nothing is deleted.
 */
public final class PlanExpiryTask extends JsonTask<PlanExpiryTask.Order, PlanExpiryTask.Plan> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** How many decisions the console shows, a line each; the ledger has all. */
  private static final int SHOWN = 40;

  /** How many snapshots of a set a line names. */
  private static final int NAMED = 8;

  private final Ledger ledger;
  private final ExpiryPlanner planner;
  private final Clock clock;

  public PlanExpiryTask() {
    this(new AwsDependencies());
  }

  public PlanExpiryTask(TaskDependencies dependencies) {
    super(Order.class);
    this.ledger = dependencies.ledger();
    this.planner = new ExpiryPlanner(ledger, new Ec2SnapshotsAdapter(dependencies.ec2()));
    this.clock = dependencies.clock();
  }

  @Override
  protected String explain(Plan plan) {
    return plan.words();
  }

  @Override
  protected Plan handle(Order order) {
    if (order.work().plan().isPresent()) {
      return done(known(order.work().plan().get()));
    }
    Instant now = clock.instant();
    PlanDraft draft =
        order
            .work()
            .expiry()
            .flatMap(before -> before.answer().draft())
            .orElseGet(() -> planner.begin(id(order.execution(), now), now));
    ExpiryPlanner.Result result = planner.goOn(draft, order.execution(), limit(order.work()), now);
    return result.draft().isPresent()
        ? answer(result.plan(), result.draft(), List.of())
        : done(result.plan());
  }

  private Plan done(PlanRow plan) {
    return answer(plan, Optional.empty(), shown(plan));
  }

  private static Plan answer(PlanRow plan, Optional<PlanDraft> draft, List<String> shown) {
    return new Plan(
        plan.plan(),
        draft.isEmpty(),
        plan.pages(),
        plan.sets(),
        plan.snapshots(),
        plan.kept(),
        plan.within(),
        plan.leftOut(),
        plan.words(),
        shown,
        draft);
  }

  private PlanRow known(String plan) {
    return ledger
        .plan(plan)
        .orElseThrow(
            () ->
                new InputRefusedException(
                    "work.plan is '%s', expected a plan that is on record"
                        .formatted(LogSafe.of(plan, 60))));
  }

  private static DeletionLimit limit(Work work) {
    return work.limit().map(GivenLimit::limit).orElse(DeletionLimit.DEFAULT);
  }

  /** A second try of the first call makes a plan of its own, by the facts of its time. */
  private static String id(String execution, Instant now) {
    return "expire-%s-%08x".formatted(TIME.format(now), execution.hashCode());
  }

  private List<String> shown(PlanRow plan) {
    List<String> shown = new ArrayList<>();
    for (int number = 1; number <= plan.pages() && shown.size() < SHOWN; number++) {
      ledger.planPage(plan.plan(), number).map(PlanPage::sets).stream()
          .flatMap(List::stream)
          .limit(SHOWN - shown.size())
          .map(PlanExpiryTask::words)
          .forEach(shown::add);
    }
    return shown;
  }

  private static String words(PlannedSet set) {
    return LogSafe.of(
        "%s %s of %s, %s: %s"
            .formatted(
                set.expires() ? "delete" : "keep",
                named(set.members()),
                set.group(),
                set.pointInTime(),
                set.reason()));
  }

  private static String named(List<SnapshotId> members) {
    return members.size() <= NAMED
        ? members.toString()
        : "%s and %d more".formatted(members.subList(0, NAMED), members.size() - NAMED);
  }

  /** What the state machine passes. */
  record Order(String execution, Work work) {}

  /**
   * The input of {@code expire-snapshots}, as far as planning asks.
   *
   * @param plan to be looked up; empty: a new one is made
   * @param expiry what the calls before came to; empty: this is the first
   */
  record Work(
      Optional<String> plan, Optional<GivenLimit> limit, Optional<TaskResult<Plan>> expiry) {}

  /** A limit, as far as it is given. */
  record GivenLimit(OptionalInt snapshots, Optional<Double> share) {
    GivenLimit {
      limit(snapshots, share);
    }

    DeletionLimit limit() {
      return limit(snapshots, share);
    }

    private static DeletionLimit limit(OptionalInt snapshots, Optional<Double> share) {
      return new DeletionLimit(
          snapshots.orElse(DeletionLimit.DEFAULT.snapshots()),
          share.orElse(DeletionLimit.DEFAULT.share()));
    }
  }

  /**
   * A plan, as the state machine keeps it; the sets are in the ledger.
   *
   * @param done whether it is whole; if not, what follows is what it comes to so far
   * @param sets to be deleted
   * @param snapshots to be deleted
   * @param kept sets that are due and stay
   * @param within whether it keeps its limit of snapshots
   * @param leftOut groups that would lose more than their limit and are left out
   * @param shown the first decisions
   * @param draft to go on with; empty: it is whole
   */
  record Plan(
      String plan,
      boolean done,
      int pages,
      int sets,
      int snapshots,
      int kept,
      boolean within,
      int leftOut,
      String words,
      List<String> shown,
      Optional<PlanDraft> draft) {}
}
