package dev.freezeframe.rehearsal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.run.Mutation;
import dev.freezeframe.rehearsal.simulation.SimulationDrawing.Forced;
import dev.freezeframe.rehearsal.simulation.invariant.Invariant;
import dev.freezeframe.rehearsal.simulation.invariant.drill.NothingStaysRestored;
import dev.freezeframe.rehearsal.simulation.invariant.drill.PassedDrillsValidated;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each invariant of drills notices a bug that breaks it, within so many seeds that drill. */
class DrillMutationsTest {
  private static final String DRILLED =
      """
      name: daily
      schedule: {cron: "0 2 * * ? *"}
      scripts: {document: freezeframe-filesystem, timeout: 30s}
      retention: {days: 14}
      drill: {each: 1d, schedule: "0 8 * * ? *", timeout: 5m}
      """;

  static Stream<Arguments> bugs() {
    return Stream.of(
        Arguments.of(new NothingStaysRestored(), 10, DrillBugs.leavesItsInstances()),
        Arguments.of(new PassedDrillsValidated(), 10, DrillBugs.validatesNothing()));
  }

  /** The fleet of a seed, drilled each day, and nothing goes wrong. */
  private static Simulation drilling(long seed) {
    return SimulationDrawing.draw(seed, new Forced(false, true))
        .withPolicies(List.of(DRILLED))
        .withFaults(List.of());
  }

  private static SimulationRun run(Mutation mutation) {
    return new SimulationRun(
        Path.of(System.getProperty("freezeframe.root"), "statemachines"), mutation);
  }

  @ParameterizedTest(name = "{0}, within {1} seeds")
  @MethodSource("bugs")
  void aBugIsCaughtWithinSoManySeeds(Invariant invariant, int seeds, Mutation mutation) {
    SimulationRun run = run(mutation);

    assertThat(LongStream.rangeClosed(1, seeds))
        .as("seeds that break: %s", invariant.name())
        .anyMatch(seed -> run.play(drilling(seed)).breaks(invariant.name()));
  }

  @Test
  void withoutABugBothHold() {
    SimulationRun run = run(Mutation.NONE);

    assertThat(LongStream.rangeClosed(1, 3))
        .allMatch(seed -> run.play(drilling(seed)).violations().isEmpty());
  }
}
