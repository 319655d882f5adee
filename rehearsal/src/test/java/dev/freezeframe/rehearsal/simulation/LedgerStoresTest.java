package dev.freezeframe.rehearsal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.run.Mutation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a simulation finds does not depend on where it keeps its ledger. */
class LedgerStoresTest {
  private static final SimulationRun RUN =
      new SimulationRun(
          Path.of(System.getProperty("freezeframe.root")).resolve("statemachines"), Mutation.NONE);

  @Test
  void oneSimulationOfTwentyKeepsItsLedgerInATable() {
    assertThat(
            List.of(1L, 20L, 21L, 39L, 40L).stream()
                .filter(seed -> SimulationDrawing.draw(seed).usesTable()))
        .containsExactly(20L, 40L);
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 5, 11})
  void whereNothingGoesWrongBothKeepTheSame(long seed) {
    Simulation calm = SimulationDrawing.draw(seed).withFaults(List.of());

    List<String> inMemory = RUN.play(calm, true, LedgerStoresTest::sets);
    List<String> inATable = RUN.play(calm, false, LedgerStoresTest::sets);

    assertThat(inMemory).isNotEmpty().isEqualTo(inATable);
  }

  /** Without instants: a call of the ledger is one call here, and may be several there. */
  private static List<String> sets(FinalState end) {
    return end.lives().values().stream()
        .map(
            life ->
                "%s %s %s %s, living: %s"
                    .formatted(
                        life.row().run(),
                        life.row().volume(),
                        life.row().state(),
                        life.row().verdict(),
                        life.living()))
        .sorted()
        .toList();
  }
}
