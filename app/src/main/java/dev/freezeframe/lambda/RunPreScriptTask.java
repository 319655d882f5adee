package dev.freezeframe.lambda;

import dev.freezeframe.consistency.CommandRefusedException;
import dev.freezeframe.consistency.CommandThrottledException;
import dev.freezeframe.consistency.DocumentRefusedException;
import dev.freezeframe.consistency.GuestGoneException;
import dev.freezeframe.consistency.PreScriptRun;
import dev.freezeframe.consistency.Script;
import dev.freezeframe.consistency.ScriptFailedException;
import dev.freezeframe.consistency.ScriptOrder;
import dev.freezeframe.consistency.ScriptRun;
import dev.freezeframe.consistency.ScriptRunner;
import dev.freezeframe.ledger.FreezeRow;
import dev.freezeframe.ledger.Ledger;
import java.time.Clock;
import java.util.List;

/**
 * Freezes a guest.
 *
 * <p>The attempt is on record before its script is sent, so that a thaw can follow whatever becomes
 * of this function, and so that no attempt freezes twice. One that Systems Manager did not take was
 * not sent: it may be sent once more, and needs no thaw.
 */
public final class RunPreScriptTask extends JsonTask<InstanceOrder, PreScriptRun> {
  private final ScriptRunner scripts;
  private final Ledger ledger;
  private final Clock clock;

  public RunPreScriptTask() {
    this(new AwsSurroundings());
  }

  RunPreScriptTask(Surroundings surroundings) {
    super(InstanceOrder.class);
    this.scripts = ScriptOrders.runner(surroundings);
    this.ledger = surroundings.ledger();
    this.clock = surroundings.clock();
  }

  @Override
  protected PreScriptRun handle(InstanceOrder order) {
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

  private void recordNotSent(InstanceOrder order, ScriptOrder script) {
    ledger.recordNotSent(
        order.work().runId(),
        order.instanceId(),
        script.attempt(),
        new FreezeRow.Thaw(clock.instant(), "RunPreScript", "never sent", true));
  }

  private FreezeRow freeze(InstanceOrder order, ScriptOrder script) {
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
