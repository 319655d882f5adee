package dev.freezeframe.lambda;

import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.slot.SlotHold;
import dev.freezeframe.slot.SlotsLostException;
import java.time.Duration;
import java.time.Instant;

/** Makes sure that a set still has the slots that it is about to be taken with. */
final class HeldSlots {
  /** What a pre-script and the call after it may take, in their functions and states. */
  private static final Duration NEEDED = Duration.ofMinutes(6);

  private HeldSlots() {}

  /**
   * Checks before anything is sent: a step that comes late, as after a redrive, may have lost them.
   *
   * @throws SlotsLostException if they are lost
   */
  static void check(Ledger ledger, InstanceOrder order, Instant now) {
    if (order.work().slots().isEmpty()) {
      return; // An execution that began before there were slots.
    }
    boolean held =
        ledger
            .slotHold(order.execution())
            .filter(hold -> hold.attempt().equals(order.attemptId()))
            .filter((SlotHold hold) -> hold.reservedUntil(now.plus(NEEDED)))
            .isPresent();
    if (!held) {
      throw new SlotsLostException(
          "the slots of attempt %d have lapsed; they are taken again"
              .formatted(order.work().attempt().number()));
    }
  }
}
