package dev.freezeframe.task.stop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.common.Json;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.slot.SlotHold;
import dev.freezeframe.stop.StartFailedException;
import dev.freezeframe.stop.Starting;
import dev.freezeframe.stop.StopRow;
import dev.freezeframe.stop.Stopping;
import dev.freezeframe.stop.Stopping.State;
import dev.freezeframe.stop.Turns;
import dev.freezeframe.task.CaughtError;
import dev.freezeframe.task.Inputs;
import dev.freezeframe.task.KnownSsm;
import dev.freezeframe.task.NoAws;
import dev.freezeframe.task.backup.BackupInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tasks of a stop do, look by look. */
class StopAndStartTest {
  private static final Instant THREE = Instant.parse("2026-11-22T03:00:00Z");

  private final PoweredEc2 ec2 = new PoweredEc2();
  private final KnownSsm ssm = new KnownSsm();
  private final NoAws aws = new NoAws(ec2, ssm);
  private final Ledger ledger = aws.ledger();
  private Optional<Stopping> stopping = Optional.empty();
  private Optional<Starting> starting = Optional.empty();
  private Optional<String> alarms = Optional.of(described("OK"));
  private Optional<CaughtError> problem = Optional.empty();
  private int redrives;

  StopAndStartTest() {
    ssm.ping = Optional.of("Online");
  }

  private BackupInput input() {
    ObjectNode input = Inputs.all().get("StopInstance").deepCopy();
    input.put("redrives", redrives);
    ObjectNode work = (ObjectNode) input.get("work");
    work.remove("stop");
    work.remove("start");
    work.remove("set");
    work.remove("alarms");
    problem.ifPresent(error -> work.set("alarmProblem", json(error)));
    alarms.ifPresent(reading -> work.set("alarms", readTree(reading)));
    stopping.ifPresent(answer -> work.putObject("stop").set("answer", json(answer)));
    starting.ifPresent(answer -> work.putObject("start").set("answer", json(answer)));
    try {
      return new StopInstanceTask(aws).read(input.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static JsonNode readTree(String json) {
    try {
      return Json.mapper().readTree(json);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String described(String state) {
    return """
        {"answer": {"CompositeAlarms": [{"AlarmName": "restoring", "StateValue": "%s",
          "StateReason": "a restore is under way"}]}, "at": "2026-11-22T03:00:00Z"}
        """
        .formatted(state);
  }

  private static ObjectNode json(Object answer) {
    ObjectNode json = Json.mapper().valueToTree(answer);
    return json;
  }

  private Stopping stop() {
    stopping = Optional.of(new StopInstanceTask(aws).handle(input()));
    return stopping.get();
  }

  private Starting start() {
    starting = Optional.of(new StartInstanceTask(aws).handle(input()));
    return starting.get();
  }

  private StopRow row() {
    BackupInput order = input();
    return ledger.stops(order.work().runId(), order.instanceId()).get(0);
  }

  private Instant now() {
    return aws.clock().instant();
  }

  private void later(Duration time) {
    aws.pause().pause(time);
  }

  private void at(Instant then) {
    later(Duration.between(now(), then));
  }

  private void stopped() {
    stop();
    ec2.state = "stopped";
    later(Duration.ofSeconds(40));
    assertThat(stop().state()).isEqualTo(State.STOPPED);
  }

  private void runs() {
    ec2.state = "running";
    ec2.launchedAt = now();
  }

  @Test
  void anInstanceIsStoppedAndStartedAgainWithOneCallEach() {
    Stopping ordered = stop();
    assertThat(ordered.state()).isEqualTo(State.WAITING);
    assertThat(ordered.waitSeconds()).isEqualTo(15);
    assertThat(ordered.agent()).isTrue();
    assertThat(row().orderedAt()).isEqualTo(THREE);
    assertThat(row().startBy()).isEqualTo(THREE.plus(Duration.ofMinutes(25)));
    later(Duration.ofSeconds(15));
    assertThat(stop().state()).isEqualTo(State.WAITING);
    ec2.state = "stopped";
    later(Duration.ofSeconds(15));
    Stopping stopped = stop();
    assertThat(stopped.state()).isEqualTo(State.STOPPED);
    assertThat(stopped.launchedAt()).contains(PoweredEc2.LAUNCHED);
    assertThat(stopped.forced()).isFalse();

    assertThat(start().done()).isFalse();
    later(Duration.ofSeconds(30));
    runs();
    assertThat(start().done()).isTrue();
    assertThat(row().ended().orElseThrow().words()).isEqualTo("it runs again");
    assertThat(ec2.calls).containsExactly("stop", "start");
    assertThat(aws.measured).containsExactly("DOWN 60.0");
    assertThat(ledger.stopTurns(new PolicyName("daily"), "").holders()).isEmpty();
  }

  @Test
  void theStopIsOnRecordBeforeEc2IsTold() {
    ec2.refusesStop = Optional.of("OperationNotPermitted");

    assertThat(stop().state()).isEqualTo(State.NOT_STOPPED);
    assertThat(stopping.get().words()).contains("OperationNotPermitted");
    assertThat(row().open()).as("a start follows").isTrue();
    assertThat(start().done()).as("a stop may still come").isFalse();
    later(Duration.ofSeconds(90));
    assertThat(start().done()).isTrue();
    assertThat(row().ended().orElseThrow().words()).isEqualTo("it was not stopped");
    assertThat(ec2.calls).containsExactly("stop");
  }

  @Test
  void whatSomebodyElseStoppedAMomentBeforeIsLeftSo() {
    ec2.stoppedByOthers = true;

    assertThat(stop().state()).isEqualTo(State.REFUSED);
    assertThat(stopping.get().words())
        .isEqualTo(
            "it is not stopped: somebody else had stopped it: it was stopping when its stop was"
                + " ordered");
    assertThat(row().open()).isFalse();
    assertThat(ledger.stopTurns(new PolicyName("daily"), "").holders()).isEmpty();
    ec2.state = "stopped";
    later(Duration.ofHours(1));
    new StartStoppedTask(aws).handle(new StartStoppedTask.Order());
    assertThat(ec2.calls).containsExactly("stop");
  }

  private void stoppedByACall() {
    ec2.state = "stopped";
    ec2.transition =
        "User initiated (%s GMT)".formatted(now().toString().replace('T', ' ').replace("Z", ""));
  }

  @Test
  void whatSomebodyElseStopsAfterItsStartIsLeftSo() {
    stopped();
    start();
    later(Duration.ofSeconds(91));
    stoppedByACall();
    String at = now().toString();
    later(Duration.ofSeconds(30));

    assertThat(start().done()).isTrue();
    assertThat(row().ended().orElseThrow().words())
        .isEqualTo("somebody else has stopped it at %s, after its start".formatted(at));
    assertThat(ec2.calls).containsExactly("stop", "start");
  }

  /** One of ours that was about to stop it may have been late. */
  @Test
  void whatIsStoppedWithinSecondsOfItsStartIsStartedAgain() {
    stopped();
    start();
    later(Duration.ofSeconds(89));
    stoppedByACall();
    later(Duration.ofSeconds(30));

    assertThatThrownBy(this::start).isInstanceOf(StartFailedException.class);
    assertThat(ec2.calls).containsExactly("stop", "start", "start");
    assertThat(row().open()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Server.InternalError", "User initiated (2026-13-41 99:99:99 GMT)"})
  void whatStopsForAnotherReasonAfterItsStartIsStartedAgain(String transition) {
    stopped();
    start();
    later(Duration.ofMinutes(3));
    ec2.state = "stopped";
    ec2.transition = transition;

    assertThatThrownBy(this::start).isInstanceOf(StartFailedException.class);
    assertThat(ec2.calls).containsExactly("stop", "start", "start");
  }

  /** The first order may have stopped it, and only its answer been lost. */
  @Test
  void aLaterOrderThatFindsItStoppedProvesNothing() {
    stop();
    ec2.state = "running";
    ec2.stoppedByOthers = true;
    later(Duration.ofSeconds(15));

    assertThat(stop().state()).isEqualTo(State.WAITING);
    assertThat(row().open()).isTrue();
  }

  @Test
  void alarmsAreReadOnceItsTurnHasComeAndAgainWhereTheReadingIsOld() {
    alarms = Optional.empty();
    assertThat(stop().state()).isEqualTo(State.READ_ALARMS);
    assertThat(stopping.get().alarms()).contains(List.of("restoring"));
    assertThat(ec2.calls).isEmpty();

    alarms = Optional.of(described("OK"));
    later(Duration.ofMinutes(5).plusSeconds(1));
    assertThat(stop().state()).isEqualTo(State.READ_ALARMS);

    alarms = Optional.of(described("OK").replace("03:00:00", "03:05:00"));
    assertThat(stop().state()).isEqualTo(State.WAITING);
    assertThat(ec2.calls).containsExactly("stop");
  }

  @Test
  void anAlarmWithTooLittleDataKeepsNobody() {
    alarms = Optional.of(described("INSUFFICIENT_DATA"));

    assertThat(stop().state()).isEqualTo(State.WAITING);
    assertThat(ec2.calls).containsExactly("stop");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'answer': {'MetricAlarms': [{'AlarmName': 'restoring', 'StateValue': 'ALARM',"
            + " 'StateReason': 'Threshold Crossed'}]}, 'at': '2026-11-22T03:00:00Z'}"
            + "|the alarm 'restoring' is in ALARM: Threshold Crossed",
        "{'answer': {'CompositeAlarms': [{'AlarmName': 'restoring', 'StateValue': 'ALARM'}]},"
            + " 'at': '2026-11-22T03:00:00Z'}"
            + "|the alarm 'restoring' is in ALARM: no reason is given",
        "{'answer': {'MetricAlarms': [{'AlarmName': 'Restoring', 'StateValue': 'OK'}],"
            + " 'CompositeAlarms': []}, 'at': '2026-11-22T03:00:00Z'}"
            + "|no alarm of the account and the Region is 'restoring', which stop.skipIfAlarm"
            + " names",
        "{'answer': {}, 'at': '2026-11-22T03:00:00Z'}"
            + "|no alarm of the account and the Region is 'restoring', which stop.skipIfAlarm"
            + " names",
        "{'answer': {'MetricAlarms': [{'AlarmName': 'restoring'}]},"
            + " 'at': '2026-11-22T03:00:00Z'}"
            + "|the alarm 'restoring' is in no state: no reason is given"
      },
      quoteCharacter = '`')
  void anAlarmThatIsNotKnownToBeQuietKeepsItRunning(String reading, String why) {
    alarms = Optional.of(reading.replace('\'', '"'));

    assertThat(stop().state()).isEqualTo(State.REFUSED);
    assertThat(stopping.get().words()).isEqualTo("it is not stopped: " + why);
    assertThat(ec2.calls).isEmpty();
    BackupInput order = input();
    assertThat(ledger.stops(order.work().runId(), order.instanceId())).isEmpty();
    assertThat(ledger.stopTurns(new PolicyName("daily"), "").holders())
        .as("nobody waits for one that is not stopped")
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "CloudWatch.CloudWatchException, 'Rate exceeded (Service: CloudWatch, Status Code: 400)',"
        + " Rate exceeded",
    "States.Timeout, '', States.Timeout"
  })
  void alarmsThatCannotBeReadKeepItRunning(String error, String cause, String words) {
    alarms = Optional.empty();
    problem = Optional.of(new CaughtError(error, cause));

    assertThat(stop().state()).isEqualTo(State.REFUSED);
    assertThat(stopping.get().words())
        .isEqualTo("it is not stopped: the alarms of stop.skipIfAlarm could not be read: " + words);
    assertThat(ec2.calls).isEmpty();
  }

  @Test
  void whatMustNotBeStoppedIsNotOnRecordEither() {
    ec2.state = "stopped";

    assertThat(stop().state()).isEqualTo(State.REFUSED);
    assertThat(stopping.get().words()).isEqualTo("it is not stopped: the instance is stopped");
    assertThat(ec2.calls).isEmpty();
    assertThat(ledger.openStops()).isEmpty();
  }

  @Test
  void anotherBackupThatIsAboutToTakeItsSetIsNotDisturbed() {
    BackupInput order = input();
    ledger.recordSlotHold(
        SlotHold.of("other", order.instanceId(), order.attemptId(), 1, now().plusSeconds(60)));

    assertThat(stop().state()).isEqualTo(State.WAITING);
    assertThat(stopping.get().words()).isEqualTo("another backup of it is under way: other");
    assertThat(ec2.calls).isEmpty();
    assertThat(ledger.stopTurns(new PolicyName("daily"), "").holders())
        .as("others of the group need not wait for it")
        .isEmpty();
    later(Duration.ofSeconds(61));
    assertThat(stop().state()).isEqualTo(State.WAITING);
    assertThat(ec2.calls).containsExactly("stop");
  }

  @ParameterizedTest
  @CsvSource({"a-first, false", "z-last, true"})
  void ofTwoThatWaitForEachOtherOneGivesItsSlotsUp(String execution, boolean keeps) {
    BackupInput order = input();
    Instant soon = now().plusSeconds(60);
    ledger.recordSlotHold(
        SlotHold.of(order.execution(), order.instanceId(), order.attemptId(), 1, soon));
    ledger.recordSlotHold(SlotHold.of(execution, order.instanceId(), order.attemptId(), 1, soon));

    assertThat(stop().state()).isEqualTo(State.WAITING);
    assertThat(ledger.slotHold(order.holder()).orElseThrow().reservedUntil(now().plusSeconds(1)))
        .isEqualTo(keeps);
    assertThat(ec2.calls).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pending", "stopping"})
  void oneThatIsOnItsWayIsLookedAtAgainAndGivenUpAfterADay(String state) {
    ec2.state = state;
    assertThat(stop().state()).isEqualTo(State.WAITING);
    assertThat(stopping.get().words()).isEqualTo("the instance is " + state);

    later(StopInstanceTask.MAX_TURN.plusSeconds(1));
    assertThat(stop().state()).isEqualTo(State.REFUSED);
    assertThat(stopping.get().words()).isEqualTo("it is not stopped: the instance is " + state);
    assertThat(ec2.calls).isEmpty();
    assertThat(ledger.openStops()).isEmpty();
  }

  @Test
  void aStopWhoseCallWasLostIsOrderedAgain() {
    stop();
    ec2.state = "running";
    later(Duration.ofSeconds(15));

    assertThat(stop().state()).isEqualTo(State.WAITING);
    assertThat(ec2.calls).containsExactly("stop", "stop");
  }

  @Test
  void aFunctionThatDiedAfterItsCallIsFollowedByOneThatLooks() {
    stop();
    stopping = Optional.empty();
    ec2.state = "stopped";
    later(Duration.ofSeconds(15));

    Stopping found = stop();
    assertThat(found.state()).isEqualTo(State.STOPPED);
    assertThat(found.launchedAt()).contains(PoweredEc2.LAUNCHED);
    assertThat(ec2.calls).containsExactly("stop");
  }

  @Test
  void aStopIsForcedWhenThePolicySaysSoAndOnRecordBefore() {
    stop();
    later(Duration.ofMinutes(5).minusSeconds(1));
    assertThat(stop().waitSeconds()).isEqualTo(1);
    assertThat(ec2.calls).containsExactly("stop");
    later(Duration.ofSeconds(1));
    stop();
    assertThat(row().forcedAt()).contains(now());
    assertThat(ec2.calls).containsExactly("stop", "stop by force");
    ec2.state = "stopped";
    stopping = Optional.empty();
    assertThat(stop().forced()).as("though the answer of the call was lost").isTrue();
  }

  @Test
  void anInstanceThatDoesNotStopInTimeIsStartedOnceItHasStopped() {
    stop();
    later(Duration.ofMinutes(10));
    assertThat(stop().state()).isEqualTo(State.NOT_STOPPED);
    assertThat(stopping.get().words())
        .isEqualTo("it has not stopped within 10 min: it is stopping");

    assertThat(start().words()).isEqualTo("the instance is stopping");
    assertThat(ec2.calls).doesNotContain("start");
    ec2.state = "stopped";
    later(Duration.ofSeconds(10));
    start();
    assertThat(ec2.calls).contains("start");
  }

  @Test
  void nobodyStopsItOnceItIsBeingStarted() {
    stop();
    ledger.recordStarting(row().run(), row().instance(), row().attempt(), now());
    ec2.state = "running";

    assertThat(stop().state()).isEqualTo(State.NOT_STOPPED);
    assertThat(ec2.calls).containsExactly("stop");
  }

  @Test
  void capacityThatIsMissingIsMeasuredAtEachTryUntilThereIsSome() {
    stopped();
    ec2.refusesStart = Optional.of("InsufficientInstanceCapacity");

    for (int tries = 0; tries < 3; tries++) {
      assertThatThrownBy(this::start)
          .isInstanceOf(StartFailedException.class)
          .hasMessageContaining("InsufficientInstanceCapacity");
      later(Duration.ofMinutes(30));
    }
    assertThat(aws.measured)
        .containsExactly(
            "START_FAILED 1.0",
            "STOPPED_TOO_LONG 1.0",
            "START_FAILED 1.0",
            "STOPPED_TOO_LONG 1.0",
            "START_FAILED 1.0");
    ec2.refusesStart = Optional.empty();
    start();
    runs();
    later(Duration.ofSeconds(10));
    assertThat(start().done()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1, 60", "2, 120", "3, 240", "4, 300", "50, 300"})
  void theNextStartIsOrderedLaterAndLaterByWhomever(int tries, int seconds) {
    stopped();
    ec2.refusesStart = Optional.of("InsufficientInstanceCapacity");
    ledger.recordStartTried(
        row().run(), row().instance(), row().attempt(), new StopRow.Tries(tries, now()));
    StartStoppedTask sweep = new StartStoppedTask(aws);
    at(row().startBy());
    ledger.recordStartTried(
        row().run(), row().instance(), row().attempt(), new StopRow.Tries(tries, now()));

    later(Duration.ofSeconds(seconds - 1));
    assertThatThrownBy(this::start)
        .isInstanceOf(StartFailedException.class)
        .hasMessageContaining("may be ordered again at");
    assertThatThrownBy(() -> sweep.handle(new StartStoppedTask.Order()))
        .isInstanceOf(StartFailedException.class);
    assertThat(ec2.calls).containsExactly("stop");
    later(Duration.ofSeconds(1));
    assertThatThrownBy(this::start).hasMessageContaining("InsufficientInstanceCapacity");
    assertThat(ec2.calls).containsExactly("stop", "start");
    assertThat(row().tries()).contains(new StopRow.Tries(tries + 1, now()));
  }

  @Test
  void aStartThatCameToNothingIsOrderedAgain() {
    stopped();
    start();
    ec2.state = "stopped";
    later(Duration.ofSeconds(61));

    assertThatThrownBy(this::start)
        .isInstanceOf(StartFailedException.class)
        .hasMessageContaining("a start was ordered at");
    assertThat(ec2.calls).containsExactly("stop", "start", "start");
    assertThat(aws.measured).containsExactly("START_FAILED 1.0");
  }

  @Test
  void theAgentIsAwaitedWhereThereWasOneAndNotForever() {
    stopped();
    start();
    runs();
    ssm.ping = Optional.of("ConnectionLost");

    assertThat(start().done()).isFalse();
    assertThat(row().open()).as("the instance runs, whatever its agent does").isFalse();
    later(Duration.ofMinutes(10));
    assertThat(start().done()).isTrue();
    assertThat(starting.get().warning())
        .contains("its SSM agent was online before the stop, and is not 10 min after the start");
  }

  @Test
  void aStateThatDoesNotPassFailsAfterAnHourOfLooks() {
    stopped();
    start();
    for (int looks = 1; looks < StartInstanceTask.MAX_LOOKS; looks++) {
      start();
    }
    assertThatThrownBy(this::start).isInstanceOf(StartFailedException.class);
  }

  @Test
  void nothingIsStartedThatWasNotStopped() {
    ec2.state = "stopped";

    assertThat(start().words()).isEqualTo("nothing was stopped");
    assertThat(ec2.calls).isEmpty();
  }

  @Test
  void theLastNetStartsWhatShouldRunAgainAndNothingElse() {
    stopped();
    StartStoppedTask sweep = new StartStoppedTask(aws);

    at(row().startBy().minusSeconds(1));
    assertThat(sweep.handle(new StartStoppedTask.Order())).isEmpty();
    assertThat(ec2.calls).containsExactly("stop");
    at(row().startBy());
    assertThat(sweep.handle(new StartStoppedTask.Order())).hasSize(1);
    assertThat(ec2.calls).containsExactly("stop", "start");
    runs();
    later(Duration.ofMinutes(5));
    sweep.handle(new StartStoppedTask.Order());
    assertThat(ledger.openStops()).isEmpty();
  }

  @Test
  void fromOutsideAnInstanceThatRunsIsLeftOnlyWhenNoStopCanComeAnyMore() {
    stop();
    StartStoppedTask sweep = new StartStoppedTask(aws);
    ec2.state = "running";
    at(row().startBy());
    sweep.handle(new StartStoppedTask.Order());
    assertThat(ledger.openStops()).hasSize(1);

    ec2.state = "stopped"; // by a function that was at work
    later(Duration.ofSeconds(80));
    sweep.handle(new StartStoppedTask.Order());
    assertThat(ec2.calls).endsWith("start");
  }

  @Test
  void twoOfAGroupAreNotStoppedTogether() {
    stopped();
    assertThat(ledger.stopTurns(new PolicyName("daily"), "").holders()).hasSize(1);
    later(Duration.ofHours(30));

    assertThat(ledger.stopTurns(new PolicyName("daily"), "").holders().values())
        .as("as long as it is stopped")
        .allMatch(until -> until.isAfter(now()));
  }

  @Test
  void afterARedriveAnInstanceThatRunsMayStillBeStoppedByTheFunctionOfBefore() {
    stopped();
    start();
    runs();
    redrives = 1;

    assertThat(start().done()).isFalse();
    later(Duration.ofSeconds(91));
    assertThat(start().done()).isTrue();
  }

  @Test
  void whoWaitsForItsTurnAsksEc2NothingUntilItHasOne() {
    BackupInput order = input();
    Turns turns = new Turns(ledger, aws.clock());
    turns.take(
        new Turns.Question(
            new PolicyName("daily"),
            "",
            "other",
            1,
            1,
            now(),
            Duration.ofMinutes(1),
            Duration.ofHours(2)));
    assertThat(stop().state()).isEqualTo(State.WAITING);
    int asked = ec2.looks;
    later(Duration.ofMinutes(1));
    assertThat(stop().words()).isEqualTo("as many of its group are stopped as may be");
    assertThat(ec2.looks).isEqualTo(asked);

    turns.giveBack(new PolicyName("daily"), "", "other");
    ec2.state = "stopped";
    assertThat(stop().state()).as("it is looked at again").isEqualTo(State.REFUSED);
    assertThat(ledger.stopTurns(new PolicyName("daily"), "").holders())
        .doesNotContainKey(order.execution());
  }
}
