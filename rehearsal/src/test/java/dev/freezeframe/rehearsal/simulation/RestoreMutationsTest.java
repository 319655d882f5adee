package dev.freezeframe.rehearsal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.faults.Fault;
import dev.freezeframe.rehearsal.faults.FaultAction;
import dev.freezeframe.rehearsal.faults.FaultArgument;
import dev.freezeframe.rehearsal.faults.InjectionPoint;
import dev.freezeframe.rehearsal.faults.Occasions;
import dev.freezeframe.rehearsal.run.Mutation;
import dev.freezeframe.rehearsal.simulation.invariant.Invariant;
import dev.freezeframe.rehearsal.simulation.invariant.restore.LeasedSetsStay;
import dev.freezeframe.rehearsal.simulation.invariant.restore.NoHalfRestore;
import dev.freezeframe.rehearsal.simulation.invariant.restore.NothingLeaksFromRestores;
import dev.freezeframe.rehearsal.simulation.invariant.restore.OldVolumesStay;
import dev.freezeframe.rehearsal.simulation.invariant.restore.RestoreAndBackupKeepApart;
import dev.freezeframe.rehearsal.simulation.invariant.restore.RestoredTargetsRun;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each invariant of restores notices a bug that breaks it, within so many seeds that restore. */
class RestoreMutationsTest {
  private static final String TWICE_A_DAY =
      """
      name: daily
      schedule: {cron: "0 4,5 * * ? *"}
      scripts: {document: freezeframe-filesystem, timeout: 30s}
      volumes: {excludeBoot: false}
      retention: {days: 14}
      """;

  static Stream<Arguments> bugs() {
    return Stream.of(
        bug(new NoHalfRestore(), 20, RestoreBugs.forgetsTheLastVolume(), 290),
        bug(new OldVolumesStay(), 20, RestoreBugs.deletesWhatItReplaces(), 290),
        bug(new NothingLeaksFromRestores(), 20, RestoreBugs.createsVolumesTwice(), 290),
        bug(new RestoreAndBackupKeepApart(), 20, RestoreBugs.overlooksInstanceLeases(), 3_555),
        bug(new LeasedSetsStay(), 20, RestoreBugs.deletesTheSetItRestores(), 290),
        bug(new RestoredTargetsRun(), 20, Bugs.startsNothing(), 290));
  }

  private static Arguments bug(Invariant invariant, int seeds, Mutation mutation, int seconds) {
    return Arguments.of(invariant.name(), seeds, mutation, seconds);
  }

  /**
   * One restore in place, so many seconds after the first firing; the second is an hour after it.
   */
  private static Simulation restoring(long seed, int seconds) {
    Simulation drawn = SimulationDrawing.draw(seed);
    Instant from = Simulation.START.plus(Duration.ofHours(4)).plusSeconds(seconds);
    String instance = drawn.fleet().ids().get(0);
    return new Simulation(
        seed,
        drawn.fleet(),
        List.of(TWICE_A_DAY),
        Map.of(),
        drawn.days(),
        drawn.quotas(),
        List.of(
            new Fault(
                1,
                InjectionPoint.BY_HAND,
                FaultAction.RESTORE_IN_PLACE,
                FaultArgument.NONE,
                new Occasions(
                    Optional.of(instance),
                    Optional.empty(),
                    Optional.empty(),
                    new Occasions.Span(from, drawn.calm()),
                    OptionalInt.empty(),
                    OptionalInt.empty()))));
  }

  @ParameterizedTest(name = "{0}, within {1} seeds")
  @MethodSource("bugs")
  void aBugIsCaughtWithinSoManySeeds(String invariant, int seeds, Mutation mutation, int seconds) {
    SimulationRun run =
        new SimulationRun(
            Path.of(System.getProperty("freezeframe.root"), "statemachines"), mutation);

    assertThat(LongStream.rangeClosed(1, seeds))
        .as("seeds that break: %s", invariant)
        .anyMatch(seed -> run.play(restoring(seed, seconds)).breaks(invariant));
  }
}
