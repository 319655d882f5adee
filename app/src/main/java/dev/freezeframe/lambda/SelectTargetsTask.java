package dev.freezeframe.lambda;

import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.PageRow;
import dev.freezeframe.ledger.RunRow;
import dev.freezeframe.metric.Measurements;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.RunId;
import dev.freezeframe.policy.TagSelector;
import dev.freezeframe.target.Ec2Instances;
import dev.freezeframe.target.InstanceFacts;
import dev.freezeframe.target.Instances;
import dev.freezeframe.target.Spread;
import dev.freezeframe.target.Target;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Selects one page of the instances that a policy backs up. */
public final class SelectTargetsTask
    extends JsonTask<SelectTargetsTask.Order, SelectTargetsTask.Selection> {
  /** So that a page of targets stays far below the 256 KiB that a state may hold. */
  static final int PAGE = 500;

  private final Instances instances;
  private final Ledger ledger;
  private final Clock clock;
  private final Measurements measurements;

  public SelectTargetsTask() {
    this(new AwsSurroundings());
  }

  SelectTargetsTask(Surroundings surroundings) {
    super(Order.class);
    this.instances = new Ec2Instances(surroundings.ec2());
    this.ledger = surroundings.ledger();
    this.clock = surroundings.clock();
    this.measurements = surroundings.measurements();
  }

  @Override
  protected String explain(Selection selection) {
    return selection.words();
  }

  @Override
  protected Selection handle(Order order) {
    Request request = order.work();
    RunId run = RunId.of(request.policy().name(), request.scheduledAt());
    if (request.page().isEmpty()) {
      String holder = claim(order, run);
      if (!holder.equals(order.execution())) {
        return Selection.taken(run, holder);
      }
    }
    PageRequest page = request.page().orElseGet(() -> new PageRequest(1, Optional.empty(), 0));
    Instances.Page found = instances.select(request.policy().targets(), page.token(), PAGE);
    return select(request.policy(), run, page, found);
  }

  private String claim(Order order, RunId run) {
    return ledger
        .claimRun(
            new RunRow(
                run,
                order.work().policy().name(),
                order.work().scheduledAt(),
                order.execution(),
                clock.instant(),
                Optional.empty()))
        .execution();
  }

  private Selection select(Policy policy, RunId run, PageRequest page, Instances.Page found) {
    List<Target> targets = new ArrayList<>();
    List<PageRow.Unfit> unfit = new ArrayList<>();
    List<InstanceFacts> matching =
        found.instances().stream()
            .filter(instance -> match(policy, instance).isPresent())
            .sorted(Comparator.comparing(InstanceFacts::id))
            .toList();
    for (InstanceFacts instance : matching) {
      String reason = "tagged " + match(policy, instance).orElseThrow();
      if (instance.unfit().isPresent()) {
        unfit.add(
            new PageRow.Unfit(
                instance.id(), "%s, but %s".formatted(reason, instance.unfit().get())));
        continue;
      }
      targets.add(
          new Target(
              instance.id(),
              reason,
              Spread.offsetSeconds(
                  policy.pacing(), run, instance.id(), page.ordered() + targets.size()),
              instance.id() + "-" + run));
    }
    ledger.recordPage(
        new PageRow(
            run,
            page.number(),
            targets.stream().map(Target::instanceId).toList(),
            unfit,
            found.next().isEmpty()));
    measurements.record(
        policy.name(),
        Map.of(
            Metric.TARGETS, (double) (targets.size() + unfit.size()),
            Metric.SKIPPED, (double) unfit.size()));
    Optional<Next> next =
        found.next().map(token -> next(run, page, token, page.ordered() + targets.size()));
    return new Selection(
        true,
        run,
        targets,
        next,
        "page %d: %d instances to back up, %d that match but can't be"
            .formatted(page.number(), targets.size(), unfit.size()));
  }

  private static Optional<TagSelector> match(Policy policy, InstanceFacts instance) {
    return policy.targets().stream().filter(target -> target.matches(instance.tags())).findFirst();
  }

  private static Next next(RunId run, PageRequest page, String token, int ordered) {
    int number = page.number() + 1;
    return new Next(
        "%s-page-%d".formatted(run, number), new PageRequest(number, Optional.of(token), ordered));
  }

  /** What the state machine passes. */
  record Order(String execution, Request work) {}

  /** The input of {@code run-policy}; {@code page} is empty for the first. */
  record Request(Policy policy, Instant scheduledAt, Optional<PageRequest> page) {}

  /**
   * A page to select.
   *
   * @param number from 1
   * @param ordered how many instances the pages before have ordered
   */
  record PageRequest(int number, Optional<String> token, int ordered) {}

  /** How the next page is started. */
  record Next(String executionName, PageRequest page) {}

  /**
   * One page of targets.
   *
   * @param ours false: another execution holds the run, and nothing is to be done
   */
  record Selection(
      boolean ours, RunId runId, List<Target> targets, Optional<Next> next, String words) {

    static Selection taken(RunId run, String holder) {
      return new Selection(
          false, run, List.of(), Optional.empty(), "the run is held by %s".formatted(holder));
    }
  }
}
