package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.rehearsal.faults.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes a failing simulation smaller while it still breaks the same invariant: halves of the faults
 * go, then single entries, instances and policies.
 */
public final class Shrinker {
  private final Function<Simulation, SimulationResult> play;
  private int left;

  /**
   * A shrinker.
   *
   * @param most how many simulations it may play
   */
  public Shrinker(Function<Simulation, SimulationResult> play, int most) {
    this.play = play;
    this.left = most;
  }

  /** The smallest simulation that was found, with its result; the given one if none is smaller. */
  public SimulationResult shrink(SimulationResult failed) {
    String invariant = failed.violations().get(0).invariant();
    SimulationResult smallest = failed;
    for (int part = smallest.simulation().faults().size(); part >= 1; part /= 2) {
      smallest = withoutFaults(smallest, invariant, part);
    }
    smallest = withoutInstances(smallest, invariant);
    List<String> policies = smallest.simulation().policies();
    for (int i = 0; i < policies.size() && policies.size() > 1; i++) {
      smallest =
          tried(smallest.simulation().withPolicies(List.of(policies.get(i))), invariant)
              .orElse(smallest);
    }
    return smallest;
  }

  private SimulationResult withoutFaults(SimulationResult from, String invariant, int part) {
    SimulationResult smallest = from;
    for (int at = 0; at < smallest.simulation().faults().size(); ) {
      List<Fault> fewer = new ArrayList<>(smallest.simulation().faults());
      fewer.subList(at, Math.min(at + part, fewer.size())).clear();
      Optional<SimulationResult> smaller =
          tried(smallest.simulation().withFaults(fewer), invariant);
      if (smaller.isPresent()) {
        smallest = smaller.get();
      } else {
        at += part;
      }
    }
    return smallest;
  }

  private SimulationResult withoutInstances(SimulationResult from, String invariant) {
    SimulationResult smallest = from;
    for (String instance : from.simulation().fleet().ids()) {
      Simulation simulation = smallest.simulation();
      Simulation fewer =
          simulation
              .withFleet(simulation.fleet().without(instance))
              .withFaults(
                  simulation.faults().stream()
                      .filter(fault -> !concerns(fault, instance))
                      .toList());
      if (!fewer.fleet().ids().isEmpty()) {
        smallest = tried(fewer, invariant).orElse(smallest);
      }
    }
    return smallest;
  }

  private static boolean concerns(Fault fault, String instance) {
    return fault.occasions().instance().equals(Optional.of(instance));
  }

  private Optional<SimulationResult> tried(Simulation simulation, String invariant) {
    if (left-- <= 0) {
      return Optional.empty();
    }
    return Optional.of(play.apply(simulation)).filter(result -> result.breaks(invariant));
  }
}
