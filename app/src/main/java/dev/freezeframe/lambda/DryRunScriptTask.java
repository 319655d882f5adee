package dev.freezeframe.lambda;

import dev.freezeframe.consistency.DocumentRefusedException;
import dev.freezeframe.consistency.FreezeHeldException;
import dev.freezeframe.consistency.GuestGoneException;
import dev.freezeframe.consistency.Script;
import dev.freezeframe.consistency.ScriptFailedException;
import dev.freezeframe.consistency.ScriptOrder;
import dev.freezeframe.consistency.ScriptRun;
import dev.freezeframe.consistency.ScriptRunner;
import java.util.Optional;

/**
 * Runs a document with {@code command=dry-run}: finds what would fail while nothing is frozen.
 *
 * <p>Data Lifecycle Manager never sends a dry run. So where one of a document of others runs and
 * fails, its pre-script is tried all the same; the failure of a document with our stamps, which
 * keeps the contract to the letter, decides.
 */
public final class DryRunScriptTask extends JsonTask<InstanceOrder, Work.DryRun> {
  private final ScriptRunner scripts;

  public DryRunScriptTask() {
    this(new AwsSurroundings());
  }

  DryRunScriptTask(Surroundings surroundings) {
    super(InstanceOrder.class);
    this.scripts = ScriptOrders.runner(surroundings);
  }

  /** Not twice for one backup: a wait for slots alone changes nothing of what it would find. */
  @Override
  protected Work.DryRun handle(InstanceOrder order) {
    return order.work().earlierDryRun().orElseGet(() -> run(order));
  }

  private Work.DryRun run(InstanceOrder order) {
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
      return Work.DryRun.of(order.work().inspected(), Optional.empty());
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

  private static Work.DryRun passedOver(
      InstanceOrder order, ScriptOrder script, RuntimeException failure) {
    if (script.document().stamps()) {
      throw failure;
    }
    return Work.DryRun.of(order.work().inspected(), Optional.of(failure.getMessage()));
  }
}
