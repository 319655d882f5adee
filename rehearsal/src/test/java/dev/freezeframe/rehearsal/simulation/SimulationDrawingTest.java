package dev.freezeframe.rehearsal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.policy.Drill;
import dev.freezeframe.rehearsal.faults.Fault;
import dev.freezeframe.rehearsal.faults.FaultAction;
import dev.freezeframe.rehearsal.faults.FaultsReader;
import dev.freezeframe.rehearsal.faults.FaultsWriter;
import dev.freezeframe.rehearsal.faults.InjectionPoint;
import dev.freezeframe.rehearsal.faults.KnownNames;
import dev.freezeframe.rehearsal.run.Capacity;
import dev.freezeframe.rehearsal.simulation.SimulationDrawing.Forced;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What no seed draws, no seed can find. */
class SimulationDrawingTest {
  private static final List<Simulation> DRAWN =
      LongStream.rangeClosed(1, 500).mapToObj(SimulationDrawing::draw).toList();

  @Test
  void everyFaultTypeIsDrawn() {
    assertThat(
            DRAWN.stream()
                .flatMap(simulation -> simulation.faults().stream())
                .map(Fault::action)
                .distinct()
                .toList())
        .contains(FaultAction.CLOCK_BACK)
        .containsAll(Arrays.stream(FaultType.values()).map(FaultType::action).toList());
  }

  @Test
  void someStopAndOnlyThoseHaveWhatGoesWrongThen() {
    Set<FaultAction> own =
        EnumSet.of(FaultAction.STOP_SLOW, FaultAction.CAPACITY, FaultAction.START_FAILS);
    List<Simulation> stopping = DRAWN.stream().filter(SimulationDrawingTest::stops).toList();

    assertThat(stopping).hasSizeBetween(DRAWN.size() / 12, DRAWN.size() / 5);
    assertThat(DRAWN)
        .filteredOn(simulation -> !stops(simulation) && !restores(simulation))
        .flatExtracting(Simulation::faults)
        .extracting(Fault::action)
        .doesNotContainAnyElementsOf(own);
    assertThat(stopping)
        .allSatisfy(
            simulation -> assertThat(simulation.readPolicies().get(0).stop().isPresent()).isTrue());
    assertThat(stopping).anyMatch(simulation -> !mayAllBeStopped(simulation.fleet()));
  }

  @Test
  void someOfThoseThatStopAskForAlarmsFirst() {
    List<Simulation> asking =
        DRAWN.stream()
            .filter(simulation -> simulation.policies().get(0).contains("skipIfAlarm"))
            .toList();
    Set<FaultAction> own =
        EnumSet.of(
            FaultAction.IN_ALARM,
            FaultAction.INSUFFICIENT_DATA,
            FaultAction.MISSING,
            FaultAction.ALARM_THROTTLE,
            FaultAction.ALARM_ERROR);

    assertThat(asking).hasSizeBetween(DRAWN.size() / 50, DRAWN.size() / 12);
    assertThat(asking)
        .allSatisfy(
            simulation ->
                assertThat(simulation.readPolicies().get(0).stop().orElseThrow().skipIfAlarm())
                    .contains("restoring"));
    assertThat(DRAWN)
        .filteredOn(simulation -> !asking.contains(simulation))
        .flatExtracting(Simulation::faults)
        .extracting(Fault::action)
        .doesNotContainAnyElementsOf(own);
  }

  @Test
  void someUnmountAndOnlyThoseMeetWhatIsBusy() {
    List<Simulation> unmounting =
        DRAWN.stream()
            .filter(
                simulation ->
                    simulation.policies().stream()
                        .anyMatch(policy -> policy.contains("freezeframe-unmount")))
            .toList();

    assertThat(unmounting).hasSizeBetween(DRAWN.size() / 20, DRAWN.size() / 7);
    assertThat(DRAWN)
        .filteredOn(simulation -> !unmounting.contains(simulation))
        .flatExtracting(Simulation::faults)
        .extracting(Fault::action)
        .doesNotContain(FaultAction.BUSY);
    assertThat(unmounting)
        .flatExtracting(Simulation::faults)
        .extracting(Fault::action)
        .contains(FaultAction.BUSY);
    assertThat(DRAWN)
        .as("a document of others that unmounts and has no timer")
        .anyMatch(
            simulation ->
                simulation.documents().values().stream()
                    .anyMatch(document -> document.contains("unmounts")));
  }

  @Test
  void someRestoreAndOnlyThoseHaveWhatGoesWrongThen() {
    List<Simulation> restoring = DRAWN.stream().filter(SimulationDrawingTest::restores).toList();

    assertThat(restoring).hasSizeBetween(DRAWN.size() / 20, DRAWN.size() / 7);
    assertThat(DRAWN)
        .filteredOn(simulation -> !restores(simulation))
        .flatExtracting(Simulation::faults)
        .extracting(Fault::at)
        .doesNotContain(
            InjectionPoint.CREATE_VOLUME,
            InjectionPoint.ATTACH_VOLUME,
            InjectionPoint.DETACH_VOLUME);
  }

  @Test
  void someDrillAndOnlyThoseHaveWhatGoesWrongThen() {
    List<Simulation> drilling = DRAWN.stream().filter(SimulationDrawingTest::drills).toList();

    assertThat(drilling).hasSizeBetween(DRAWN.size() / 20, DRAWN.size() / 7);
    assertThat(DRAWN)
        .filteredOn(simulation -> !drills(simulation))
        .flatExtracting(Simulation::faults)
        .extracting(Fault::at)
        .doesNotContain(InjectionPoint.DRILL_DRY_RUN, InjectionPoint.VALIDATE);
    assertThat(drilling)
        .allMatch(simulation -> simulation.readPolicies().get(0).drill().isPresent());
    assertThat(drilling)
        .extracting(simulation -> simulation.readPolicies().get(0).drill().orElseThrow().level())
        .contains(Drill.Level.values());
  }

  @Test
  void drillsCanBeForcedWhereEveryDocumentHasATimer() {
    List<Simulation> forced =
        LongStream.rangeClosed(1, 60)
            .mapToObj(seed -> SimulationDrawing.draw(seed, new Forced(false, true)))
            .toList();

    assertThat(forced)
        .allMatch(simulation -> drills(simulation) == simulation.documents().isEmpty());
  }

  private static boolean drills(Simulation simulation) {
    return simulation.policies().get(0).contains("drill:");
  }

  private static boolean restores(Simulation simulation) {
    return simulation.faults().stream()
        .anyMatch(fault -> fault.action().name().startsWith("RESTORE_"));
  }

  private static boolean stops(Simulation simulation) {
    return simulation.policies().get(0).contains("hold: stop");
  }

  private static boolean mayAllBeStopped(SimulatedFleet fleet) {
    return fleet.ids().stream().allMatch(id -> fleet.whyNotStopped(id).isEmpty());
  }

  @Test
  void aFunctionThatIsInactiveIsSoOnceAndForATimeOfItsOwn() {
    assertThat(DRAWN)
        .flatExtracting(Simulation::faults)
        .filteredOn(fault -> fault.action() == FaultAction.NOT_READY)
        .allMatch(fault -> fault.argument().duration().isPresent())
        .allMatch(fault -> fault.occasions().times().equals(OptionalInt.of(1)));
  }

  @Test
  void anOccasionOfSeveralFaultsIsAskedForThemInTheSameOrder() {
    assertThat(DRAWN)
        .allSatisfy(
            simulation ->
                assertThat(simulation.faults())
                    .filteredOn(fault -> fault.at() != InjectionPoint.BY_HAND)
                    .isSortedAccordingTo(
                        Comparator.comparing(Fault::action).thenComparing(Fault::number)));
  }

  @Test
  void whatIsDrawnCanBeWrittenAndReadAgain() {
    FaultsReader reader = new FaultsReader(KnownNames.NOTHING, Simulation.START);

    assertThat(DRAWN)
        .allSatisfy(
            simulation ->
                assertThat(reader.read("f.yaml", FaultsWriter.write(simulation.faults())))
                    .isEqualTo(simulation.faults()));
  }

  @Test
  void theQuotaOfPendingSnapshotsIsTheOrdinaryOneOrSmaller() {
    assertThat(DRAWN).allMatch(simulation -> simulation.quotas().pendingSnapshots() <= 100);
    assertThat(DRAWN).anyMatch(simulation -> simulation.quotas().pendingSnapshots() == 100);
    assertThat(DRAWN)
        .as("one into which each set fits, and not all at once")
        .anyMatch(
            simulation ->
                largestSet(simulation) <= simulation.quotas().pendingSnapshots()
                    && simulation.quotas().pendingSnapshots() < all(simulation));
    assertThat(DRAWN)
        .as("one into which a set never fits")
        .anyMatch(simulation -> simulation.quotas().pendingSnapshots() < largestSet(simulation));
  }

  @Test
  void someAccountsHaveLittleLeftOfTheRatesOfSystemsManagerAndOfConcurrency() {
    assertThat(DRAWN).anyMatch(simulation -> simulation.quotas().capacity().equals(Capacity.USUAL));
    assertThat(DRAWN).anyMatch(simulation -> simulation.quotas().capacity().ssmRate() < 1);
    assertThat(DRAWN).anyMatch(simulation -> simulation.quotas().capacity().concurrency() == 10);
  }

  @Test
  void someVolumesAreHeldByNoScriptOrWrittenByAnotherInstance() {
    assertThat(DRAWN).anyMatch(simulation -> !simulation.fleet().swap().isEmpty());
    assertThat(DRAWN).anyMatch(simulation -> isWrittenByTwo(simulation.fleet()));
  }

  private static boolean isWrittenByTwo(SimulatedFleet fleet) {
    return fleet.fleet().volumes().stream()
        .map(volume -> fleet.having(volume.volumeId()))
        .anyMatch(having -> having.size() > 1 && having.stream().allMatch(fleet::running));
  }

  private static List<Integer> sets(Simulation simulation) {
    return simulation.fleet().fleet().instances().stream()
        .map(instance -> instance.blockDeviceMappings().size())
        .toList();
  }

  private static int largestSet(Simulation simulation) {
    return sets(simulation).stream().mapToInt(Integer::intValue).max().orElseThrow();
  }

  private static int all(Simulation simulation) {
    return sets(simulation).stream().mapToInt(Integer::intValue).sum();
  }
}
