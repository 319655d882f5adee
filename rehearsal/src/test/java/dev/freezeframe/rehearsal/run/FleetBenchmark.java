package dev.freezeframe.rehearsal.run;

import dev.freezeframe.rehearsal.fleet.Fleets;

/** Prints what happens to a fleet under a quota: a row of docs/scale.md. */
final class FleetBenchmark {
  private FleetBenchmark() {}

  public static void main(String[] arguments) {
    int instances = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
    int pendingLimit = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
    Result result =
        Scene.of(Fleets.of(instances, 3))
            .policy(Scene.ALL_OR_NOTHING.formatted("daily"))
            .pendingLimit(pendingLimit)
            .play();
    System.out.println(
        "| instances | pending at once | APPLICATION | at the first attempt | commands for each |"
            + " longest freeze |");
    System.out.println("|--:|--:|--:|--:|--:|--:|");
    System.out.println(ScaleFigures.of(result).row(pendingLimit));
  }
}
