package dev.freezeframe.rehearsal.simulation.invariant;

import dev.freezeframe.rehearsal.simulation.FinalState;
import java.util.List;

/** No deletion leaves a group with less than its minimum of whole sets. */
public final class MinimumIsKept implements Invariant {

  @Override
  public String name() {
    return "the minimum is kept";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    return finalState.watch().deletions().small();
  }
}
