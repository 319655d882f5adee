package dev.freezeframe.rehearsal.simulation.invariant;

import dev.freezeframe.rehearsal.simulation.FinalState;
import java.util.List;

/** Something that holds whatever goes wrong. */
public interface Invariant {

  /** Such as {@code nothing stays frozen}. */
  String name();

  /** What did not hold; none if it did. */
  List<String> broken(FinalState finalState);
}
