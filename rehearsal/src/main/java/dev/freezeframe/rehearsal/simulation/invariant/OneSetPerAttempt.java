package dev.freezeframe.rehearsal.simulation.invariant;

import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotView;
import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.snapshot.SnapshotTags;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** An attempt takes one set at most: all of its snapshots have one point in time. */
public final class OneSetPerAttempt implements Invariant {

  @Override
  public String name() {
    return "an attempt takes one set at most";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    Map<String, SortedSet<Instant>> points = new TreeMap<>();
    for (SnapshotHistory life : finalState.lives().values()) {
      points
          .computeIfAbsent(life.row().set().value(), any -> new TreeSet<>())
          .add(stated(life.row().pointInTime()));
    }
    for (SnapshotView view : finalState.snapshots().values()) {
      String set = view.tags().get(SnapshotTags.SET);
      if (set != null) {
        points.computeIfAbsent(set, any -> new TreeSet<>()).add(stated(view.startTime()));
      }
    }
    List<String> broken = new ArrayList<>();
    points.forEach(
        (set, found) -> {
          if (found.size() > 1) {
            broken.add("expected one point in time of set %s, found %s".formatted(set, found));
          }
        });
    return broken;
  }

  /** EC2 states whole seconds; two sets of a volume are 15 s apart at least. */
  private static Instant stated(Instant startTime) {
    return startTime.truncatedTo(ChronoUnit.SECONDS);
  }
}
