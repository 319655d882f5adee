package dev.freezeframe.rehearsal.simulation.invariant.guest;

import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.rehearsal.simulation.invariant.Invariant;
import dev.freezeframe.rehearsal.ssm.Guest;
import java.util.List;

/** When the faults are over, every guest is thawed, whatever document froze it. */
public final class NothingStaysFrozen implements Invariant {

  @Override
  public String name() {
    return "nothing stays frozen";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    return finalState.cloud().ssm().guests().values().stream()
        .filter(Guest::frozen)
        .filter(guest -> !guest.unmounted())
        .map(
            guest ->
                "expected %s to be thawed, found it frozen since %s"
                    .formatted(
                        guest.instanceId(), guest.freezes().get(guest.freezes().size() - 1).from()))
        .toList();
  }
}
