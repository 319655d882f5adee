package dev.freezeframe.rehearsal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.faults.FaultAction;
import dev.freezeframe.rehearsal.run.Mutation;
import dev.freezeframe.rehearsal.simulation.invariant.ApplicationIsTrue;
import dev.freezeframe.rehearsal.simulation.invariant.DeletionsFollowRules;
import dev.freezeframe.rehearsal.simulation.invariant.EveryRowExists;
import dev.freezeframe.rehearsal.simulation.invariant.EverySnapshotIsKnown;
import dev.freezeframe.rehearsal.simulation.invariant.EveryoneIsBackedUp;
import dev.freezeframe.rehearsal.simulation.invariant.ExecutionsEnd;
import dev.freezeframe.rehearsal.simulation.invariant.Invariant;
import dev.freezeframe.rehearsal.simulation.invariant.MinimumIsKept;
import dev.freezeframe.rehearsal.simulation.invariant.NothingStaysUnmounted;
import dev.freezeframe.rehearsal.simulation.invariant.OneSetPerAttempt;
import dev.freezeframe.rehearsal.simulation.invariant.SlotsComeBack;
import dev.freezeframe.rehearsal.simulation.invariant.SummariesAreTrue;
import dev.freezeframe.rehearsal.simulation.invariant.guest.AlarmsKeepInstancesRunning;
import dev.freezeframe.rehearsal.simulation.invariant.guest.FreezesEnd;
import dev.freezeframe.rehearsal.simulation.invariant.guest.NoneIsStartedThatWasStopped;
import dev.freezeframe.rehearsal.simulation.invariant.guest.NothingStaysFrozen;
import dev.freezeframe.rehearsal.simulation.invariant.guest.NothingStaysStopped;
import dev.freezeframe.rehearsal.simulation.invariant.guest.OnlyWhatMayIsStopped;
import dev.freezeframe.rehearsal.simulation.invariant.limit.HistoriesFit;
import dev.freezeframe.rehearsal.simulation.invariant.limit.NamesFit;
import dev.freezeframe.rehearsal.simulation.invariant.limit.NothingIsFrozenForNothing;
import dev.freezeframe.rehearsal.simulation.invariant.limit.RatesAreKept;
import dev.freezeframe.rehearsal.simulation.invariant.limit.StatesFit;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The checker can fail: each invariant notices a bug that breaks it, within so many seeds. */
class MutationsTest {
  private static final String WAIT =
      "\"Sleep\": {\"Type\": \"Wait\", \"Seconds\": 1500000, \"Next\": \"First attempt\"},";
  private static final String CIRCLE =
      "\"Round\": {\"Type\": \"Pass\", \"Next\": \"And round\"},"
          + "\"And round\": {\"Type\": \"Choice\", \"Choices\": [{\"Variable\": \"$.instanceId\","
          + " \"StringEquals\": \"none\", \"Next\": \"First attempt\"}], \"Default\": \"Round\"},";

  static Stream<Arguments> bugs() {
    return Stream.of(
        bug(new NothingStaysFrozen(), 20, Bugs.forgetsTheThaw(Optional.empty())),
        bug(new NothingStaysUnmounted(), 100, Bugs.forgetsTheThaw(Optional.empty())),
        bug(new NothingStaysStopped(), 60, Bugs.startsNothing()),
        bug(new NoneIsStartedThatWasStopped(), 60, Bugs.startsWhatIsStopped()),
        bug(new OnlyWhatMayIsStopped(), 200, Bugs.overlooksScalingGroups()),
        bug(new AlarmsKeepInstancesRunning(), 300, Bugs.hearsNoAlarm()),
        bug(new FreezesEnd(), 40, Bugs.forgetsTheThaw(Optional.of("120"))),
        bug(new EverySnapshotIsKnown(), 5, Bugs.ignores("recordSnapshots", "recordAdoption")),
        bug(new EveryRowExists(), 10, Bugs.ignores("recordDeletion", "recordVanished")),
        bug(new ApplicationIsTrue(), 10, Bugs.callsEverySetConsistent()),
        bug(new ApplicationIsTrue(), 20, Bugs.callsASetWhatItsBestVolumeIs()),
        bug(new ApplicationIsTrue(), 40, Bugs.answers("InspectInstance", MutationsTest::alone)),
        bug(new ApplicationIsTrue(), 20, Bugs.answers("FindSnapshots", MutationsTest::answered)),
        bug(new OneSetPerAttempt(), 5, Bugs.takesTwoSets()),
        bug(new DeletionsFollowRules(), 10, Bugs.deletesOneTooMany()),
        bug(new MinimumIsKept(), 20, Bugs.deletesOneTooMany()),
        bug(new ExecutionsEnd(), 5, Bugs.beginsWith("Sleep", WAIT)),
        bug(new HistoriesFit(), 3, Bugs.beginsWith("Round", CIRCLE)),
        bug(new StatesFit(), 5, Bugs.answers("InspectInstance", MutationsTest::padded)),
        bug(new NamesFit(), 5, Bugs.answers("SelectTargets", MutationsTest::longNames)),
        bug(new NothingIsFrozenForNothing(), 40, Bugs.believesInALargerQuota()),
        bug(new SlotsComeBack(), 100, Bugs.holdsSlotsForEver()),
        bug(new RatesAreKept(), 5, Bugs.asksForEverythingOverAndOver()),
        bug(new SummariesAreTrue(), 5, Bugs.countsOneTooMany()),
        bug(new EveryoneIsBackedUp(), 5, Bugs.findsNoInstances()));
  }

  private static Arguments bug(Invariant invariant, int seeds, Mutation mutation) {
    return Arguments.of(invariant.name(), seeds, mutation);
  }

  private static String padded(String answer) {
    return answer.replaceFirst("\\{", "{\"padding\":\"" + "x".repeat(300_000) + "\",");
  }

  /** A set that was found passes for one that the call returned. */
  private static String answered(String answer) {
    return answer.replace("\"adopted\":true", "\"adopted\":false");
  }

  /** Nobody else has a volume of the instance attached. */
  private static String alone(String answer) {
    return answer.replaceAll("\"elsewhere\":\\{[^}]*}", "\"elsewhere\":{}");
  }

  private static String longNames(String answer) {
    return answer.replaceAll("(\"executionName\":\"i-[^\"]*)\"", "$1-again\"");
  }

  @ParameterizedTest(name = "{0}, within {1} seeds")
  @MethodSource("bugs")
  void aBugIsCaughtWithinSoManySeeds(String invariant, int seeds, Mutation mutation) {
    assertCaught(invariant, seeds, mutation);
  }

  /** Two policies seldom meet at an instance: other seeds need not be played. */
  @Test
  void oneThatDoesNotWaitForAnotherPolicysStopIsCaughtWithin600Seeds() {
    assertCaught(
        new EveryoneIsBackedUp().name(),
        600,
        Bugs.waitsForNoStop(),
        simulation -> simulation.policies().size() > 1 && stops(simulation));
  }

  /** Only what stops starts; that EC2 lacks capacity excuses no rate. */
  @Test
  void tooManyStartsAreCaughtThoughCapacityIsMissing() {
    assertCaught(
        new RatesAreKept().name(),
        200,
        Bugs.startsOverAndOver(),
        simulation ->
            stops(simulation)
                && simulation.faults().stream()
                    .anyMatch(fault -> fault.action() == FaultAction.CAPACITY));
  }

  static void assertCaught(String invariant, int seeds, Mutation mutation) {
    assertCaught(invariant, seeds, mutation, simulation -> fits(invariant, simulation));
  }

  private static void assertCaught(
      String invariant, int seeds, Mutation mutation, Predicate<Simulation> fits) {
    SimulationRun run = new SimulationRun(root().resolve("statemachines"), mutation);

    assertThat(LongStream.rangeClosed(1, seeds))
        .as("seeds that break: %s", invariant)
        .anyMatch(
            seed -> {
              Simulation simulation = SimulationDrawing.draw(seed);
              return fits.test(simulation) && run.play(simulation).breaks(invariant);
            });
  }

  private static final Set<String> OF_STOPS =
      Set.of(
          new NothingStaysStopped().name(),
          new NoneIsStartedThatWasStopped().name(),
          new OnlyWhatMayIsStopped().name());

  /**
   * Only a document without a timer can leave a guest frozen, and only a policy that stops an
   * instance stopped; other seeds need not be played.
   */
  private static boolean fits(String invariant, Simulation simulation) {
    if (OF_STOPS.contains(invariant)) {
      return stops(simulation);
    }
    if (invariant.equals(new AlarmsKeepInstancesRunning().name())) {
      return simulation.faults().stream().anyMatch(fault -> fault.action() == FaultAction.IN_ALARM);
    }
    if (invariant.equals(new NothingStaysUnmounted().name())) {
      return simulation.documents().values().stream()
          .anyMatch(document -> document.contains("unmounts"));
    }
    return !invariant.equals(new NothingStaysFrozen().name())
        || simulation.policies().stream()
            .anyMatch(policy -> policy.contains(PolicyDrawing.FOREIGN_DOCUMENT));
  }

  private static boolean stops(Simulation simulation) {
    return simulation.policies().stream().anyMatch(policy -> policy.contains("hold: stop"));
  }

  private static Path root() {
    return Path.of(System.getProperty("freezeframe.root"));
  }
}
