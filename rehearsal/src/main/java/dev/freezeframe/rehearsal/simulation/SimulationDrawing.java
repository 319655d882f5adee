package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.faults.Fault;
import dev.freezeframe.rehearsal.run.Capacity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Draws a simulation from a seed.
 *
 * <p>Each seed has only some fault types, at rates of its own: what always goes wrong everywhere
 * hides what goes wrong seldom. Most fleets are small, so that many seeds can be run.
 */
public final class SimulationDrawing {
  private static final int MAX_TYPES = 9;

  /** One call of a backup decides what its set is worth; so its answer is lost more often. */
  private static final int UNANSWERED = 20;

  private SimulationDrawing() {}

  /** The simulation of a seed; the same one each time. */
  public static Simulation draw(long seed) {
    return draw(seed, Forced.NONE);
  }

  /**
   * What a simulation has even if its seed does not draw it; never where a document has no timer.
   *
   * @param restores whether somebody restores sets
   * @param drills whether a policy drills its sets
   */
  public record Forced(boolean restores, boolean drills) {
    /** What the seed draws. */
    public static final Forced NONE = new Forced(false, false);
  }

  /** The simulation of a seed; the same one each time. */
  public static Simulation draw(long seed, Forced forced) {
    Seed source = new Seed(seed);
    // The names of the draws are part of every seed: others would play other simulations.
    Draw draw = new Draw(source.random("storm"));
    int days = draw.one(List.of(1, 1, 1, 1, 1, 1, 2, 2, 3));
    boolean foreign = draw.percent(12);
    List<String> policies = new ArrayList<>();
    policies.add(PolicyDrawing.draw(draw, 1, foreign));
    if (draw.percent(25)) {
      policies.add(PolicyDrawing.draw(draw, 2, foreign));
    }
    SimulatedFleet fleet =
        SimulatedInstance.fleet(
            machines(new Draw(source.random("machines")), new Draw(source.random("disks"))));
    int pending = pendingLimit(draw, fleet);
    Simulation calm =
        new Simulation(
            seed,
            fleet,
            policies,
            foreign ? Map.of(PolicyDrawing.FOREIGN_DOCUMENT, PolicyDrawing.FOREIGN) : Map.of(),
            days,
            new Simulation.Quotas(pending, capacity(new Draw(source.random("capacity")))),
            List.of());
    Simulation drawn = calm.withFaults(faults(new Draw(source.random("weather")), calm, foreign));
    Simulation stopping =
        foreign
            ? drawn
            : new StopDrawing(new Draw(source.random("stops")), new Draw(source.random("alarms")))
                .draw(drawn);
    Simulation restoring =
        foreign
            ? drawn
            : new RestoreDrawing(new Draw(source.random("restores")))
                .draw(stopping, forced.restores());
    Simulation unmounting =
        new UnmountDrawing(new Draw(source.random("unmounts"))).draw(restoring, foreign);
    return foreign
        ? unmounting
        : new DrillDrawing(new Draw(source.random("drills"))).draw(unmounting, forced.drills());
  }

  /** Mostly an ordinary account; some are new, or share their rates with others. */
  private static Capacity capacity(Draw draw) {
    return new Capacity(
        draw.percent(15) ? 10 : Capacity.USUAL.concurrency(),
        draw.percent(20) ? draw.one(List.of(0.05, 0.1, 0.25)) : 1);
  }

  /** That of an ordinary account, or a smaller one; into some the largest set never fits. */
  private static int pendingLimit(Draw draw, SimulatedFleet fleet) {
    List<Integer> sets =
        fleet.fleet().instances().stream()
            .map(instance -> instance.blockDeviceMappings().size())
            .toList();
    int largest = Collections.max(sets);
    int volumes = sets.stream().mapToInt(Integer::intValue).sum();
    int limit = draw.percent(40) ? draw.between(largest, Math.max(largest, volumes)) : 100;
    return draw.percent(4) ? draw.between(1, largest) : limit;
  }

  private static List<SimulatedInstance> machines(Draw draw, Draw disks) {
    int size = draw.between(1, 100);
    int count =
        size <= 62
            ? 1
            : size <= 87
                ? 2
                : size <= 96
                    ? draw.between(3, 4)
                    : size <= 99 ? draw.between(5, 9) : draw.between(10, 40);
    List<SimulatedInstance> machines = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      machines.add(machine(draw, disks, number, count));
    }
    return machines;
  }

  private static SimulatedInstance machine(Draw draw, Draw disks, int number, int of) {
    Map<String, String> tags = new TreeMap<>();
    tags.put("snapshot", draw.percent(95) ? "snapshot" : "no");
    if (draw.percent(10)) {
      tags.put("snaplifetime", draw.one(List.of("1", "3", "soon", "-1")));
    }
    return new SimulatedInstance(
        number, draw.percent(8), disks(draw, disks, number, of), draw.percent(95), tags);
  }

  /** What is shared is shared with the next machine. */
  private static Disks disks(Draw draw, Draw disks, int number, int of) {
    int count = draw.one(List.of(0, 1, 1, 1, 2, 2, 3, 6));
    boolean shared = disks.percent(35) && count > 0 && number < of;
    boolean swap = disks.percent(15) && count > (shared ? 1 : 0);
    return new Disks(
        count,
        draw.between(1, 500),
        draw.one(List.of("gp3", "gp3", "gp3", "gp3", "st1")),
        swap,
        shared ? OptionalInt.of(number + 1) : OptionalInt.empty());
  }

  /** Those near which faults begin. */
  static List<Instant> firings(Simulation simulation) {
    List<Instant> firings = new ArrayList<>();
    simulation
        .readPolicies()
        .forEach(
            policy ->
                simulation.firings(policy).stream()
                    .filter(at -> at.isBefore(simulation.calm().minusSeconds(3_600)))
                    .forEach(firings::add));
    return firings;
  }

  private static List<Fault> faults(Draw draw, Simulation simulation, boolean foreign) {
    List<FaultType> types = FaultType.shuffled(simulation.seed(), !foreign);
    List<Instant> firings = firings(simulation);
    int chosen = draw.percent(3) ? 0 : draw.between(1, MAX_TYPES);
    List<FaultType> drawn = new ArrayList<>(types.subList(0, chosen));
    if (draw.percent(UNANSWERED) && !drawn.contains(FaultType.SET_UNANSWERED)) {
      drawn.add(FaultType.SET_UNANSWERED);
    }
    FaultDrawing drawing = new FaultDrawing(draw, simulation, firings);
    for (FaultType type : drawn) {
      int entries = type.byHand() ? draw.between(1, 4) : draw.between(1, 2);
      for (int entry = 0; entry < entries; entry++) {
        drawing.draw(type);
      }
    }
    return drawing.faults();
  }
}
