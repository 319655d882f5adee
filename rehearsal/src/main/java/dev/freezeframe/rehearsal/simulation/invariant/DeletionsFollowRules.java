package dev.freezeframe.rehearsal.simulation.invariant;

import dev.freezeframe.rehearsal.simulation.FinalState;
import java.util.List;

/** Every deletion, at the instant of its call, is one that the rules allow. */
public final class DeletionsFollowRules implements Invariant {

  @Override
  public String name() {
    return "nothing is deleted outside the rules";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    return finalState.watch().deletions().wrong();
  }
}
