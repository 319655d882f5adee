package dev.freezeframe.rehearsal.simulation.invariant.guest;

import dev.freezeframe.rehearsal.instance.Downtime;
import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.rehearsal.simulation.SimulatedFleet;
import dev.freezeframe.rehearsal.simulation.invariant.Invariant;
import java.util.List;

/**
 * What a stop would lose data of, or others would replace, is stopped by no backup. A restore in
 * place may stop it: its plan says what the stop erases, and somebody asked for it.
 */
public final class OnlyWhatMayIsStopped implements Invariant {

  @Override
  public String name() {
    return "only what may be is stopped";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    SimulatedFleet fleet = finalState.simulation().fleet();
    return finalState.cloud().ec2().downtimes().entrySet().stream()
        .filter(entry -> fleet.ids().contains(entry.getKey()))
        .filter(entry -> entry.getValue().stream().anyMatch(OnlyWhatMayIsStopped::byBackup))
        .flatMap(
            entry ->
                fleet.whyNotStopped(entry.getKey()).stream()
                    .map(
                        why ->
                            "expected %s to be left running since %s, found %s"
                                .formatted(entry.getKey(), why, entry.getValue())))
        .toList();
  }

  private static boolean byBackup(Downtime down) {
    return down.stoppedBy().filter(caller -> caller.task().equals("StopInstance")).isPresent();
  }
}
