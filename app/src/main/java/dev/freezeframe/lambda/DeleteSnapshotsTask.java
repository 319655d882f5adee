package dev.freezeframe.lambda;

import dev.freezeframe.consistency.Pause;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.PlanPage;
import dev.freezeframe.metric.Measurements;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.policy.OneLine;
import dev.freezeframe.retention.Deleter;
import dev.freezeframe.retention.Ec2LiveSnapshots;
import dev.freezeframe.retention.LiveSnapshots;
import dev.freezeframe.retention.Pace;
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
  private final LiveSnapshots live;
  private final Clock clock;
  private final Pause pause;
  private final Measurements measurements;

  public DeleteSnapshotsTask() {
    this(new AwsSurroundings());
  }

  DeleteSnapshotsTask(Surroundings surroundings) {
    super(Order.class);
    this.ledger = surroundings.ledger();
    this.live = new Ec2LiveSnapshots(surroundings.ec2());
    this.clock = surroundings.clock();
    this.pause = surroundings.pause();
    this.measurements = surroundings.measurements();
  }

  @Override
  protected Progress handle(Order order) {
    PlanExpiryTask.Plan plan = order.work().expiry().answer();
    Progress before =
        order.work().deletion().map(Answer::answer).orElseGet(() -> Progress.before(plan));
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
                            .formatted(before.nextPage(), OneLine.of(plan.plan(), 60))));
    Pace pace = new Pace(clock, pause, order.work().deletesPerSecond().orElse(PER_SECOND));
    Deleter.Result result =
        new Deleter(ledger, live, clock, pace).carryOut(page, order.execution());
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
      Answer<PlanExpiryTask.Plan> expiry,
      Optional<Answer<Progress>> deletion,
      Optional<Double> deletesPerSecond) {
    Work {
      deletesPerSecond.ifPresent(Pace::check);
    }
  }

  /**
   * How far the plan is carried out.
   *
   * @param gone snapshots that did not exist any more
   * @param kept snapshots that are due and stay
   * @param stayed the first that the plan had go and that stay, in words
   */
  record Progress(
      int nextPage, boolean done, int deleted, int gone, int kept, List<String> stayed) {

    static Progress before(PlanExpiryTask.Plan plan) {
      return new Progress(1, plan.pages() == 0, 0, 0, 0, List.of());
    }

    Progress after(Deleter.Result result, int pages) {
      return new Progress(
          nextPage + 1,
          nextPage >= pages,
          deleted + result.deleted(),
          gone + result.gone(),
          kept + result.kept(),
          Stream.concat(stayed.stream(), result.words().stream().map(OneLine::of))
              .limit(SHOWN)
              .toList());
    }
  }
}
