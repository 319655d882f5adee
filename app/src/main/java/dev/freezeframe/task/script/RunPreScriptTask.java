package dev.freezeframe.task.script;

import dev.freezeframe.consistency.script.CommandRefusedException;
import dev.freezeframe.consistency.script.CommandThrottledException;
import dev.freezeframe.consistency.script.DocumentRefusedException;
import dev.freezeframe.consistency.script.GuestGoneException;
import dev.freezeframe.consistency.script.PreScriptRun;
import dev.freezeframe.consistency.script.Script;
import dev.freezeframe.consistency.script.ScriptFailedException;
import dev.freezeframe.consistency.script.ScriptOrder;
import dev.freezeframe.consistency.script.ScriptRun;
import dev.freezeframe.consistency.script.ScriptRunner;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.run.FreezeRow;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.backup.BackupInput;
import dev.freezeframe.task.backup.HeldSlots;
import java.time.Clock;
import java.util.List;

/**
 * Freezes a guest.
 *
 * <p>The attempt is on record before its script is sent, so that a thaw can follow whatever becomes
 * of this function, and so that no attempt freezes twice. One that Systems Manager did not take was
 * not sent: it may be sent once more, and needs no thaw.
 */
public final class RunPreScriptTask extends JsonTask<BackupInput, PreScriptRun> {
  private final ScriptRunner scripts;
  private final Ledger ledger;
  private final Clock clock;

  public RunPreScriptTask() {
    this(new AwsDependencies());
  }

  public RunPreScriptTask(TaskDependencies dependencies) {
    super(BackupInput.class);
    this.scripts = ScriptOrders.runner(dependencies);
    this.ledger = dependencies.ledger();
    this.clock = dependencies.clock();
  }

  @Override
  public PreScriptRun handle(BackupInput order) {
    ScriptOrder script = ScriptOrders.of(order, Script.PRE_SCRIPT);
    HeldSlots.keep(ledger, order, clock.instant());
    if (!ledger.recordFreeze(freeze(order, script))) {
      throw new ScriptFailedException(
          "the pre-script of attempt %d was ordered before; it is not sent twice"
              .formatted(order.work().attempt().number()));
    }
    try {
      ScriptRun run = scripts.run(script);
      if (!run.succeeded()) {
        throw run.failure("pre-script");
      }
      return PreScriptRun.of(script.attempt(), run);
    } catch (CommandThrottledException busy) {
      recordNotSent(order, script);
      throw new CommandThrottledException(
          "the pre-script was not sent: " + busy.getMessage(), busy);
    } catch (DocumentRefusedException | GuestGoneException | CommandRefusedException refused) {
      recordNotSent(order, script);
      throw new CommandRefusedException(
          "the pre-script was not sent: " + refused.getMessage(), refused);
    }
  }

  private void recordNotSent(BackupInput order, ScriptOrder script) {
    ledger.recordNotSent(
        order.work().runId(),
        order.instanceId(),
        script.attempt(),
        new FreezeRow.Thaw(clock.instant(), "RunPreScript", "never sent", true));
  }

  private FreezeRow freeze(BackupInput order, ScriptOrder script) {
    return new FreezeRow(
        order.work().runId(),
        order.instanceId(),
        order.work().attempt().number(),
        script.attempt(),
        order.execution(),
        order.redrives(),
        script.document(),
        (int) script.timeout().toSeconds(),
        clock.instant(),
        order.work().inspected().postScript(),
        List.of());
  }
}
