package dev.freezeframe.rehearsal.simulation.invariant;

import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotView;
import dev.freezeframe.rehearsal.simulation.FinalState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** After a reconcile, every row that lives is a snapshot that EC2 has, in the state it is in. */
public final class EveryRowExists implements Invariant {

  @Override
  public String name() {
    return "every live row is a snapshot";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    List<String> broken = new ArrayList<>();
    for (SnapshotHistory life : finalState.lives().values()) {
      if (!life.living()) {
        continue;
      }
      String id = life.row().snapshot().value();
      SnapshotView view = finalState.snapshots().get(id);
      String state = life.row().state().name().toLowerCase(Locale.ROOT);
      if (view == null) {
        broken.add("expected %s of %s in EC2, found none".formatted(id, life.row().instance()));
      } else if (!view.state().equals(state)) {
        broken.add("expected %s to be %s, found %s".formatted(id, state, view.state()));
      }
    }
    return broken;
  }
}
