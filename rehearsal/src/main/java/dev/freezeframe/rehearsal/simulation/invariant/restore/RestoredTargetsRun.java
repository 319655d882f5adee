package dev.freezeframe.rehearsal.simulation.invariant.restore;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.rehearsal.simulation.RestoreObserver.Restored;
import dev.freezeframe.rehearsal.simulation.invariant.Invariant;
import dev.freezeframe.restore.RestorePlan;
import java.util.List;

/** An instance that ran before a restore runs after it, whether that succeeded or failed. */
public final class RestoredTargetsRun implements Invariant {

  @Override
  public String name() {
    return "an instance that was restored runs again";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    List<String> stopped = finalState.cloud().ec2().leftStopped();
    return finalState.watch().restores().restores().stream()
        .filter(
            restore ->
                restore
                    .plan()
                    .filter(RestorePlan::running)
                    .flatMap(RestorePlan::target)
                    .map(InstanceId::value)
                    .filter(stopped::contains)
                    .isPresent())
        .map(RestoredTargetsRun::sentence)
        .toList();
  }

  private static String sentence(Restored restore) {
    return "expected %s to run again after %s, which is %s (%s), found it stopped"
        .formatted(
            restore.plan().orElseThrow().target().orElseThrow(),
            restore.row().id(),
            restore.row().status(),
            restore.row().reason());
  }
}
