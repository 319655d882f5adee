package dev.freezeframe.rehearsal.storm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes a failing storm smaller while it still breaks the same invariant: halves of the weather go,
 * then single entries, instances and policies.
 */
public final class Shrinker {
  private final Function<Storm, StormResult> play;
  private int left;

  /**
   * A shrinker.
   *
   * @param most how many storms it may play
   */
  public Shrinker(Function<Storm, StormResult> play, int most) {
    this.play = play;
    this.left = most;
  }

  /** The smallest storm that was found, with what came of it; the given one if none is smaller. */
  public StormResult shrink(StormResult failed) {
    String invariant = failed.violations().get(0).invariant();
    StormResult smallest = failed;
    for (int part = smallest.storm().weather().size(); part >= 1; part /= 2) {
      smallest = withoutWeather(smallest, invariant, part);
    }
    smallest = withoutMachines(smallest, invariant);
    List<String> policies = smallest.storm().policies();
    for (int i = 0; i < policies.size() && policies.size() > 1; i++) {
      smallest =
          tried(smallest.storm().withPolicies(List.of(policies.get(i))), invariant)
              .orElse(smallest);
    }
    return smallest;
  }

  private StormResult withoutWeather(StormResult from, String invariant, int part) {
    StormResult smallest = from;
    for (int at = 0; at < smallest.storm().weather().size(); ) {
      List<Weather> fewer = new ArrayList<>(smallest.storm().weather());
      fewer.subList(at, Math.min(at + part, fewer.size())).clear();
      Optional<StormResult> smaller = tried(smallest.storm().withWeather(fewer), invariant);
      if (smaller.isPresent()) {
        smallest = smaller.get();
      } else {
        at += part;
      }
    }
    return smallest;
  }

  private StormResult withoutMachines(StormResult from, String invariant) {
    StormResult smallest = from;
    for (int at = 0; at < smallest.storm().machines().size(); ) {
      List<Machine> fewer = new ArrayList<>(smallest.storm().machines());
      Machine gone = fewer.remove(at);
      Storm storm = smallest.storm().withMachines(fewer);
      Storm fitting =
          storm.withWeather(
              storm.weather().stream()
                  .filter(entry -> !entry.place().equals(gone.instanceId()))
                  .toList());
      Optional<StormResult> smaller =
          fewer.isEmpty() ? Optional.empty() : tried(fitting, invariant);
      if (smaller.isPresent()) {
        smallest = smaller.get();
      } else {
        at++;
      }
    }
    return smallest;
  }

  private Optional<StormResult> tried(Storm storm, String invariant) {
    if (left-- <= 0) {
      return Optional.empty();
    }
    return Optional.of(play.apply(storm)).filter(result -> result.breaks(invariant));
  }
}
