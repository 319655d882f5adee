package dev.freezeframe.task.script;

import dev.freezeframe.consistency.script.DocumentRefusedException;
import dev.freezeframe.consistency.script.FreezeHeldException;
import dev.freezeframe.consistency.script.GuestGoneException;
import dev.freezeframe.consistency.script.Script;
import dev.freezeframe.consistency.script.ScriptFailedException;
import dev.freezeframe.consistency.script.ScriptOrder;
import dev.freezeframe.consistency.script.ScriptRun;
import dev.freezeframe.consistency.script.ScriptRunner;
import dev.freezeframe.inventory.Ec2Instances;
import dev.freezeframe.inventory.InstanceFacts;
import dev.freezeframe.inventory.Instances;
import dev.freezeframe.stop.InstanceBusyException;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.backup.BackupInput;
import dev.freezeframe.task.backup.BackupState;
import dev.freezeframe.task.backup.Inspection;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs a document with {@code command=dry-run}: finds what would fail while nothing is frozen.
 *
 * <p>Data Lifecycle Manager never sends a dry run. So where one of a document of others runs and
 * fails, its pre-script is tried all the same; the failure of a document with our stamps, which
 * keeps the contract to the letter, decides.
 */
public final class DryRunScriptTask extends JsonTask<BackupInput, BackupState.DryRun> {
  private final ScriptRunner scripts;

  /** Asked only after a failure: what is not loaded makes no start longer. */
  private final Supplier<Instances> instances;

  public DryRunScriptTask() {
    this(new AwsDependencies());
  }

  public DryRunScriptTask(TaskDependencies dependencies) {
    super(BackupInput.class);
    this.scripts = ScriptOrders.runner(dependencies);
    this.instances = () -> new Ec2Instances(dependencies.ec2());
  }

  /** Not twice for one backup: a wait for slots alone changes nothing of what it would find. */
  @Override
  protected BackupState.DryRun handle(BackupInput order) {
    return order.work().earlierDryRun().orElseGet(() -> unlessInterrupted(order));
  }

  /**
   * A failure says nothing of a guest that was stopped or started meanwhile, as by another policy.
   *
   * @throws InstanceBusyException then: the instance is inspected again
   */
  private BackupState.DryRun unlessInterrupted(BackupInput order) {
    try {
      return run(order);
    } catch (ScriptFailedException failed) {
      Optional<InstanceFacts> found = instances.get().find(order.instanceId());
      if (found.filter(facts -> interrupts(facts, order.work().inspected())).isPresent()) {
        throw new InstanceBusyException(
            "the instance was stopped or started since it was inspected: " + failed.getMessage());
      }
      throw failed;
    }
  }

  private static boolean interrupts(InstanceFacts facts, Inspection inspected) {
    return facts.onItsWay()
        || facts.stopped()
        || !facts.launchedAt().equals(inspected.launchedAt());
  }

  private BackupState.DryRun run(BackupInput order) {
    ScriptOrder script = ScriptOrders.of(order, Script.DRY_RUN);
    ScriptRun run;
    try {
      run = scripts.run(script);
    } catch (DocumentRefusedException refused) {
      return passedOver(order, script, notSent(refused));
    } catch (GuestGoneException gone) {
      throw notSent(gone);
    }
    if (run.succeeded()) {
      return BackupState.DryRun.of(order.work().inspected(), Optional.empty());
    }
    RuntimeException failure = run.failure("dry run");
    if (run.ending() != ScriptRun.Ending.FAILED || failure instanceof FreezeHeldException) {
      throw failure;
    }
    return passedOver(order, script, failure);
  }

  private static ScriptFailedException notSent(RuntimeException why) {
    return new ScriptFailedException("the dry run was not sent: " + why.getMessage());
  }

  private static BackupState.DryRun passedOver(
      BackupInput order, ScriptOrder script, RuntimeException failure) {
    if (script.document().stamps()) {
      throw failure;
    }
    return BackupState.DryRun.of(order.work().inspected(), Optional.of(failure.getMessage()));
  }
}
