package dev.freezeframe.rehearsal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.run.Mutation;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command that a failing seed prints repeats what it found, to the last word. */
class SimulationsRepeatTest {
  private static final Path STATE_MACHINES =
      Path.of(System.getProperty("freezeframe.root")).resolve("statemachines");

  @ParameterizedTest
  @ValueSource(longs = {3, 4})
  void theSameSeedIsTheSameSimulationAndBreaksTheSamePromisesInTheSameWords(long seed) {
    Mutation bug = Bugs.ignores("recordSnapshots", "recordAdoption");

    SimulationResult once =
        new SimulationRun(STATE_MACHINES, bug).play(SimulationDrawing.draw(seed));
    SimulationResult again =
        new SimulationRun(STATE_MACHINES, bug).play(SimulationDrawing.draw(seed));

    assertThat(once.violations()).isNotEmpty();
    assertThat(again).isEqualTo(once);
  }
}
