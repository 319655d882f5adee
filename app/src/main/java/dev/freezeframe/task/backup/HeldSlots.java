package dev.freezeframe.task.backup;

import dev.freezeframe.slot.SlotHold;
import dev.freezeframe.slot.SlotLedger;
import dev.freezeframe.slot.SlotsLostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Makes sure that a set still has the slots that it is about to be taken with. */
public final class HeldSlots {
  /** From here to the record of the set: a pre-script and the call, with all their retries. */
  static final Duration LEASE = Duration.ofMinutes(15);

  /**
   * The longest time that a pre-script and the call after it take, in their functions and states.
   */
  private static final Duration NEEDED = Duration.ofMinutes(6);

  private HeldSlots() {}

  /** Slots that other executions hold for a set of the same instance that is not taken yet. */
  public static List<SlotHold> ofOthers(SlotLedger ledger, BackupInput order, Instant now) {
    return ledger.slotHolds(order.instanceId()).stream()
        .filter(hold -> !hold.execution().equals(order.execution()))
        .filter(hold -> hold.reservedUntil(now))
        .toList();
  }

  /**
   * Checks before anything is sent: a step that comes late, as after a redrive, may have lost them.
   * Slots that would lapse too soon, as where a script could not be sent for a while, are kept.
   *
   * @throws SlotsLostException if they are lost
   */
  public static void keep(SlotLedger ledger, BackupInput order, Instant now) {
    if (order.work().slots().isEmpty()) {
      return; // An execution that began before there were slots.
    }
    SlotHold hold =
        ledger
            .slotHold(order.holder())
            .filter(found -> found.attempt().equals(order.attemptId()))
            .filter(found -> found.reservedUntil(now))
            .orElseThrow(
                () ->
                    new SlotsLostException(
                        "the slots of attempt %d have lapsed; they are taken again"
                            .formatted(order.work().attempt().number())));
    if (!hold.reservedUntil(now.plus(NEEDED))) {
      ledger.recordSlotHold(hold.until(now.plus(LEASE)));
    }
  }
}
