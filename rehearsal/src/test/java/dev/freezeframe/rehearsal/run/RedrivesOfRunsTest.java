package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.ledger.run.RunRow;
import dev.freezeframe.ledger.run.RunSummary;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.ExecutionFault;
import dev.freezeframe.rehearsal.cloud.FunctionDied;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import dev.freezeframe.snapshot.SnapshotTags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/**
 * A run of three pages is stopped in each of its states, or fails there, and is redriven. Each page
 * has one instance that runs and hundreds that are terminated.
 */
class RedrivesOfRunsTest {
  private static final int PAGE = 500;
  private static final int INSTANCES = 2 * PAGE + 1;
  private static final Duration HOUR = Duration.ofHours(1);

  /** Every page passes these. */
  private static final List<String> OF_EACH_PAGE =
      List.of(
          "Select targets",
          "Run claimed?",
          "Another page?",
          "Back up instances",
          "Summarize run",
          "Complete?");

  /** Only a page that has another after it, or that is the last to end, passes these. */
  private static final List<String> OF_SOME_PAGES =
      List.of("Start next page", "Announce run", "Any backup failed?");

  /** Each has a test of its own here. */
  private static final Set<String> AFTER_FAILURES =
      Set.of("Retry failed page", "Count missing outcomes", "Run failed");

  /** An execution that came here has succeeded, and Step Functions redrives no such. */
  private static final Set<String> ENDS = Set.of("Run already claimed", "Done");

  private static final Map<String, String> TYPES = StatesOfFile.types("run-policy");

  private static Fleet fleet() {
    return Fleets.together(
        IntStream.rangeClosed(1, INSTANCES)
            .mapToObj(number -> number % PAGE == 1 ? Fleets.one(number, 1) : terminated(number))
            .toArray(Fleet[]::new));
  }

  private static Fleet terminated(int number) {
    Fleet fleet = Fleets.one(number, 0);
    return new Fleet(
        List.of(
            fleet.instances().get(0).toBuilder()
                .state(state -> state.name(InstanceStateName.TERMINATED).code(48))
                .blockDeviceMappings(List.of())
                .build()),
        List.of());
  }

  private static String page(Execution run) {
    return run.input().path("page").path("number").asText("1");
  }

  private static boolean isRun(Execution execution) {
    return execution.arn().contains(":run-policy:");
  }

  private static List<Execution> runs(EmbeddedCloud cloud) {
    return cloud.states().executions().stream().filter(RedrivesOfRunsTest::isRun).toList();
  }

  private static Scene scene(Faults faults, Consumer<EmbeddedCloud> besides) {
    return Scene.of(fleet()).faults(faults).besides(besides);
  }

  private static void at(EmbeddedCloud cloud, Duration later, Runnable deed) {
    cloud.time().at(Scene.DUE.plus(later), deed);
  }

  /** An operator who redrives whatever did not succeed, the backups before the runs. */
  private static void redriveAll(EmbeddedCloud cloud) {
    for (Execution backup : cloud.backups()) {
      redrive(cloud, backup);
    }
    cloud
        .time()
        .after(Duration.ofMinutes(20), () -> runs(cloud).forEach(run -> redrive(cloud, run)));
  }

  private static void redrive(EmbeddedCloud cloud, Execution execution) {
    if (execution.status() != ExecutionStatus.SUCCEEDED
        && execution.status() != ExecutionStatus.RUNNING) {
      cloud.states().redrive(execution.arn());
    }
  }

  @Test
  void everyStateIsOneFromWhichARedriveIsTriedOrAnEnd() {
    Set<String> known = new TreeSet<>(ENDS);
    known.addAll(AFTER_FAILURES);
    known.addAll(OF_EACH_PAGE);
    known.addAll(OF_SOME_PAGES);

    assertThat(known).isEqualTo(TYPES.keySet());
  }

  static List<Stops.Stop> stops() {
    List<Stops.Stop> stops = new ArrayList<>();
    for (List<String> states : List.of(OF_EACH_PAGE, OF_SOME_PAGES)) {
      for (String state : states) {
        stops.add(new Stops.Stop(state, Stops.Where.LEFT));
        if (StatesOfFile.takesTime(TYPES.get(state))) {
          stops.add(new Stops.Stop(state, Stops.Where.ENTERED));
        }
      }
    }
    return stops;
  }

  @ParameterizedTest
  @MethodSource("stops")
  void aRedriveOfEachPageBacksUpEveryInstanceOnceAndSumsUp(Stops.Stop stop) {
    Map<String, Stops.Stop> plans = new TreeMap<>(Map.of("1", stop, "2", stop, "3", stop));
    Stops stops =
        new Stops(
            plans, RedrivesOfRunsTest::page, RedrivesOfRunsTest::isRun, HOUR, HOUR.multipliedBy(6));
    List<ExecutionStatus> ends = new ArrayList<>();

    Result result =
        scene(
                Faults.NONE.withExecutions(stops).withCalls(stops),
                cloud -> {
                  stops.watch(cloud, Scene.DUE);
                  for (int half = 1; half < 10; half++) {
                    at(
                        cloud,
                        Duration.ofMinutes(30).multipliedBy(half),
                        () -> cloud.backups().forEach(backup -> redrive(cloud, backup)));
                  }
                  at(
                      cloud,
                      HOUR.multipliedBy(20),
                      () -> runs(cloud).forEach(run -> ends.add(run.status())));
                })
            .play();

    assertThat(stops.stopped()).hasSize(pagesThatPass(stop.state()));
    assertThat(stops.redriven()).hasSameSizeAs(stops.stopped());
    assertThat(ends).hasSize(3).containsOnly(ExecutionStatus.SUCCEEDED);
    allAreBackedUpOnce(result);
  }

  private static int pagesThatPass(String state) {
    return OF_EACH_PAGE.contains(state) ? 3 : state.equals("Start next page") ? 2 : 1;
  }

  /** Every instance that runs has one set and a success, and the run's summary counts it. */
  private static void allAreBackedUpOnce(Result result) {
    Invariants.areKept(result);
    assertThat(result.reports()).hasSize(INSTANCES);
    assertThat(result.reports())
        .filteredOn(report -> report.status() == Status.SUCCEEDED)
        .extracting(report -> report.instance().value())
        .containsExactly(
            Fleets.instanceId(1), Fleets.instanceId(PAGE + 1), Fleets.instanceId(INSTANCES));
    assertThat(result.snapshots())
        .extracting(snapshot -> snapshot.tags().get(SnapshotTags.INSTANCE))
        .doesNotHaveDuplicates()
        .hasSize(3);
    assertThat(summary(result)).isEqualTo("3 succeeded, 0 failed, 998 skipped");
    assertThat(result.firings().get(0).selectedAll()).isTrue();
  }

  private static String summary(Result result) {
    return result
        .firings()
        .get(0)
        .view()
        .run()
        .flatMap(RunRow::summary)
        .map(RunSummary::sentence)
        .orElse("none");
  }

  @Test
  void aPageThatFailedGoesOnWithItsRedriveAndTheRunIsNotSummedUpBefore() {
    Instant well = Scene.DUE.plus(HOUR);
    EmbeddedCloud[] clouds = new EmbeddedCloud[1];
    CallFault outage =
        new CallFault() {
          @Override
          public void before(String action, boolean changes, Caller caller, String detail) {
            if (caller.execution().endsWith("-page-2")
                && clouds[0].time().instant().isBefore(well)) {
              throw new FunctionDied("in an outage");
            }
          }
        };
    List<String> before = new ArrayList<>();
    List<String> after = new ArrayList<>();

    Result result =
        scene(
                Faults.NONE.withCalls(outage),
                cloud -> {
                  clouds[0] = cloud;
                  at(
                      cloud,
                      HOUR.multipliedBy(2),
                      () -> {
                        runs(cloud).forEach(run -> before.add(page(run) + " " + run.status()));
                        redriveAll(cloud);
                      });
                  at(
                      cloud,
                      HOUR.multipliedBy(20),
                      () -> runs(cloud).forEach(run -> after.add(page(run) + " " + run.status())));
                })
            .play();

    assertThat(before).containsExactly("1 SUCCEEDED", "2 FAILED");
    assertThat(after).containsExactly("1 SUCCEEDED", "2 SUCCEEDED", "3 SUCCEEDED");
    allAreBackedUpOnce(result);
  }

  /** Refuses to start the second page for so long. */
  private static final class NoSecondPage implements ExecutionFault {
    private final Instant until;
    private EmbeddedCloud cloud;

    NoSecondPage(Duration lasting) {
      this.until = Scene.DUE.plus(lasting);
    }

    @Override
    public boolean refusesStart(String name) {
      return name.endsWith("-page-2") && cloud.time().instant().isBefore(until);
    }
  }

  @Test
  void aPageThatCannotBeStartedIsStartedByARedrive() {
    NoSecondPage fault = new NoSecondPage(HOUR);
    List<Execution> first = new ArrayList<>();
    List<String> before = new ArrayList<>();

    Result result =
        scene(
                Faults.NONE.withExecutions(fault),
                cloud -> {
                  fault.cloud = cloud;
                  at(
                      cloud,
                      HOUR.multipliedBy(2),
                      () -> {
                        first.addAll(runs(cloud));
                        before.add(first.get(0).status() + " " + first.get(0).error().orElse(""));
                        redriveAll(cloud);
                      });
                })
            .play();

    assertThat(before).containsExactly("FAILED StepFunctions.ExecutionLimitExceededException");
    assertThat(first).hasSize(1);
    assertThat(first.get(0).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(first.get(0).stateNames())
        .endsWith("Retry failed page", "Retry failed page", "Run failed", "Complete?", "Done");
    allAreBackedUpOnce(result);
  }

  @Test
  void aPageThatCannotBeStartedForMinutesIsStartedOnceItsPageIsBackedUp() {
    NoSecondPage fault = new NoSecondPage(Duration.ofMinutes(3));

    Result result = scene(Faults.NONE.withExecutions(fault), cloud -> fault.cloud = cloud).play();

    allAreBackedUpOnce(result);
  }

  /** Neither the backup's own function nor the net below it can write an outcome for so long. */
  private static final class NoOutcome implements CallFault {
    private EmbeddedCloud cloud;

    @Override
    public void before(String action, boolean changes, Caller caller, String detail) {
      if (Set.of("RecordOutcome", "ThawAbandoned", "RecordAbandoned").contains(caller.task())
          && cloud.time().instant().isBefore(Scene.DUE.plus(HOUR.multipliedBy(2)))) {
        throw new FunctionDied("in an outage");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("missing")
  void aRunWithoutAnOutcomeCountsAFailureAndIsRightOnceAllIsRedriven(Stops.Stop stop) {
    NoOutcome fault = new NoOutcome();
    Stops stops =
        new Stops(
            Map.of("1", stop),
            RedrivesOfRunsTest::page,
            RedrivesOfRunsTest::isRun,
            HOUR,
            HOUR.multipliedBy(6));
    List<String> states = new ArrayList<>();
    List<ExecutionStatus> ends = new ArrayList<>();

    Result result =
        Scene.of(Fleets.of(1, 1))
            .faults(Faults.NONE.withCalls(fault).withExecutions(stops))
            .besides(
                cloud -> {
                  fault.cloud = cloud;
                  stops.watch(cloud, Scene.DUE);
                  at(
                      cloud,
                      HOUR.multipliedBy(4),
                      () -> {
                        states.addAll(runs(cloud).get(0).stateNames());
                        ends.add(runs(cloud).get(0).status());
                        redriveAll(cloud);
                      });
                  at(cloud, HOUR.multipliedBy(20), () -> ends.add(runs(cloud).get(0).status()));
                })
            .play();

    assertThat(stops.stopped()).containsValue(stop);
    assertThat(states)
        .containsSubsequence(
            "Count missing outcomes",
            "Complete?",
            "Announce run",
            "Any backup failed?",
            "Run failed");
    assertThat(ends).containsExactly(ExecutionStatus.FAILED, ExecutionStatus.SUCCEEDED);
    Invariants.areKept(result);
    assertThat(result.snapshots()).hasSize(1);
    assertThat(summary(result)).isEqualTo("1 succeeded, 0 failed, 0 skipped");
  }

  static List<Stops.Stop> missing() {
    return List.of(
        new Stops.Stop("Count missing outcomes", Stops.Where.ENTERED),
        new Stops.Stop("Count missing outcomes", Stops.Where.LEFT),
        new Stops.Stop("Run failed", Stops.Where.ENTERED));
  }
}
