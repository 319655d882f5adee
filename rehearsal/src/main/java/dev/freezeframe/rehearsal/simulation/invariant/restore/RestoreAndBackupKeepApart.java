package dev.freezeframe.rehearsal.simulation.invariant.restore;

import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.rehearsal.simulation.invariant.Invariant;
import java.util.List;

/** No guest is frozen that a restore holds, and none is changed that is frozen. */
public final class RestoreAndBackupKeepApart implements Invariant {

  @Override
  public String name() {
    return "a restore and a backup keep apart";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    return finalState.watch().restores().fights();
  }
}
