package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.rehearsal.faults.FaultAction;
import dev.freezeframe.rehearsal.simulation.invariant.Violation;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The result of a simulation.
 *
 * @param backups executions of {@code snapshot-instance}
 * @param met how often each fault happened
 */
public record SimulationResult(
    Simulation simulation,
    int backups,
    SortedMap<FaultAction, Integer> met,
    List<Violation> violations) {

  public SimulationResult {
    met = Collections.unmodifiableSortedMap(new TreeMap<>(met));
    violations = List.copyOf(violations);
  }

  public boolean holds() {
    return violations.isEmpty();
  }

  boolean breaks(String invariant) {
    return violations.stream().anyMatch(violation -> violation.invariant().equals(invariant));
  }
}
