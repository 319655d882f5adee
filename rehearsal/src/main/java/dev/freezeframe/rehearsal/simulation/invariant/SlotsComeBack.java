package dev.freezeframe.rehearsal.simulation.invariant;

import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.slot.SlotHold;
import dev.freezeframe.slot.SlotRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When all is settled, the next look finds that nobody holds a slot. */
public final class SlotsComeBack implements Invariant {
  /** After that long every slot that no set was recorded for has lapsed. */
  private static final Duration LATER = Duration.ofMinutes(20);

  @Override
  public String name() {
    return "slots come back";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    Ledger ledger = finalState.cloud().ledger();
    Instant look = finalState.cloud().time().instant().plus(LATER);
    return SlotRules.reconcile(look, Optional.empty(), List.of(), ledger.slotHolds(), 0)
        .holds()
        .stream()
        .filter((SlotHold hold) -> hold.held() > 0)
        .map(
            hold ->
                "expected no slots to be held, found %d of %s"
                    .formatted(hold.held(), hold.execution()))
        .toList();
  }
}
