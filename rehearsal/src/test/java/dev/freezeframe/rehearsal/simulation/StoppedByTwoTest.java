package dev.freezeframe.rehearsal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.cloud.Call;
import dev.freezeframe.rehearsal.faults.Fault;
import dev.freezeframe.rehearsal.faults.FaultAction;
import dev.freezeframe.rehearsal.faults.FaultArgument;
import dev.freezeframe.rehearsal.faults.InjectionPoint;
import dev.freezeframe.rehearsal.faults.Occasions;
import dev.freezeframe.rehearsal.run.Mutation;
import dev.freezeframe.rehearsal.simulation.invariant.guest.NoneIsStartedThatWasStopped;
import dev.freezeframe.rehearsal.simulation.invariant.guest.NothingStaysStopped;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A person stops an instance in the second before a backup does: seeds seldom meet that. */
class StoppedByTwoTest {
  private static final Simulation CALM =
      LongStream.iterate(1, seed -> seed + 1)
          .mapToObj(SimulationDrawing::draw)
          .filter(StoppedByTwoTest::stopsItsOnlyInstance)
          .findFirst()
          .orElseThrow()
          .withFaults(List.of());

  private static boolean stopsItsOnlyInstance(Simulation drawn) {
    List<String> ids = drawn.fleet().ids();
    return ids.size() == 1
        && drawn.policies().size() == 1
        && drawn.policies().get(0).contains("hold: stop")
        && drawn.fleet().whyNotStopped(ids.get(0)).isEmpty()
        && !orders(play(drawn.withFaults(List.of()), Mutation.NONE)).isEmpty();
  }

  private static FinalState play(Simulation simulation, Mutation mutation) {
    return new SimulationRun(
            Path.of(System.getProperty("freezeframe.root")).resolve("statemachines"), mutation)
        .play(simulation, true, end -> end);
  }

  private static List<Instant> orders(FinalState end) {
    return end.cloud().api().calls().stream()
        .filter(call -> call.action().equals("ec2:StopInstances"))
        .map(Call::startedAt)
        .toList();
  }

  private static FinalState stoppedBefore(Instant order, long millis, Mutation mutation) {
    Instant at = order.minusMillis(millis);
    Fault person =
        new Fault(
            1,
            InjectionPoint.BY_HAND,
            FaultAction.STOP,
            FaultArgument.of(Duration.ofHours(3)),
            new Occasions(
                Optional.of(CALM.fleet().ids().get(0)),
                Optional.empty(),
                Optional.empty(),
                new Occasions.Span(at, at.plus(Duration.ofHours(4))),
                OptionalInt.empty(),
                OptionalInt.empty()));
    return play(CALM.withFaults(List.of(person)), mutation);
  }

  private static LongStream leads() {
    return LongStream.rangeClosed(0, 15).map(step -> step * 100);
  }

  private final Instant order = orders(play(CALM, Mutation.NONE)).get(0);

  @Test
  void itIsLeftAsThePersonWantedIt() {
    assertThat(leads())
        .allSatisfy(
            lead -> {
              FinalState end = stoppedBefore(order, lead, Mutation.NONE);
              assertThat(new NoneIsStartedThatWasStopped().broken(end)).isEmpty();
              assertThat(new NothingStaysStopped().broken(end)).isEmpty();
            });
  }

  @Test
  void whoBelievesThatHeStoppedItBreaksTheInvariant() {
    assertThat(leads())
        .anySatisfy(
            lead ->
                assertThat(
                        new NoneIsStartedThatWasStopped()
                            .broken(
                                stoppedBefore(order, lead, Bugs.believesThatItStoppedEverything())))
                    .isNotEmpty());
  }
}
