package dev.freezeframe.task.expiry;

import dev.freezeframe.common.LogSafe;
import dev.freezeframe.common.RateLimiter;
import dev.freezeframe.common.Sleeper;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.PlanPage;
import dev.freezeframe.metric.Measurements;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.retention.PlanExecutor;
import dev.freezeframe.snapshot.Ec2Snapshots;
import dev.freezeframe.snapshot.Ec2SnapshotsAdapter;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.InputRefusedException;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.TaskResult;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Carries out one page of a plan, and says which page is next. */
public final class DeleteSnapshotsTask
    extends JsonTask<DeleteSnapshotsTask.Order, DeleteSnapshotsTask.Progress> {
  /** Under the 5 a second at which EC2 refills DeleteSnapshot. */
  private static final double PER_SECOND = 4;

  /** How many refusals the console shows; the ledger has all. */
  private static final int SHOWN = 40;

  private final Ledger ledger;
  private final Ec2Snapshots live;
  private final Clock clock;
  private final Sleeper pause;
  private final Measurements measurements;

  public DeleteSnapshotsTask() {
    this(new AwsDependencies());
  }

  public DeleteSnapshotsTask(TaskDependencies dependencies) {
    super(Order.class);
    this.ledger = dependencies.ledger();
    this.live = new Ec2SnapshotsAdapter(dependencies.ec2());
    this.clock = dependencies.clock();
    this.pause = dependencies.pause();
    this.measurements = dependencies.measurements();
  }

  @Override
  protected Progress handle(Order order) {
    PlanExpiryTask.Plan plan = order.work().expiry().answer();
    Progress before =
        order.work().deletion().map(TaskResult::answer).orElseGet(() -> Progress.before(plan));
    if (before.nextPage() > plan.pages()) {
      return before;
    }
    PlanPage page =
        ledger
            .planPage(plan.plan(), before.nextPage())
            .orElseThrow(
                () ->
                    new InputRefusedException(
                        "page %d of the plan '%s' is missing, expected one that is on record"
                            .formatted(before.nextPage(), LogSafe.of(plan.plan(), 60))));
    RateLimiter pace =
        new RateLimiter(clock, pause, order.work().deletesPerSecond().orElse(PER_SECOND));
    PlanExecutor.Result result =
        new PlanExecutor(ledger, live, clock, pace).carryOut(page, order.execution());
    result
        .deletedOf()
        .forEach(
            (policy, count) ->
                measurements.record(policy, Map.of(Metric.DELETED, count.doubleValue())));
    return before.after(result, plan.pages());
  }

  /** What the state machine passes. */
  record Order(String execution, Work work) {}

  /**
   * The state of {@code expire-snapshots}.
   *
   * @param deletion what the pages before came to; empty: this is the first
   */
  record Work(
      TaskResult<PlanExpiryTask.Plan> expiry,
      Optional<TaskResult<Progress>> deletion,
      Optional<Double> deletesPerSecond) {
    Work {
      if (deletesPerSecond.filter(rate -> !(rate > 0)).isPresent()) {
        throw new IllegalArgumentException(
            "deletesPerSecond is %s, expected more than 0".formatted(deletesPerSecond.get()));
      }
      if (expiry.answer().draft().isPresent()) {
        // An execution that began before plans were made in portions goes on with the first.
        throw new IllegalArgumentException(
            "the plan '%s' is made in part, expected a whole one"
                .formatted(LogSafe.of(expiry.answer().plan(), 60)));
      }
    }
  }

  /**
   * How far the plan is carried out.
   *
   * @param gone snapshots that did not exist any more
   * @param kept snapshots that are due and stay
   * @param stayed the first that the plan had go and that stay
   */
  record Progress(
      int nextPage, boolean done, int deleted, int gone, int kept, List<String> stayed) {

    static Progress before(PlanExpiryTask.Plan plan) {
      return new Progress(1, plan.pages() == 0, 0, 0, 0, List.of());
    }

    Progress after(PlanExecutor.Result result, int pages) {
      return new Progress(
          nextPage + 1,
          nextPage >= pages,
          deleted + result.deleted(),
          gone + result.gone(),
          kept + result.kept(),
          Stream.concat(stayed.stream(), result.words().stream().map(LogSafe::of))
              .limit(SHOWN)
              .toList());
    }
  }
}
