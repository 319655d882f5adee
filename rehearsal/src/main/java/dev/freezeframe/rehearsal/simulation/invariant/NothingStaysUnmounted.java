package dev.freezeframe.rehearsal.simulation.invariant;

import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.rehearsal.ssm.Guest;
import java.util.List;

/** When the faults are over, every file system is mounted that a script has unmounted. */
public final class NothingStaysUnmounted implements Invariant {

  @Override
  public String name() {
    return "nothing stays unmounted";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    return finalState.cloud().ssm().guests().values().stream()
        .filter(Guest::unmounted)
        .map(
            guest ->
                "expected the file systems of %s to be mounted, found them unmounted since %s"
                    .formatted(
                        guest.instanceId(), guest.freezes().get(guest.freezes().size() - 1).from()))
        .toList();
  }
}
