package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.rehearsal.cloud.Seed;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Says for each occasion whether the simulation occurs, and counts how often it did. */
final class FaultInjector {
  private final Seed seed;
  private final InstantSource time;
  private final Map<FaultType, List<RandomFault>> randomFaults = new EnumMap<>(FaultType.class);
  private final Map<String, SplittableRandom> draws = new HashMap<>();
  private final SortedMap<FaultType, Integer> met = new TreeMap<>();

  FaultInjector(Simulation simulation, InstantSource time) {
    this.seed = new Seed(simulation.seed());
    this.time = time;
    simulation
        .randomFaults()
        .forEach(
            entry ->
                randomFaults.computeIfAbsent(entry.kind(), any -> new ArrayList<>()).add(entry));
  }

  /** What occurs at this occasion, if anything does. */
  Optional<RandomFault> occurs(FaultType kind, String instance) {
    return occurs(kind, instance, entry -> true);
  }

  /**
   * What occurs at this occasion, if anything does.
   *
   * @param counts whether an entry that would strike does
   */
  Optional<RandomFault> occurs(FaultType kind, String instance, Predicate<RandomFault> counts) {
    for (RandomFault entry : randomFaults.getOrDefault(kind, List.of())) {
      if (entry.concerns(instance, time.instant())
          && draws(entry, instance).nextInt(100) < entry.percent()
          && counts.test(entry)) {
        met(kind);
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  /** One of some values, drawn for a strike. */
  <T> T one(RandomFault entry, String instance, List<T> of) {
    return of.get(draws(entry, instance).nextInt(of.size()));
  }

  void met(FaultType kind) {
    met.merge(kind, 1, Integer::sum);
  }

  /** How often each kind occurred. */
  SortedMap<FaultType, Integer> met() {
    return Collections.unmodifiableSortedMap(met);
  }

  private SplittableRandom draws(RandomFault entry, String instance) {
    // The name of the draws is part of every seed: another one would play another simulation.
    return draws.computeIfAbsent(
        "weather %d at %s".formatted(entry.number(), instance), seed::random);
  }
}
