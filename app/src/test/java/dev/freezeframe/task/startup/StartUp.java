package dev.freezeframe.task.startup;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * What one start took, up to the first call to AWS.
 *
 * @param action the call
 * @param classes that were loaded, in order, as the JVM logs them; empty where it did not
 */
record StartUp(String action, Duration wall, Duration cpu, List<String> classes) {

  /** The median of each figure, and the classes of the first. */
  static StartUp median(List<StartUp> starts) {
    return new StartUp(
        starts.get(0).action(),
        middle(starts, StartUp::wall),
        middle(starts, StartUp::cpu),
        starts.get(0).classes());
  }

  private static <T extends Comparable<T>> T middle(
      List<StartUp> starts, Function<StartUp, T> figure) {
    return starts.stream()
        .map(figure)
        .sorted(Comparator.naturalOrder())
        .toList()
        .get(starts.size() / 2);
  }
}
