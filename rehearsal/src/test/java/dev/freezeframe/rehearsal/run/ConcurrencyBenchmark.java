package dev.freezeframe.rehearsal.run;

import dev.freezeframe.rehearsal.fleet.Fleets;
import java.util.Locale;

/** Prints for how long functions are at work, and how many at once, by the size of the fleet. */
final class ConcurrencyBenchmark {
  private ConcurrencyBenchmark() {}

  public static void main(String[] arguments) {
    int pendingLimit = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
    int instances = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
    FunctionTime time =
        FunctionTime.of(
            Fleets.of(instances, 3), Scene.ALL_OR_NOTHING.formatted("daily"), pendingLimit);
    System.out.printf(
        Locale.ROOT,
        "%d instances at %d pending: functions for %.1f s a backup, %d at once%n",
        instances,
        pendingLimit,
        time.ofOneBackup(),
        time.mostAtOnce());
    time.seconds()
        .forEach((task, seconds) -> System.out.printf(Locale.ROOT, "%s %.1f s%n", task, seconds));
    System.out.print(ConcurrencyTest.table());
  }
}
