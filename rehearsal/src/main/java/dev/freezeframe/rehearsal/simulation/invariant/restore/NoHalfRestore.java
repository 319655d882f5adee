package dev.freezeframe.rehearsal.simulation.invariant.restore;

import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.rehearsal.simulation.invariant.Invariant;
import java.util.List;

/** No instance starts with volumes of two times, unless it was told which to leave. */
public final class NoHalfRestore implements Invariant {

  @Override
  public String name() {
    return "no instance starts half restored";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    return finalState.watch().restores().halves();
  }
}
