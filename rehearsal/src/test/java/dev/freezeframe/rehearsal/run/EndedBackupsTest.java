package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.rehearsal.cloud.Call;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.ExecutionFault;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotView;
import dev.freezeframe.rehearsal.events.EventFault;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.instance.Freeze;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ssm.model.SsmException;

/**
 * An execution is aborted in a freeze whose document has no timer: only {@code thaw-abandoned}
 * thaws the guest, whatever befalls that state machine itself.
 */
class EndedBackupsTest {
  private static final String WITHOUT_TIMER =
      """
      {"schemaVersion": "2.2", "description": "Holds orders until its post-script",
       "parameters": {"command": {"type": "String", "default": "dry-run",
                                  "allowedValues": ["pre-script", "post-script", "dry-run"]},
                      "executionId": {"type": "String", "default": "None"}},
       "mainSteps": [{"action": "aws:runShellScript", "name": "hold",
                      "inputs": {"runCommand": ["# freezeframe-rehearsal: holds=all",
                                                "hold {{ command }} {{ executionId }}"]}}]}
      """;
  private static final String POLICY =
      """
      name: daily
      schedule: {cron: "0 2 * * ? *"}
      scripts: {document: hold-orders, timeout: 30s, retries: 0}
      retention: {days: 14}
      """;
  private static final PolicyName DAILY = new PolicyName("daily");
  private static final String INSTANCE = Fleets.instanceId(1);
  private static final Duration A_MOMENT = Duration.ofSeconds(25);

  private EmbeddedCloud cloud;

  /** Aborts each backup when its set has been taken, and nothing else. */
  private static class Aborts implements ExecutionFault {
    @Override
    public boolean abortsAfter(String execution, String instanceId, String state) {
      return execution.contains(":snapshot-instance:") && state.equals("Create snapshots");
    }
  }

  private Scene scene(int instances, Faults faults) {
    return Scene.of(Fleets.of(instances, 1))
        .policy(POLICY)
        .document("hold-orders", WITHOUT_TIMER)
        .faults(faults)
        .besides(given -> cloud = given);
  }

  /** Faults of calls of a task that an action and a script name, while something lasts. */
  private CallFault refused(
      Predicate<Caller> whose, String action, AwsServiceException.Builder as, Duration lasts) {
    return new CallFault() {
      @Override
      public void before(String called, boolean changes, Caller caller, String detail) {
        boolean meant =
            called.startsWith(action)
                && whose.test(caller)
                && cloud.time().instant().isBefore(Scene.DUE.plus(lasts));
        if (meant) {
          throw as.build();
        }
      }
    };
  }

  private static AwsServiceException.Builder error(
      AwsServiceException.Builder builder, String code, int status) {
    return builder
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build());
  }

  private static boolean thaws(Caller caller) {
    return caller.task().equals("ThawAbandoned");
  }

  private static boolean records(Caller caller) {
    return caller.task().equals("RecordAbandoned");
  }

  private Instant thawedAt() {
    List<Freeze> freezes = cloud.ssm().guest(INSTANCE).freezes();
    assertThat(freezes).hasSize(1);
    return freezes.get(0).to().orElseThrow();
  }

  private static void isThawedAndOnRecord(Result result) {
    Invariants.areKept(result);
    assertThat(result.reports())
        .allSatisfy(
            report -> {
              assertThat(report.status()).isEqualTo(Status.FAILED);
              assertThat(report.reason()).isEqualTo("the execution was aborted before its end");
              assertThat(report.consistency()).contains("UNKNOWN");
              assertThat(report.snapshots()).isNotEmpty();
            });
  }

  @Test
  void itsGuestIsThawedSecondsAfterItHasEnded() {
    Result result = scene(1, Faults.NONE.withExecutions(new Aborts())).play();

    isThawedAndOnRecord(result);
    assertThat(cloud.thaws()).hasSize(1);
    assertThat(Duration.between(cloud.backups().get(0).endedAt().orElseThrow(), thawedAt()))
        .isLessThan(Duration.ofSeconds(5));
    assertThat(cloud.thaws().get(0).stateNames())
        .containsExactly(
            "Keep event",
            "Thaw guest",
            "Outcome on record?",
            "Wait for calls under way",
            "Thaw late freezes",
            "Record what was taken",
            "All thawed?",
            "All recorded?",
            "Done");
  }

  /** EventBridge delivers at least once, and names each execution at random. */
  @Test
  void anEventThatComesTwiceStartsTwoExecutionsOfWhichTheSecondChangesNothing() {
    EventFault twice =
        new EventFault() {
          @Override
          public List<Duration> deliveries(JsonNode event) {
            return event.path("detail").path("status").asText().equals("ABORTED")
                ? List.of(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(90))
                : List.of(Duration.ZERO);
          }
        };

    Result result = scene(1, Faults.NONE.withExecutions(new Aborts()).withEvents(twice)).play();

    isThawedAndOnRecord(result);
    assertThat(cloud.thaws())
        .hasSize(3)
        .extracting(Execution::status)
        .containsOnly(ExecutionStatus.SUCCEEDED);
    assertThat(result.calls()).containsEntry("ec2:CreateSnapshots", 1);
    assertThat(result.rows()).hasSameSizeAs(result.snapshots());
  }

  /** The one that is redriven while its event is on the way freezes anew, and thaws that itself. */
  @Test
  void anEventThatComesAfterARedriveThawsNothingOfTheRedrive() {
    boolean[] aborted = new boolean[1];
    ExecutionFault once =
        new ExecutionFault() {
          @Override
          public boolean abortsAfter(String execution, String instanceId, String state) {
            boolean now = state.equals("Dry run") && !aborted[0];
            aborted[0] |= now;
            return now;
          }
        };
    EventFault late =
        new EventFault() {
          @Override
          public List<Duration> deliveries(JsonNode event) {
            return List.of(
                event.path("detail").path("status").asText().equals("ABORTED")
                    ? Duration.ofSeconds(4)
                    : Duration.ZERO);
          }
        };
    Result result =
        scene(1, Faults.NONE.withExecutions(once).withEvents(late))
            .alsoBesides(
                cloud -> {
                  for (int second = 1; second < 60; second++) {
                    cloud
                        .time()
                        .at(
                            Scene.DUE.plusSeconds(second),
                            () ->
                                cloud.backups().stream()
                                    .filter(backup -> backup.status() == ExecutionStatus.ABORTED)
                                    .forEach(backup -> cloud.states().redrive(backup.arn())));
                  }
                })
            .play();

    Invariants.areKept(result);
    assertThat(cloud.thaws()).hasSize(1);
    assertThat(result.reports().get(0).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(sent(result, EndedBackupsTest::thaws)).isEmpty();
  }

  @Test
  void aStartThatStepFunctionsRefusesIsTriedAgain() {
    Duration busy = Duration.ofMinutes(10);
    ExecutionFault refuses =
        new Aborts() {
          @Override
          public boolean refusesEvent(String stateMachine) {
            return stateMachine.endsWith(":thaw-abandoned")
                && cloud.time().instant().isBefore(Scene.DUE.plus(busy));
          }
        };

    Result result = scene(1, Faults.NONE.withExecutions(refuses)).play();

    isThawedAndOnRecord(result);
    assertThat(cloud.undelivered()).isEmpty();
    assertThat(thawedAt()).isAfter(Scene.DUE.plus(busy));
  }

  @Test
  void whatIsRefusedForADayWaitsInTheQueueAndIsTheInputOfAStartByHand() {
    ExecutionFault refuses =
        new Aborts() {
          @Override
          public boolean refusesEvent(String stateMachine) {
            return stateMachine.endsWith(":thaw-abandoned");
          }
        };

    Result result =
        scene(1, Faults.NONE.withExecutions(refuses))
            .alsoBesides(
                cloud ->
                    cloud
                        .time()
                        .at(
                            Scene.DUE.plus(Duration.ofHours(25)),
                            () -> {
                              List<JsonNode> queue = cloud.undelivered().get("thaw-abandoned");
                              assertThat(queue).hasSize(1);
                              cloud.states().start(cloud.arn("thaw-abandoned"), "x", queue.get(0));
                            }))
            .play();

    isThawedAndOnRecord(result);
    assertThat(cloud.thaws())
        .singleElement()
        .extracting(Execution::status)
        .isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  /** As fast as the rate allows, and for longer than Lambda's queue of events kept trying. */
  @Test
  void aThrottledPostScriptIsSentAgainEveryFewSecondsForHours() {
    Duration busy = Duration.ofHours(5);
    AwsServiceException.Builder throttled =
        error(SsmException.builder(), "ThrottlingException", 400);

    Result result =
        scene(
                1,
                Faults.NONE
                    .withExecutions(new Aborts())
                    .withCalls(
                        refused(EndedBackupsTest::thaws, "ssm:SendCommand", throttled, busy)))
            .play();

    isThawedAndOnRecord(result);
    List<Instant> sent = sent(result, EndedBackupsTest::thaws);
    for (int i = 1; i < sent.size(); i++) {
      Duration gap = Duration.between(sent.get(i - 1), sent.get(i));
      Duration most = gap(cloud.thaws().get(0), sent.get(i));
      assertThat(gap).as("before %s", sent.get(i)).isLessThan(most);
    }
    assertThat(Duration.between(Scene.DUE.plus(busy), thawedAt())).isLessThan(A_MOMENT);
    assertThat(cloud.thaws().get(0).historyEvents()).isLessThan(25_000);
    assertThat(result.calls().get("ssm:SendCommand")).as("tries").isGreaterThan(1_500);
    assertThat(largestItem(result)).as("of the 400 KB of an item").isLessThan(10_000);
  }

  private static int largestItem(Result result) {
    return result.ledger().stream().mapToInt(item -> item.toString().length()).max().orElseThrow();
  }

  /** Those between states pass a wait for calls under way. */
  private static Duration gap(Execution thaw, Instant sentAt) {
    boolean first =
        thaw.states().stream()
            .anyMatch(
                state ->
                    state.name().equals("Thaw late freezes")
                        && !sentAt.isBefore(state.at())
                        && sentAt.isBefore(state.at().plus(A_MOMENT)));
    return first ? Duration.ofSeconds(85) : A_MOMENT;
  }

  @Test
  void aTableThatThrottlesForHalfAnHourDelaysTheThawAndLosesNothing() {
    AwsServiceException.Builder throttled =
        error(DynamoDbException.builder(), "ThrottlingException", 400);
    Duration busy = Duration.ofMinutes(30);

    Result result =
        scene(
                1,
                Faults.NONE
                    .withExecutions(new Aborts())
                    .withCalls(
                        refused(
                            caller -> thaws(caller) || records(caller),
                            "dynamodb:",
                            throttled,
                            busy)))
            .play();

    isThawedAndOnRecord(result);
    assertThat(Duration.between(Scene.DUE.plus(busy), thawedAt()))
        .isLessThan(Duration.ofMinutes(1));
  }

  /** EC2 does not show what was taken for longer than the first tries last. */
  @Test
  void aSetThatCannotBeRecordedKeepsNoGuestFrozenAndIsRecordedLater() {
    AwsServiceException.Builder fails = error(Ec2Exception.builder(), "InternalError", 500);
    AwsServiceException.Builder silent = error(SsmException.builder(), "InternalServerError", 500);
    Duration longer = Duration.ofMinutes(80);
    CallFault both =
        refused(EndedBackupsTest::records, "ec2:DescribeSnapshots", fails, longer)
            .and(
                refused(
                    EndedBackupsTest::thaws, "ssm:SendCommand", silent, Duration.ofMinutes(40)));

    Result result = scene(1, Faults.NONE.withExecutions(new Aborts()).withCalls(both)).play();

    isThawedAndOnRecord(result);
    assertThat(thawedAt()).isBefore(Scene.DUE.plus(Duration.ofMinutes(42)));
    assertThat(cloud.thaws().get(0).stateNames())
        .endsWith("All thawed?", "Thaw guest again", "All recorded?", "Record again", "Done");
  }

  @Test
  void aPostScriptThatIsDeniedIsToldOfAtOnceAndFailsInRed() {
    AwsServiceException.Builder denied =
        error(SsmException.builder(), "AccessDeniedException", 400);
    List<Instant> told = new ArrayList<>();

    Result result = playRefusingThaws(denied, Duration.ofDays(9), told);

    assertThat(result.stillFrozen()).containsExactly(INSTANCE);
    assertThat(cloud.thaws().get(0).status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(cloud.thaws().get(0).error())
        .contains("dev.freezeframe.consistency.script.CommandRefusedException");
    assertThat(Duration.between(sent(result, EndedBackupsTest::thaws).get(0), told.get(0)))
        .isLessThanOrEqualTo(Duration.ofSeconds(5));
    assertThat(Duration.between(Scene.DUE, cloud.thaws().get(0).endedAt().orElseThrow()))
        .as("tried for as long as by Lambda's three invocations of a function that slept")
        .isGreaterThan(Duration.ofMinutes(25));
    assertThat(cloud.measured().sum(DAILY, Metric.THAW_UNPROVED)).hasValue(1);
  }

  /** Each time another invocation asks, and the first of them counts the time. */
  @Test
  void aPostScriptThatIsThrottledForLongerThanItsTimeOutIsToldOf() {
    AwsServiceException.Builder throttled =
        error(SsmException.builder(), "ThrottlingException", 400);
    List<Instant> told = new ArrayList<>();

    Result result = playRefusingThaws(throttled, Duration.ofMinutes(20), told);

    isThawedAndOnRecord(result);
    assertThat(Duration.between(sent(result, EndedBackupsTest::thaws).get(0), told.get(0)))
        .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(45));
  }

  /**
   * One backup that is aborted while frozen, and whose thaws are refused for a while.
   *
   * @param told gets when it is told that nothing proves a thaw
   */
  private Result playRefusingThaws(
      AwsServiceException.Builder error, Duration length, List<Instant> told) {
    CallFault refused = refused(EndedBackupsTest::thaws, "ssm:SendCommand", error, length);
    return scene(1, Faults.NONE.withExecutions(new Aborts()).withCalls(refused))
        .alsoBesides(cloud -> UnprovedThawsTest.whenMeasured(cloud, Metric.THAW_UNPROVED, told))
        .play();
  }

  /** One instance for each place where somebody stops the thaw, and then follows the runbook. */
  @Test
  void whereverTheThawItselfIsStoppedARedriveOfItThawsAndRecords() {
    Map<String, Stops.Stop> plans = new TreeMap<>();
    for (String state :
        List.of(
            "Keep event",
            "Thaw guest",
            "Outcome on record?",
            "Wait for calls under way",
            "Thaw late freezes",
            "Record what was taken",
            "All thawed?",
            "All recorded?")) {
      plan(plans, state, Stops.Where.LEFT);
      if (state.matches("Thaw .*|Record .*|Wait .*")) {
        plan(plans, state, Stops.Where.ENTERED);
      }
    }
    for (String state : List.of("Thaw guest", "Record what was taken")) {
      plan(plans, state, Stops.Where.CALLING);
      plan(plans, state, Stops.Where.CALLED);
    }
    Stops stops =
        new Stops(
            plans,
            execution -> Caller.instanceOf(execution.input()),
            execution -> execution.stateMachineArn().endsWith(":thaw-abandoned"),
            Duration.ofMinutes(3),
            Duration.ofMinutes(20));
    ExecutionFault both =
        new Aborts() {
          @Override
          public boolean abortsAfter(String execution, String instanceId, String state) {
            return super.abortsAfter(execution, instanceId, state)
                || stops.abortsAfter(execution, instanceId, state);
          }
        };

    Result result =
        scene(plans.size(), Faults.NONE.withExecutions(both).withCalls(stops))
            .alsoBesides(cloud -> stops.watch(cloud, Scene.DUE))
            .play();

    assertThat(stops.stopped()).isEqualTo(plans);
    assertThat(stops.redriven()).hasSize(plans.size());
    isThawedAndOnRecord(result);
    assertThat(result.reports()).hasSize(plans.size());
    assertThat(cloud.thaws())
        .hasSize(plans.size())
        .extracting(Execution::status)
        .containsOnly(ExecutionStatus.SUCCEEDED);
    assertThat(
            result.snapshots().stream().map(SnapshotView::instanceId).collect(Collectors.toSet()))
        .hasSize(plans.size());
  }

  private static void plan(Map<String, Stops.Stop> plans, String state, Stops.Where where) {
    plans.put(Fleets.instanceId(plans.size() + 1), new Stops.Stop(state, where));
  }

  /** Nobody hears that it has ended: the timer of the project's own documents is the last net. */
  @Test
  void ifItsEventIsLostTheTimerOfTheGuestThaws() {

    Result result =
        Scene.of(Fleets.of(1, 1))
            .faults(Faults.NONE.withExecutions(new Aborts()).withEvents(Scene.NO_END_IS_TOLD))
            .besides(given -> cloud = given)
            .play();

    assertThat(cloud.thaws()).isEmpty();
    assertThat(result.stillFrozen()).isEmpty();
    assertThat(Duration.between(cloud.backups().get(0).endedAt().orElseThrow(), thawedAt()))
        .isLessThan(Duration.ofSeconds(61));
  }

  private static List<Instant> sent(Result result, Predicate<Caller> whose) {
    return result.log().stream()
        .filter(call -> call.action().equals("ssm:SendCommand"))
        .filter(call -> whose.test(call.caller()))
        .map(Call::startedAt)
        .toList();
  }
}
