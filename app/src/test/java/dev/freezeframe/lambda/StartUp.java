package dev.freezeframe.lambda;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * What one start took, up to the first call to AWS.
 *
 * @param action the call
 * @param classes loaded; 0 where they were not counted
 */
record StartUp(String action, Duration wall, Duration cpu, long classes) {

  /** The median of each figure. */
  static StartUp median(List<StartUp> starts) {
    return new StartUp(
        starts.get(0).action(),
        middle(starts, StartUp::wall),
        middle(starts, StartUp::cpu),
        middle(starts, StartUp::classes));
  }

  StartUp withClasses(long counted) {
    return new StartUp(action, wall, cpu, counted);
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
