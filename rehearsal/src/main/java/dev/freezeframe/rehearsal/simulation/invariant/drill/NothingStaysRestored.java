package dev.freezeframe.rehearsal.simulation.invariant.drill;

import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillTags;
import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.rehearsal.simulation.Simulation;
import dev.freezeframe.rehearsal.simulation.invariant.Invariant;
import java.util.ArrayList;
import java.util.List;

/**
 * When all is over every drill has an end with a reason, its set is free, and nothing is there that
 * one created. An instance whose system came up is gone within twice its time whatever fails: it
 * ends itself.
 */
public final class NothingStaysRestored implements Invariant {

  @Override
  public String name() {
    return "nothing stays restored";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    List<String> broken = new ArrayList<>(finalState.watch().drills().late());
    finalState
        .cloud()
        .ec2()
        .taggedAs(DrillTags.DRILL)
        .forEach(
            (id, drill) -> broken.add("expected nothing of %s, found %s".formatted(drill, id)));
    for (DrillRow row : finalState.cloud().ledger().drills(Simulation.START)) {
      if (row.open()) {
        broken.add("expected %s to have ended, found %s".formatted(row.id(), row));
      } else if (row.end().orElseThrow().reason().isBlank()) {
        broken.add("expected a reason for %s, found none".formatted(row.end().orElseThrow()));
      }
      finalState
          .cloud()
          .ledger()
          .setLease(row.order().set(), finalState.end())
          .filter(holder -> holder.equals(row.id()))
          .ifPresent(
              holder -> broken.add("expected %s to be free of %s".formatted(row.order(), holder)));
    }
    return broken;
  }
}
