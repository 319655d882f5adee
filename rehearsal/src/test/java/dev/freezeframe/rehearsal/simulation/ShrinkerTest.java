package dev.freezeframe.rehearsal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.faults.Fault;
import dev.freezeframe.rehearsal.simulation.invariant.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
  private static final String INVARIANT = "an invariant";

  private final List<Simulation> played = new ArrayList<>();

  private SimulationResult play(Simulation simulation, Predicate<Simulation> breaks) {
    played.add(simulation);
    List<Violation> violations =
        breaks.test(simulation) ? List.of(new Violation(INVARIANT, "broken")) : List.of();
    return new SimulationResult(simulation, 0, new TreeMap<>(), violations);
  }

  private Simulation shrunk(Simulation simulation, Predicate<Simulation> breaks, int most) {
    Shrinker shrinker = new Shrinker(smaller -> play(smaller, breaks), most);
    return shrinker.shrink(play(simulation, breaks)).simulation();
  }

  /** The first that is drawn with several instances, both policies and much faults. */
  private static Simulation large() {
    return LongStream.rangeClosed(1, 1_000)
        .mapToObj(SimulationDrawing::draw)
        .filter(
            simulation -> simulation.fleet().ids().size() > 2 && simulation.policies().size() == 2)
        .filter(simulation -> simulation.faults().size() > 5)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatBreaksThePromiseStaysAndAllElseGoes() {
    Simulation simulation = large();
    Fault culprit = simulation.faults().get(3);
    String victim = simulation.fleet().ids().get(simulation.fleet().ids().size() - 1);
    String policy = simulation.policies().get(1);

    Simulation shrunk =
        shrunk(
            simulation,
            one ->
                one.faults().contains(culprit)
                    && one.fleet().ids().contains(victim)
                    && one.policies().contains(policy),
            200);

    // An instance that faults names stays with it: without it the faults would go as
    // well.
    assertThat(shrunk.faults()).containsExactly(culprit);
    assertThat(shrunk.policies()).containsExactly(policy);
    assertThat(shrunk.fleet().ids())
        .contains(victim)
        .allMatch(
            id -> id.equals(victim) || culprit.occasions().instance().equals(Optional.of(id)));
    assertThat(shrunk.fleet().fleet().volumes())
        .allMatch(volume -> !shrunk.fleet().having(volume.volumeId()).isEmpty());
    assertThat(shrunk.seed()).isEqualTo(simulation.seed());
  }

  @Test
  void aSimulationThatNeedsAllOfItStaysAsItIs() {
    Simulation simulation = large();

    assertThat(shrunk(simulation, simulation::equals, 200)).isEqualTo(simulation);
  }

  @Test
  void itPlaysNoMoreThanItMay() {
    Simulation simulation = large();

    shrunk(simulation, simulation::equals, 3);

    assertThat(played).hasSize(1 + 3);
  }
}
