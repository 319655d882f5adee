package dev.freezeframe.rehearsal.simulation.invariant.restore;

import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.rehearsal.simulation.invariant.Invariant;
import java.util.List;

/** No snapshot is deleted whose set is being restored. */
public final class LeasedSetsStay implements Invariant {

  @Override
  public String name() {
    return "a set outlives its restore";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    return finalState.watch().restores().deleted();
  }
}
