package dev.freezeframe.task.run;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.LogSafe;
import dev.freezeframe.common.RunId;
import dev.freezeframe.inventory.Ec2Instances;
import dev.freezeframe.inventory.InstanceFacts;
import dev.freezeframe.inventory.Instances;
import dev.freezeframe.inventory.StartOffsets;
import dev.freezeframe.inventory.Target;
import dev.freezeframe.ledger.run.PageRow;
import dev.freezeframe.ledger.run.RunLedger;
import dev.freezeframe.ledger.run.RunRow;
import dev.freezeframe.metric.Measurements;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.TagSelector;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.InputRefusedException;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Selects one page of the instances that a policy backs up. */
public final class SelectTargetsTask
    extends JsonTask<SelectTargetsTask.Order, SelectTargetsTask.Selection> {
  /** So that a page of targets stays far below the 256 KiB that a state may hold. */
  public static final int PAGE = 500;

  /** Five digits are what is left of an execution's name for the number of a page. */
  public static final int MAX_PAGES = 99_999;

  /** The Scheduler is never early; its clock may be ahead of ours. */
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private static final int MAX_REASON = 100;

  private final Instances instances;
  private final RunLedger ledger;
  private final Clock clock;
  private final Measurements measurements;

  public SelectTargetsTask() {
    this(new AwsDependencies());
  }

  public SelectTargetsTask(TaskDependencies dependencies) {
    super(Order.class);
    this.instances = new Ec2Instances(dependencies.ec2());
    this.ledger = dependencies.ledger();
    this.clock = dependencies.clock();
    this.measurements = dependencies.measurements();
  }

  @Override
  protected String explain(Selection selection) {
    return selection.words();
  }

  @Override
  protected Selection handle(Order order) {
    Request request = order.work();
    RunId run = RunId.of(request.policy().name(), request.scheduledAt());
    refuseFuture(request.scheduledAt());
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

  /** Refuses to claim a run before its time, which would keep the scheduled one from it. */
  private void refuseFuture(Instant scheduledAt) {
    Instant latest = clock.instant().plus(AHEAD);
    if (scheduledAt.isAfter(latest)) {
      throw new InputRefusedException(
          "work.scheduledAt is %s, expected no time after %s".formatted(scheduledAt, latest));
    }
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
    Map<InstanceId, String> reasons = new TreeMap<>();
    List<PageRow.Invalid> invalid = new ArrayList<>();
    for (InstanceFacts instance : found.instances()) {
      Optional<TagSelector> matched = match(policy, instance);
      if (matched.isEmpty()) {
        continue;
      }
      String reason = reason(matched.get());
      // One that is on its way will run or be stopped; its execution looks again until it does.
      Optional<String> obstacle = instance.onItsWay() ? Optional.empty() : instance.invalid();
      if (obstacle.isPresent()) {
        invalid.add(
            new PageRow.Invalid(instance.id(), "%s, but %s".formatted(reason, obstacle.get())));
      } else {
        reasons.put(instance.id(), reason);
      }
    }
    invalid.sort(Comparator.comparing(PageRow.Invalid::instance));
    PageRow inForce =
        ledger.recordPage(
            new PageRow(
                run,
                page.number(),
                List.copyOf(reasons.keySet()),
                invalid,
                found.next().isEmpty()));
    List<Target> targets = targets(policy, run, page, inForce, reasons);
    measurements.record(
        policy.name(),
        Map.of(
            Metric.TARGETS, (double) (targets.size() + invalid.size()),
            Metric.SKIPPED, (double) invalid.size()));
    Optional<Next> next =
        found.next().map(token -> next(run, page, token, page.ordered() + targets.size()));
    return new Selection(
        true,
        run,
        targets,
        next,
        "page %d: %d instances to back up, %d that match but can't be"
            .formatted(page.number(), targets.size(), invalid.size()));
  }

  /** Answers by the recorded page, so that a second try orders what the first one recorded. */
  private static List<Target> targets(
      Policy policy,
      RunId run,
      PageRequest page,
      PageRow inForce,
      Map<InstanceId, String> reasons) {
    List<Target> targets = new ArrayList<>();
    for (InstanceId instance : inForce.selected()) {
      targets.add(
          new Target(
              instance,
              reasons.getOrDefault(instance, "selected by an earlier try"),
              StartOffsets.offsetSeconds(
                  policy.pacing(), run, instance, page.ordered() + targets.size()),
              instance + "-" + run));
    }
    return targets;
  }

  /** Cut to so many bytes that a page of targets stays far below what a state may hold. */
  public static String reason(TagSelector matched) {
    String reason = LogSafe.of("tagged " + matched, MAX_REASON);
    int most = MAX_REASON;
    while (reason.getBytes(StandardCharsets.UTF_8).length > MAX_REASON + "...".length()) {
      most = most * 3 / 4;
      reason = LogSafe.of(reason, most);
    }
    return reason;
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
  record Request(Policy policy, Instant scheduledAt, Optional<PageRequest> page) {
    Request {
      RunId.of(policy.name(), scheduledAt);
    }
  }

  /**
   * A page to select.
   *
   * @param number from 1
   * @param ordered how many instances the pages before have ordered
   */
  public record PageRequest(int number, Optional<String> token, int ordered) {
    public PageRequest {
      if (number < 1 || number > MAX_PAGES || ordered < 0) {
        throw new IllegalArgumentException(
            "number is %d after %d instances, expected 1 to %d, after 0 or more"
                .formatted(number, ordered, MAX_PAGES));
      }
    }
  }

  /** How the next page is started. */
  public record Next(String executionName, PageRequest page) {}

  /**
   * One page of targets.
   *
   * @param ours false: another execution holds the run, and nothing is to be done
   */
  public record Selection(
      boolean ours, RunId runId, List<Target> targets, Optional<Next> next, String words) {

    static Selection taken(RunId run, String holder) {
      return new Selection(
          false, run, List.of(), Optional.empty(), "the run is held by %s".formatted(holder));
    }
  }
}
