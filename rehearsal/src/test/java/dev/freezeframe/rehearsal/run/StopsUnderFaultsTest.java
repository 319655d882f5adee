package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.consistency.Proof;
import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.ExecutionFault;
import dev.freezeframe.rehearsal.cloud.FunctionDied;
import dev.freezeframe.rehearsal.deployment.AlarmFault;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.instance.Downtime;
import dev.freezeframe.rehearsal.instance.InstanceFault;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import dev.freezeframe.task.trigger.DeployedSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Instances that are stopped for their sets: none that ran stays stopped, none that was stopped is
 * started, whatever befalls their executions, functions, events and EC2.
 */
class StopsUnderFaultsTest {
  private static final PolicyName WEEKLY = new PolicyName("weekly");

  private static final String POLICY =
      """
      name: weekly
      schedule: {cron: "0 2 * * ? *"}
      volumes: {excludeBoot: false}
      hold: stop
      stop: {atOnce: %s}
      retention: {days: 14}
      """;

  /** The states of {@code snapshot-instance} past which a stop leads, in their order. */
  static final List<String> STATES =
      List.of(
          "First attempt",
          "Inspect instance",
          "Choose action",
          "Take slots",
          "Slots taken?",
          "Stop instance",
          "Stopped?",
          "Read alarms",
          "Wait until stopped",
          "Create snapshots",
          "Has post-script?",
          "Start instance",
          "Started?",
          "Wait until running",
          "Set taken?",
          "Record snapshots",
          "Wait for completion",
          "Check snapshots",
          "All snapshots done?",
          "Record outcome",
          "Announce outcome",
          "Choose ending");

  private EmbeddedCloud cloud;

  private Scene scene(Fleet fleet, Faults faults, int atOnce) {
    return scene(fleet, faults, POLICY.formatted(atOnce));
  }

  private Scene scene(Fleet fleet, Faults faults, String policy) {
    return Scene.of(with(fleet, instance -> instance.copy(known -> known.instanceType("m5.large"))))
        .policy(policy)
        .faults(faults)
        .besides(
            given -> {
              cloud = given;
              given.schedule(
                  DeployedSchedule.startStopped(
                      List.of(new PolicyReader().read("policy.yaml", policy))),
                  Scene.DUE.plus(Duration.ofHours(30)));
            });
  }

  /** An instance for each state, all of one group, each stopped once an alarm was read. */
  private Scene ofEachState(Faults faults) {
    return scene(
        Fleets.of(STATES.size(), 1),
        faults,
        POLICY.replace("atOnce: %s", "atOnce: 100, skipIfAlarm: [quiet]"));
  }

  private Result play(int instances, Faults faults) {
    return scene(Fleets.of(instances, 1), faults, 100).play();
  }

  private void nobodyStaysStopped(Result result) {
    Invariants.areKept(result);
    assertThat(result.fleet().instances())
        .allSatisfy(
            instance ->
                assertThat(cloud.ec2().state(instance.instanceId()))
                    .as(instance.instanceId())
                    .contains(instance.state().name()));
    noStopIsOpen(result);
    Map<String, Instant> taken = new TreeMap<>();
    result.snapshots().forEach(view -> taken.put(view.snapshotId(), view.startTime()));
    for (InstanceReport report : result.reports()) {
      if (report.consistency().equals(Optional.of("APPLICATION"))) {
        assertThat(report.snapshots())
            .extracting(row -> taken.get(row.snapshot().value()))
            .isNotEmpty()
            .allMatch(at -> cloud.ec2().stoodStill(report.instance().value(), at));
      }
    }
  }

  private static void noStopIsOpen(Result result) {
    assertThat(result.ledger()).noneMatch(item -> "stops".equals(item.get("groupKey")));
  }

  private List<Downtime> downtimes(int instance) {
    return cloud.ec2().downtimes(Fleets.instanceId(instance));
  }

  private static Fleet with(Fleet fleet, UnaryOperator<Instance> change) {
    return new Fleet(fleet.instances().stream().map(change).toList(), fleet.volumes());
  }

  @Test
  void aSetOfAnInstanceThatIsStoppedMeanwhileIsProvedOnEveryVolumeBootVolumeIncluded() {
    Result result = play(2, Faults.NONE);

    nobodyStaysStopped(result);
    assertThat(result.good()).isTrue();
    assertThat(result.reports())
        .hasSize(2)
        .allSatisfy(
            report -> {
              assertThat(report.consistency()).contains("APPLICATION");
              assertThat(report.proof()).contains(Proof.PROVED);
              assertThat(report.snapshots()).hasSize(2);
              assertThat(report.snapshots()).allMatch(row -> row.apart().isEmpty());
            });
    assertThat(result.calls())
        .containsEntry("ec2:StopInstances", 2)
        .containsEntry("ec2:StartInstances", 2);
    assertThat(downtimes(1)).hasSize(1);
    assertThat(downtimes(1).get(0).lasted(result.end())).isLessThan(Duration.ofMinutes(3));
    assertThat(cloud.measured().sum(WEEKLY, Metric.DOWN)).isPresent();
    assertThat(cloud.measured().sum(WEEKLY, Metric.START_FAILED)).isEmpty();
    assertThat(cloud.measured().sum(WEEKLY, Metric.STOPPED_TOO_LONG)).isEmpty();
  }

  @Test
  void onlySoManyOfAGroupAreDownTogether() {
    Result result = scene(Fleets.of(5, 1), Faults.NONE, 2).play();

    nobodyStaysStopped(result);
    assertThat(result.good()).isTrue();
    List<Downtime> all = cloud.ec2().downtimes().values().stream().flatMap(List::stream).toList();
    assertThat(all).hasSize(5);
    assertThat(all)
        .allSatisfy(
            down ->
                assertThat(
                        all.stream()
                            .filter(other -> !other.from().isAfter(down.from()))
                            .filter(other -> other.to().orElseThrow().isAfter(down.from())))
                    .hasSizeLessThanOrEqualTo(2));
  }

  @Test
  void oneThatWasStoppedBeforeIsNotStarted() {
    Fleet fleet =
        with(
            Fleets.of(2, 1),
            instance ->
                instance.instanceId().equals(Fleets.instanceId(2))
                    ? instance.copy(
                        known ->
                            known.state(state -> state.name(InstanceStateName.STOPPED).code(80)))
                    : instance);

    Result result = scene(fleet, Faults.NONE, 100).play();

    nobodyStaysStopped(result);
    assertThat(result.reports())
        .allSatisfy(report -> assertThat(report.consistency()).contains("APPLICATION"));
    assertThat(result.calls())
        .containsEntry("ec2:StopInstances", 1)
        .containsEntry("ec2:StartInstances", 1);
  }

  @Test
  void whatMustNotBeStoppedIsSkippedWithTheReason() {
    Fleet fleet =
        with(
            Fleets.of(1, 1),
            instance ->
                instance.copy(
                    known ->
                        known.tags(
                            Tag.builder().key("snapshot").value("snapshot").build(),
                            Tag.builder().key("aws:autoscaling:groupName").value("web").build())));

    Result result = scene(fleet, Faults.NONE, 1).play();

    nobodyStaysStopped(result);
    assertThat(result.reports())
        .singleElement()
        .matches(report -> report.status() == Status.SKIPPED);
    assertThat(result.reports().get(0).reason())
        .isEqualTo("it is not stopped: Auto Scaling would replace it in the group web");
    assertThat(result.calls()).doesNotContainKey("ec2:StopInstances");
  }

  private Result played(AlarmFault alarms, String named) {
    return scene(
            Fleets.of(2, 1),
            Faults.NONE.withAlarms(alarms),
            POLICY.replace("atOnce: %s", "skipIfAlarm: [%s]".formatted(named)))
        .play();
  }

  private void nobodyIsStopped(Result result, String why) {
    nobodyStaysStopped(result);
    assertThat(result.reports())
        .hasSize(2)
        .allSatisfy(
            report -> {
              assertThat(report.status()).isEqualTo(Status.SKIPPED);
              assertThat(report.reason()).isEqualTo("it is not stopped: " + why);
            });
    assertThat(result.calls()).doesNotContainKey("ec2:StopInstances");
    assertThat(cloud.ec2().downtimes().values()).allMatch(List::isEmpty);
  }

  private static AlarmFault always(AlarmFault.State state) {
    return new AlarmFault() {
      @Override
      public State state(String name) {
        return name.equals("quiet") ? State.OK : state;
      }
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"restoring", "restorings"}) // one of a metric, one of other alarms
  void whileAnAlarmRingsNobodyIsStopped(String name) {
    nobodyIsStopped(
        played(always(AlarmFault.State.ALARM), "quiet, " + name),
        "the alarm '%s' is in ALARM: a fault of the rehearsal has it ring".formatted(name));
  }

  @Test
  void anAlarmThatDoesNotExistKeepsAllRunning() {
    nobodyIsStopped(
        played(always(AlarmFault.State.MISSING), "quiet, restorin"),
        "no alarm of the account and the Region is 'restorin', which stop.skipIfAlarm names");
  }

  @ParameterizedTest
  @CsvSource({"THROTTLED, Rate exceeded", "FAILS, InternalFailure"})
  void alarmsThatCannotBeReadKeepAllRunning(AlarmFault.Reading reading, String why) {
    nobodyIsStopped(
        played(
            new AlarmFault() {
              @Override
              public Reading reading() {
                return reading;
              }
            },
            "quiet"),
        "the alarms of stop.skipIfAlarm could not be read: " + why);
  }

  @Test
  void aReadingThatIsThrottledForAWhileIsTriedAgain() {
    int[] asked = new int[1];
    Result result =
        played(
            new AlarmFault() {
              @Override
              public Reading reading() {
                return ++asked[0] <= 5 ? Reading.THROTTLED : Reading.ANSWERED;
              }
            },
            "quiet");

    nobodyStaysStopped(result);
    assertThat(result.good()).isTrue();
    assertThat(asked[0]).isGreaterThan(5);
  }

  @Test
  void anAlarmThatLacksDataKeepsNobody() {
    Result result = played(always(AlarmFault.State.INSUFFICIENT_DATA), "quiet, new");

    nobodyStaysStopped(result);
    assertThat(result.good()).isTrue();
    assertThat(result.calls())
        .containsEntry("ec2:StopInstances", 2)
        .as("two looks of the one, three of the other that waits for its turn")
        .containsEntry("ec2:DescribeInstanceAttribute", 10)
        .containsEntry("ec2:DescribeInstanceTypes", 5);
  }

  /** The second waits for its turn while the first is down, and an alarm begins to ring. */
  @Test
  void alarmsAreReadWhenTheTurnHasCome() {
    Result result =
        played(
            new AlarmFault() {
              @Override
              public State state(String name) {
                return cloud.ec2().downtimes().values().stream().allMatch(List::isEmpty)
                    ? State.OK
                    : State.ALARM;
              }
            },
            "down");

    nobodyStaysStopped(result);
    assertThat(result.reports())
        .extracting(InstanceReport::status)
        .containsExactlyInAnyOrder(Status.SUCCEEDED, Status.SKIPPED);
    assertThat(result.calls()).containsEntry("ec2:StopInstances", 1);
  }

  /** One instance for each state. */
  private static final class AbortsOnce implements ExecutionFault {
    private final Set<String> aborted = new TreeSet<>();

    @Override
    public boolean abortsAfter(String execution, String instanceId, String state) {
      return execution.contains(":snapshot-instance:")
          && STATES.contains(state)
          && instanceId.equals(Fleets.instanceId(STATES.indexOf(state) + 1))
          && aborted.add(instanceId);
    }
  }

  private static String stateOf(InstanceReport report) {
    String id = report.instance().value();
    return STATES.get(Integer.parseInt(id.substring(id.length() - 4), 16) - 1);
  }

  @Test
  void whereverAnExecutionIsAbortedItsInstanceRunsAgain() {
    AbortsOnce aborts = new AbortsOnce();

    Result result = ofEachState(Faults.NONE.withExecutions(aborts)).play();

    assertThat(aborts.aborted).hasSize(STATES.size());
    nobodyStaysStopped(result);
    for (InstanceReport report : result.reports()) {
      boolean recorded = STATES.indexOf(stateOf(report)) >= STATES.indexOf("Record outcome");
      assertThat(report.status())
          .as("aborted after " + stateOf(report))
          .isEqualTo(recorded ? Status.SUCCEEDED : Status.FAILED);
    }
    assertThat(cloud.ec2().downtimes().values())
        .allSatisfy(
            downs ->
                assertThat(downs)
                    .allMatch(
                        down -> down.lasted(result.end()).compareTo(Duration.ofMinutes(6)) < 0));
  }

  @Test
  void whereNoEventTellsOfTheEndTheLastNetStartsIt() {
    AbortsOnce aborts = new AbortsOnce();

    Result result =
        ofEachState(Faults.NONE.withExecutions(aborts).withEvents(Scene.NO_END_IS_TOLD)).play();

    assertThat(cloud.thaws()).isEmpty();
    noStopIsOpen(result);
    assertThat(result.fleet().instances())
        .allSatisfy(
            instance ->
                assertThat(cloud.ec2().state(instance.instanceId()))
                    .contains(InstanceStateName.RUNNING));
    assertThat(cloud.measured().sum(WEEKLY, Metric.STOPPED_TOO_LONG)).isPresent();
  }

  @Test
  void aRedriveGoesOnAndCallsNoSetConsistentOfAnInstanceThatRan() {
    AbortsOnce aborts = new AbortsOnce();
    Map<String, Execution> redriven = new TreeMap<>();

    Result result =
        ofEachState(Faults.NONE.withExecutions(aborts))
            .alsoBesides(
                given ->
                    given
                        .time()
                        .at(
                            Scene.DUE.plusSeconds(3_600),
                            () ->
                                given.backups().stream()
                                    .filter(one -> one.status() == ExecutionStatus.ABORTED)
                                    .forEach(
                                        one -> {
                                          redriven.put(one.name(), one);
                                          given.states().redrive(one.arn());
                                        })))
            .play();

    assertThat(redriven).hasSize(STATES.size());
    nobodyStaysStopped(result);
    assertThat(redriven.values()).noneMatch(one -> one.status() == ExecutionStatus.RUNNING);
  }

  @Test
  void aRedriveAtOnceAndTheNetDoNotStopWhatTheOtherStarted() {
    AbortsOnce aborts = new AbortsOnce();
    Set<String> redriven = new TreeSet<>();

    Result result =
        ofEachState(Faults.NONE.withExecutions(aborts))
            .alsoBesides(
                given -> {
                  for (int second = 0; second < 1_200; second += 5) {
                    given
                        .time()
                        .at(
                            Scene.DUE.plusSeconds(second),
                            () ->
                                given.backups().stream()
                                    .filter(one -> one.status() == ExecutionStatus.ABORTED)
                                    .filter(one -> redriven.add(one.name()))
                                    .forEach(one -> given.states().redrive(one.arn())));
                  }
                })
            .play();

    assertThat(redriven).isNotEmpty();
    nobodyStaysStopped(result);
  }

  /** The first function that makes a changing call dies before it, the next one after it. */
  private static final class DiesOnce implements CallFault {
    private final Map<String, String> deaths = new TreeMap<>();
    private final Set<String> died = new TreeSet<>();

    @Override
    public void before(String action, boolean changing, Caller caller, String detail) {
      die("before", action, changing, caller);
    }

    @Override
    public void after(String action, boolean changing, Caller caller, String detail) {
      die("after", action, changing, caller);
    }

    /** An instance meets one death, so that what follows is not that of another. */
    private void die(String when, String action, boolean changing, Caller caller) {
      String what = "%s %s in %s".formatted(when, action, caller.task());
      if (changing
          && !caller.instanceId().isEmpty()
          && !deaths.containsKey(caller.instanceId())
          && died.add(what)) {
        deaths.put(caller.instanceId(), what);
        throw new FunctionDied(what);
      }
    }
  }

  @Test
  void whereverAFunctionDiesItsInstanceRunsAgainAndABackupIsThere() {
    DiesOnce faults = new DiesOnce();

    Result result = play(2 * 24, Faults.NONE.withCalls(faults));

    for (String call :
        List.of(
            "ec2:StopInstances in StopInstance",
            "ec2:CreateSnapshots in CreateSnapshots",
            "ec2:StartInstances in StartInstance",
            "dynamodb:PutItem in RecordOutcome")) {
      assertThat(faults.died).contains("before " + call, "after " + call);
    }
    nobodyStaysStopped(result);
    assertThat(result.reports())
        .allSatisfy(
            report -> {
              String death = faults.deaths.getOrDefault(report.instance().value(), "");
              boolean lost = death.startsWith("after ec2:CreateSnapshots");
              boolean never = death.startsWith("before ec2:CreateSnapshots");
              assertThat(report.status())
                  .as(death)
                  .isEqualTo(lost || never ? Status.FAILED : Status.SUCCEEDED);
            });
  }

  /** No capacity from the first start on, for a while. */
  private final class NoCapacity implements InstanceFault {
    private final Start outcome;
    private final Duration lasts;
    private Optional<Instant> first = Optional.empty();
    private boolean rang;

    NoCapacity(Start outcome, Duration lasts) {
      this.outcome = outcome;
      this.lasts = lasts;
    }

    @Override
    public Start start(String instanceId) {
      Instant now = cloud.time().instant();
      if (first.isEmpty()) {
        first = Optional.of(now);
        cloud
            .time()
            .at(
                now.plus(Duration.ofMinutes(2)),
                () -> rang = cloud.measured().sum(WEEKLY, Metric.START_FAILED).isPresent());
      }
      return now.isBefore(first.get().plus(lasts)) ? outcome : Start.STARTS;
    }
  }

  @Test
  void whereCapacityIsMissingForThreeHoursTheAlarmRingsAtOnceAndItIsStartedThen() {
    NoCapacity none = new NoCapacity(InstanceFault.Start.REFUSED, Duration.ofHours(3));

    Result result = play(1, Faults.NONE.withInstances(none));

    nobodyStaysStopped(result);
    assertThat(none.rang).isTrue();
    assertThat(result.good()).isTrue();
    assertThat(result.reports().get(0).consistency()).contains("APPLICATION");
    assertThat(downtimes(1)).hasSize(1);
    assertThat(downtimes(1).get(0).lasted(result.end()))
        .isBetween(Duration.ofHours(3), Duration.ofHours(3).plusMinutes(15));
    assertThat(cloud.measured().sum(WEEKLY, Metric.STOPPED_TOO_LONG)).isPresent();
  }

  @Test
  void aStartThatFallsBackToStoppedIsOrderedAgainUntilItHolds() {
    NoCapacity none = new NoCapacity(InstanceFault.Start.FAILS, Duration.ofHours(1));

    Result result = play(1, Faults.NONE.withInstances(none));

    nobodyStaysStopped(result);
    assertThat(none.rang).isTrue();
    assertThat(result.reports().get(0).consistency()).contains("APPLICATION");
  }

  @Test
  void ofAnAbortedExecutionTooCapacityIsAwaitedForHours() {
    NoCapacity none = new NoCapacity(InstanceFault.Start.REFUSED, Duration.ofHours(3));
    ExecutionFault aborts =
        new ExecutionFault() {
          @Override
          public boolean abortsAfter(String execution, String instanceId, String state) {
            return execution.contains(":snapshot-instance:") && state.equals("Create snapshots");
          }
        };

    Result result = play(1, Faults.NONE.withInstances(none).withExecutions(aborts));

    nobodyStaysStopped(result);
    assertThat(none.rang).isTrue();
    assertThat(cloud.thaws()).allMatch(thaw -> thaw.status() == ExecutionStatus.SUCCEEDED);
    assertThat(downtimes(1).get(0).lasted(result.end()))
        .isBetween(Duration.ofHours(3), Duration.ofHours(3).plusMinutes(15));
  }

  @Test
  void anInstanceThatDoesNotStopInTimeIsStartedAsSoonAsItHasStopped() {
    InstanceFault slow =
        new InstanceFault() {
          @Override
          public Duration slowsStop(String instanceId) {
            return Duration.ofMinutes(40);
          }
        };

    Result result = play(1, Faults.NONE.withInstances(slow));

    nobodyStaysStopped(result);
    InstanceReport report = result.reports().get(0);
    assertThat(report.status()).isEqualTo(Status.FAILED);
    assertThat(report.reason()).startsWith("it has not stopped within 10 min: it is stopping");
    assertThat(report.snapshots()).isEmpty();
    assertThat(downtimes(1).get(0).lasted(result.end())).isLessThan(Duration.ofMinutes(45));
  }

  @Test
  void aSetAfterAForcedStopIsCrashConsistent() {
    String forces = POLICY.formatted(1).replace("stop: {", "stop: {timeout: 20m, forceAfter: 3m, ");
    InstanceFault slow =
        new InstanceFault() {
          @Override
          public Duration slowsStop(String instanceId) {
            return Duration.ofMinutes(40);
          }
        };

    Result result =
        scene(Fleets.of(1, 1), Faults.NONE.withInstances(slow), 1).policy(forces).play();

    nobodyStaysStopped(result);
    InstanceReport report = result.reports().get(0);
    assertThat(report.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(report.consistency()).contains("CRASH");
    assertThat(report.reason()).contains("its stop was forced");
  }
}
