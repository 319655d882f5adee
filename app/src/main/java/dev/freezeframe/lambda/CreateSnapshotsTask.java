package dev.freezeframe.lambda;

import dev.freezeframe.consistency.PreScriptRun;
import dev.freezeframe.policy.Scripts;
import dev.freezeframe.snapshot.Ec2SnapshotSets;
import dev.freezeframe.snapshot.SetOrder;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.snapshot.SnapshotSets;
import dev.freezeframe.snapshot.SnapshotsRefusedException;
import dev.freezeframe.snapshot.SnapshotsUncertainException;
import dev.freezeframe.target.Ec2Instances;
import dev.freezeframe.target.InstanceFacts;
import dev.freezeframe.target.Instances;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Takes one snapshot set, with exactly one call to AWS: the guest may be frozen.
 *
 * <p>It is never retried, and looks for an earlier set only where the execution was redriven; a set
 * whose answer was lost is found by {@link FindSnapshotsTask} once the guest is thawed.
 */
public final class CreateSnapshotsTask extends JsonTask<InstanceOrder, SnapshotSet> {
  private final SnapshotSets sets;
  private final Instances instances;
  private final Clock clock;

  public CreateSnapshotsTask() {
    this(new AwsSurroundings());
  }

  CreateSnapshotsTask(Surroundings surroundings) {
    super(InstanceOrder.class);
    this.sets = new Ec2SnapshotSets(surroundings.ec2Once(), surroundings.ec2());
    this.instances = new Ec2Instances(surroundings.ec2());
    this.clock = surroundings.clock();
  }

  @Override
  protected SnapshotSet handle(InstanceOrder order) {
    SnapshotSet set = order.redrives() == 0 ? create(order) : adoptOrCreate(order);
    return order.work().inspected().stopped()
        ? set.withQuiescence(isTaken(set) && stillStopped(order))
        : set;
  }

  /**
   * An execution that was stopped in this state may have taken the set that it is redriven for. EC2
   * may not show it yet, so that a refusal does not say that there is none.
   */
  private SnapshotSet adoptOrCreate(InstanceOrder order) {
    try {
      return SnapshotSets.of(order.attemptId(), sets.find(order.work().runId(), order.instanceId()))
          .orElseGet(() -> create(order));
    } catch (SnapshotsRefusedException refused) {
      throw new SnapshotsUncertainException(refused.getMessage(), refused);
    }
  }

  private SnapshotSet create(InstanceOrder order) {
    Work work = order.work();
    refuseInAnOldFreeze(work);
    return sets.create(
        new SetOrder(
            order.attemptId(),
            order.instanceId(),
            work.policy().name(),
            work.runId(),
            work.inspected().volumes().orElseThrow(),
            work.policy().tagging()));
  }

  /**
   * So that a step that comes late, or once more after a redrive, takes no set in a stale freeze.
   */
  private void refuseInAnOldFreeze(Work work) {
    if (!work.inspected().preScript() || work.withoutScripts().isPresent()) {
      return;
    }
    Instant frozenSince =
        work.preScript()
            .map(Answer::answer)
            .map(PreScriptRun::knownAt)
            .orElseThrow(() -> new IllegalStateException("work: expected a freeze, found none"));
    Duration budget = work.policy().scripts().map(Scripts::freezeBudget).orElseThrow();
    Duration age = Duration.between(frozenSince, clock.instant());
    if (age.compareTo(budget) > 0) {
      throw new SnapshotsRefusedException(
          "the freeze is %d s old, its budget is %d s"
              .formatted(age.toSeconds(), budget.toSeconds()));
    }
  }

  /** What is seen of the instance from now on is seen after EC2 has taken the data. */
  private boolean isTaken(SnapshotSet set) {
    return !set.adopted() || clock.instant().isAfter(set.taken().latest());
  }

  /** Stopped before and after, and not started in between: then nothing could write. */
  private boolean stillStopped(InstanceOrder order) {
    try {
      Optional<InstanceFacts> now = instances.find(order.instanceId());
      return now.map(InstanceFacts::stopped).orElse(false)
          && now.get().launchedAt().equals(order.work().inspected().launchedAt());
    } catch (SdkException unknown) {
      return false;
    }
  }
}
