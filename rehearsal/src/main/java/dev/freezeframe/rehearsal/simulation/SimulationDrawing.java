package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.run.Capacity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;

/**
 * Draws a simulation from a seed.
 *
 * <p>Each seed has only some fault types, at rates of its own: what always goes wrong everywhere
 * hides what goes wrong seldom. Most fleets are small, so that many seeds can be run.
 */
public final class SimulationDrawing {
  private static final int MAX_KINDS = 9;

  /** One call of a backup decides what its set is worth; so its answer is lost more often. */
  private static final int UNANSWERED = 20;

  private SimulationDrawing() {}

  /** The simulation of a seed; the same one each time. */
  public static Simulation draw(long seed) {
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
    List<SimulatedInstance> machines =
        machines(new Draw(source.random("machines")), new Draw(source.random("disks")));
    Simulation calm =
        new Simulation(seed, machines, policies, days, pendingLimit(draw, machines), List.of());
    return calm.withCapacity(capacity(new Draw(source.random("capacity"))))
        .withFaults(randomFaults(new Draw(source.random("weather")), seed, calm, foreign));
  }

  /** Mostly an ordinary account; some are new, or share their rates with others. */
  private static Capacity capacity(Draw draw) {
    return new Capacity(
        draw.percent(15) ? 10 : Capacity.USUAL.concurrency(),
        draw.percent(20) ? draw.one(List.of(0.05, 0.1, 0.25)) : 1);
  }

  /** That of an ordinary account, or a smaller one; into some the largest set never fits. */
  private static int pendingLimit(Draw draw, List<SimulatedInstance> machines) {
    List<Integer> sets =
        SimulatedInstance.fleet(machines).instances().stream()
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

  private static List<RandomFault> randomFaults(
      Draw draw, long seed, Simulation simulation, boolean foreign) {
    List<FaultType> kinds = new ArrayList<>(List.of(FaultType.values()));
    kinds.removeIf(kind -> foreign && kind.wantsTimer());
    Collections.shuffle(kinds, new Random(seed));
    List<Instant> firings = new ArrayList<>();
    simulation
        .readPolicies()
        .forEach(
            policy ->
                simulation.firings(policy).stream()
                    .filter(at -> at.isBefore(simulation.calm().minusSeconds(3_600)))
                    .forEach(firings::add));
    List<RandomFault> randomFaults = new ArrayList<>();
    int chosen = draw.percent(3) ? 0 : draw.between(1, MAX_KINDS);
    List<FaultType> drawn = new ArrayList<>(kinds.subList(0, chosen));
    if (draw.percent(UNANSWERED) && !drawn.contains(FaultType.SET_UNANSWERED)) {
      drawn.add(FaultType.SET_UNANSWERED);
    }
    for (FaultType kind : drawn) {
      int entries = kind.once() ? draw.between(1, 4) : draw.between(1, 2);
      for (int entry = 0; entry < entries; entry++) {
        randomFaults.add(randomFaults(draw, randomFaults.size() + 1, kind, simulation, firings));
      }
    }
    return randomFaults;
  }

  private static RandomFault randomFaults(
      Draw draw, int number, FaultType kind, Simulation simulation, List<Instant> firings) {
    Instant firing = firings.isEmpty() ? Simulation.START : draw.one(firings);
    boolean always = !kind.once() && draw.percent(30);
    Instant from =
        always
            ? Simulation.START
            : firing.plus(draw.duration(Duration.ofSeconds(1), span(kind))).minusSeconds(30);
    Instant until =
        kind.once() || always
            ? simulation.calm()
            : earlier(
                from.plus(draw.duration(Duration.ofSeconds(20), Duration.ofHours(12))),
                simulation.calm());
    boolean everywhere =
        kind == FaultType.ALL_ABORTED
            || kind == FaultType.REDRIVEN
            || kind == FaultType.OTHERS_SNAPSHOT;
    String place =
        everywhere || (!kind.once() && draw.percent(60))
            ? ""
            : draw.one(simulation.machines()).instanceId();
    return new RandomFault(
        number,
        kind,
        place,
        earlier(from, until),
        until,
        draw.one(
            kind == FaultType.SET_UNANSWERED ? List.of(30, 60, 100) : List.of(2, 10, 30, 60, 100)),
        draw.duration(Duration.ofSeconds(2), longest(kind)));
  }

  /** How long after a firing it begins at the latest. */
  private static Duration span(FaultType kind) {
    return switch (kind) {
      case SNAPSHOT_DELETED, SNAPSHOT_UNTAGGED, PINNED, LOCKED, IN_IMAGE -> Duration.ofHours(12);
      // Of the first tries, one call each, not of what comes after them.
      case SET_UNANSWERED -> Duration.ofSeconds(10);
      default -> Duration.ofMinutes(20);
    };
  }

  private static Duration longest(FaultType kind) {
    return switch (kind) {
      case CALL_SLOW -> Duration.ofMinutes(4);
      case FUNCTION_INACTIVE -> Duration.ofMinutes(5);
      case SCRIPT_LATE, CLOCK_SET -> Duration.ofMinutes(10);
      case SCHEDULE_LATE, SCHEDULE_TWICE -> Duration.ofMinutes(30);
      case SNAPSHOT_SLOW -> Duration.ofHours(14);
      default -> Duration.ofHours(6);
    };
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
