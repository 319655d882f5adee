package dev.freezeframe.task.backup;

import dev.freezeframe.consistency.script.PreScriptRun;
import dev.freezeframe.inventory.Ec2Instances;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.policy.Scripts;
import dev.freezeframe.snapshot.Ec2SnapshotSets;
import dev.freezeframe.snapshot.SetOrder;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.snapshot.SnapshotSets;
import dev.freezeframe.snapshot.SnapshotsRefusedException;
import dev.freezeframe.snapshot.SnapshotsUncertainException;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.TaskResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Takes one snapshot set, with exactly one call to AWS: the guest may be frozen.
 *
 * <p>It is never retried. A set whose answer was lost is found by {@link FindSnapshotsTask} once
 * the guest is thawed; so is one that a call of before a redrive may still take.
 */
public final class CreateSnapshotsTask extends JsonTask<BackupInput, SnapshotSet> {
  private final SnapshotSets sets;
  private final Quiescence quiescence;
  private final Ledger ledger;
  private final Clock clock;

  public CreateSnapshotsTask() {
    this(new AwsDependencies());
  }

  public CreateSnapshotsTask(TaskDependencies dependencies) {
    super(BackupInput.class);
    this.sets = new Ec2SnapshotSets(dependencies.ec2WithoutRetries());
    this.ledger = dependencies.ledger();
    this.clock = dependencies.clock();
    this.quiescence = new Quiescence(new Ec2Instances(dependencies.ec2()), clock);
  }

  @Override
  protected SnapshotSet handle(BackupInput order) {
    refuseWhileAnotherMayCreate(order);
    return quiescence.of(order, create(order));
  }

  /**
   * An execution that was stopped in this state leaves its function at work, whose call may land
   * after any look; so nothing is called for this attempt, and nobody waits for it frozen.
   */
  private static void refuseWhileAnotherMayCreate(BackupInput order) {
    if (order.work().redrivenWhileOrdering(order.redrives())) {
      throw new SnapshotsUncertainException(
          "the execution was redriven while its set was ordered: the call of before may still"
              + " land");
    }
  }

  private SnapshotSet create(BackupInput order) {
    BackupState work = order.work();
    if (work.freezes()) {
      refuseInAnOldFreeze(work);
    } else {
      HeldSlots.keep(ledger, order, clock.instant());
    }
    return sets.create(
        new SetOrder(
            order.attemptId(),
            order.instanceId(),
            work.policy().name(),
            work.runId(),
            work.inspected()
                .volumes()
                .orElseThrow(() -> BackupState.missing("inspection.answer.volumes", "volumes")),
            work.policy().tagging()));
  }

  /**
   * So that a step that comes late, or once more after a redrive, takes no set in a stale freeze.
   */
  private void refuseInAnOldFreeze(BackupState work) {
    Instant frozenSince =
        work.preScript()
            .map(TaskResult::answer)
            .map(PreScriptRun::knownAt)
            .orElseThrow(() -> BackupState.missing("preScript", "the answer of RunPreScript"));
    Duration budget = work.policy().scripts().map(Scripts::freezeBudget).orElseThrow();
    Duration age = Duration.between(frozenSince, clock.instant());
    if (age.compareTo(budget) > 0) {
      throw new SnapshotsRefusedException(
          "the freeze is %d s old, its budget is %d s"
              .formatted(age.toSeconds(), budget.toSeconds()));
    }
  }
}
