package dev.freezeframe.rehearsal.storm;

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

/** Says for each occasion whether the storm strikes, and counts how often it did. */
final class Sky {
  private final Seed seed;
  private final InstantSource time;
  private final Map<WeatherKind, List<Weather>> weather = new EnumMap<>(WeatherKind.class);
  private final Map<String, SplittableRandom> draws = new HashMap<>();
  private final SortedMap<WeatherKind, Integer> met = new TreeMap<>();

  Sky(Storm storm, InstantSource time) {
    this.seed = new Seed(storm.seed());
    this.time = time;
    storm
        .weather()
        .forEach(
            entry -> weather.computeIfAbsent(entry.kind(), any -> new ArrayList<>()).add(entry));
  }

  /** What strikes at this occasion, if anything does. */
  Optional<Weather> strikes(WeatherKind kind, String instance) {
    return strikes(kind, instance, entry -> true);
  }

  /**
   * What strikes at this occasion, if anything does.
   *
   * @param counts whether an entry that would strike does
   */
  Optional<Weather> strikes(WeatherKind kind, String instance, Predicate<Weather> counts) {
    for (Weather entry : weather.getOrDefault(kind, List.of())) {
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
  <T> T one(Weather entry, String instance, List<T> of) {
    return of.get(draws(entry, instance).nextInt(of.size()));
  }

  void met(WeatherKind kind) {
    met.merge(kind, 1, Integer::sum);
  }

  /** How often each kind struck. */
  SortedMap<WeatherKind, Integer> met() {
    return Collections.unmodifiableSortedMap(met);
  }

  private SplittableRandom draws(Weather entry, String instance) {
    return draws.computeIfAbsent(
        "weather %d at %s".formatted(entry.number(), instance), seed::random);
  }
}
