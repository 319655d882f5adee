package dev.freezeframe.rehearsal.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepFunctionsTest {
  private final StatesBench bench = new StatesBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aTaskGetsItsPayloadAndItsAnswerIsTheOutput() {
    Execution execution = bench.run(greet(), "first", "{\"name\":\"Ada\"}");

    assertThat(execution.arn())
        .isEqualTo("arn:aws:states:eu-central-1:123456789012:execution:greet:first");
    assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(execution.output())
        .hasToString("Optional[{\"greeting\":\"hello Ada\",\"status\":200}]");
    assertThat(execution.stateNames()).containsExactly("Greet", "Done");
    assertThat(took(execution)).isEqualTo(Duration.ofMillis(800));
    assertThat(execution.historyEvents()).isEqualTo(9);
    assertThat(execution.largestPayload()).isBetween(30, 200);
  }

  @Test
  void theContextObjectSaysWhoRuns() {
    String machine = bench.deploy("context");

    Execution execution = bench.run(machine, "first", "{}");

    assertThat(execution.output().orElseThrow())
        .isEqualTo(
            Json.object()
                .put("id", execution.arn())
                .put("name", "first")
                .put("startTime", "2026-11-22T02:00:00Z")
                .put("redriveCount", 0)
                .put("machine", machine)
                .put("machineName", "context")
                .put("state", "Look"));
  }

  @Test
  void theSameNameAndInputIsTheSameExecutionWhileItRuns() {
    String machine = greet();

    Execution first = bench.start(machine, "daily", "{\"name\":\"Ada\"}");
    Execution again = bench.start(machine, "daily", "{\"name\":\"Ada\"}");
    bench.time.run();

    assertThat(again).isSameAs(first);
    assertThat(bench.functions.invocations()).containsEntry("Greet", 1);
  }

  @Test
  void anotherInputOrAnExecutionThatEndedKeepsTheName() {
    String machine = greet();
    bench.start(machine, "daily", "{\"name\":\"Ada\"}");

    assertThatThrownBy(() -> bench.start(machine, "daily", "{\"name\":\"Bob\"}"))
        .hasMessage(
            "Execution Already Exists:"
                + " 'arn:aws:states:eu-central-1:123456789012:execution:greet:daily'")
        .isInstanceOfSatisfying(
            StepFunctionsException.class,
            refused ->
                assertThat(refused.errorName())
                    .isEqualTo("StepFunctions.ExecutionAlreadyExistsException"));
    bench.time.run();
    assertThatThrownBy(() -> bench.start(machine, "daily", "{\"name\":\"Ada\"}"))
        .hasMessageStartingWith("Execution Already Exists");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with space",
        "i-1/2026",
        "02:00",
        "a#b",
        "tab\t",
        "0123456789012345678901234567890123456789012345678901234567890123456789012345678901"
      })
  void aNameThatStepFunctionsDoesNotTakeIsRefused(String name) {
    String machine = greet();

    assertThatThrownBy(() -> bench.start(machine, name, "{}"))
        .hasMessageStartingWith("Invalid Name: '%s'".formatted(name));
  }

  @Test
  void aTaskIsTriedAgainWithGrowingWaits() {
    List<Instant> tries = new ArrayList<>();
    bench.function(
        "Create",
        input -> {
          tries.add(bench.time.instant());
          if (input.path("try").asInt() < 2) {
            throw new IllegalStateException("not yet");
          }
          return Json.object().put("id", "snap-1");
        });

    Execution execution = bench.run(bench.deploy("retry"), "first", "{}");

    assertThat(execution.output()).hasToString("Optional[{\"created\":{\"id\":\"snap-1\"}}]");
    assertThat(execution.stateNames()).containsExactly("Create", "Done");
    assertThat(Duration.between(tries.get(0), tries.get(1)).toSeconds()).isEqualTo(10);
    assertThat(Duration.between(tries.get(1), tries.get(2)).toSeconds()).isEqualTo(20);
    assertThat(execution.historyEvents()).isEqualTo(15);
  }

  @Test
  void anErrorIsCaughtUnderItsNameWithLambdasCause() {
    bench.function(
        "Create",
        input -> {
          throw new IllegalArgumentException("no such volume");
        });

    Execution execution = bench.run(bench.deploy("retry"), "first", "{}");

    assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(execution.error()).contains("java.lang.IllegalArgumentException");
    assertThat(execution.cause().orElseThrow())
        .startsWith(
            "{\"errorMessage\":\"no such volume\","
                + "\"errorType\":\"java.lang.IllegalArgumentException\",\"stackTrace\":[\"dev.");
    assertThat(execution.stateNames()).containsExactly("Create", "Give up");
  }

  @Test
  void aTaskThatTimesOutIsCaughtAndItsFunctionRunsOnUnheard() {
    List<Instant> ends = new ArrayList<>();
    bench.function(
        "Work",
        input -> {
          bench.time.pause(Duration.ofSeconds(20));
          ends.add(bench.time.instant());
          return Json.object();
        });

    Execution execution = bench.run(bench.deploy("slow"), "first", "{}");

    assertThat(execution.stateNames()).containsExactly("Work", "Wait", "Done");
    assertThat(took(execution)).isEqualTo(Duration.ofSeconds(65));
    assertThat(ends).containsExactly(StatesBench.START.plusMillis(20_800));
    assertThat(execution.output())
        .hasToString("Optional[{\"Error\":\"States.Timeout\",\"Cause\":\"States.Timeout\"}]");
  }

  @Test
  void anExecutionTimesOutAsAWhole() {
    Execution execution = bench.run(bench.deploy("hurry"), "first", "{\"seconds\":3600}");

    assertThat(execution.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
    assertThat(took(execution)).isEqualTo(Duration.ofSeconds(30));
    assertThat(bench.time.instant()).isEqualTo(StatesBench.START.plusSeconds(30));
  }

  @Test
  void anExecutionThatIsQuickEnoughDoesNotTimeOut() {
    Execution execution = bench.run(bench.deploy("hurry"), "first", "{\"seconds\":3}");

    assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(bench.time.instant()).isEqualTo(StatesBench.START.plusSeconds(3));
  }

  @Test
  void anAbortedExecutionStopsAtOnceAndItsFunctionRunsOn() {
    List<String> done = new ArrayList<>();
    bench.function(
        "Step",
        input -> {
          bench.time.pause(Duration.ofSeconds(10));
          done.add(input.path("step").asText());
          return Json.object();
        });
    Execution execution = bench.start(bench.deploy("three-steps"), "first", "{}");
    bench.time.after(Duration.ofSeconds(5), () -> bench.states.abort(execution.arn()));

    bench.time.run();

    assertThat(execution.status()).isEqualTo(ExecutionStatus.ABORTED);
    assertThat(took(execution)).isEqualTo(Duration.ofSeconds(5));
    assertThat(execution.stateNames()).containsExactly("Freeze");
    assertThat(done).containsExactly("freeze");
    bench.states.abort(execution.arn());
  }

  @Test
  void anAbortedWaitMovesNoClock() {
    Execution execution = bench.start(bench.deploy("child"), "first", "{\"seconds\":86400}");
    bench.time.after(Duration.ofSeconds(5), () -> bench.states.abort(execution.arn()));

    bench.time.run();

    assertThat(execution.status()).isEqualTo(ExecutionStatus.ABORTED);
    assertThat(bench.time.instant()).isEqualTo(StatesBench.START.plusSeconds(5));
  }

  @Test
  void everyChangeOfAnExecutionIsAnEvent() {
    Execution execution = bench.run(greet(), "first", "{\"name\":\"Ada\"}");

    assertThat(bench.events).hasSize(2);
    JsonNode running = bench.events.get(0);
    assertThat(running.path("source").asText()).isEqualTo("aws.states");
    assertThat(running.path("detail-type").asText())
        .isEqualTo("Step Functions Execution Status Change");
    assertThat(running.path("detail").path("status").asText()).isEqualTo("RUNNING");
    assertThat(running.path("detail").path("stopDate").isNull()).isTrue();
    JsonNode detail = bench.events.get(1).path("detail");
    assertThat(detail.path("executionArn").asText()).isEqualTo(execution.arn());
    assertThat(detail.path("stateMachineArn").asText()).isEqualTo(execution.stateMachineArn());
    assertThat(detail.path("name").asText()).isEqualTo("first");
    assertThat(detail.path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(detail.path("startDate").asLong()).isEqualTo(StatesBench.START.toEpochMilli());
    assertThat(detail.path("stopDate").asLong()).isEqualTo(StatesBench.START.toEpochMilli() + 800);
    assertThat(detail.path("input").asText()).isEqualTo("{\"name\":\"Ada\"}");
    assertThat(detail.path("output").asText()).contains("hello Ada");
  }

  @Test
  void putEventsPutsOnTheBus() {
    Execution execution = bench.run(bench.deploy("announce"), "first", "{\"instanceId\":\"i-1\"}");

    JsonNode event = bench.events.get(1);
    assertThat(event.path("source").asText()).isEqualTo("freezeframe");
    assertThat(event.path("detail-type").asText()).isEqualTo("Backup Ended");
    assertThat(event.path("detail")).hasToString("{\"instanceId\":\"i-1\"}");
    assertThat(execution.output()).hasToString("Optional[{\"failed\":0}]");
  }

  @Test
  void aPayloadOverTheLimitFailsTheExecution() {
    bench.function("Greet", input -> Json.object().put("text", "x".repeat(300_000)));

    Execution execution = bench.run(bench.deploy("greet"), "first", "{}");

    assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(execution.error()).contains("States.DataLimitExceeded");
    assertThat(execution.largestPayload()).isGreaterThan(300_000);
  }

  @Test
  void aMachineThatWasNotDeployedIsRefused() {
    assertThatThrownBy(() -> bench.start("arn:x", "first", "{}"))
        .hasMessage("State Machine Does Not Exist: 'arn:x'");
    assertThatThrownBy(() -> bench.states.abort("arn:y"))
        .hasMessage("Execution Does Not Exist: 'arn:y'");
  }

  @Test
  void aFaultOfTheRehearsalIsNoErrorThatAMachineCouldCatch() {
    bench.deploy("announce");
    bench.brokenSink = true;

    assertThatThrownBy(
            () -> bench.run(bench.deploy("announce"), "first", "{\"instanceId\":\"i-1\"}"))
        .hasMessage("the sink is broken");
  }

  private String greet() {
    bench.function(
        "Greet", input -> Json.object().put("text", "hello " + input.path("name").asText()));
    return bench.deploy("greet");
  }

  private static Duration took(Execution execution) {
    return Duration.between(execution.startedAt(), execution.endedAt().orElseThrow());
  }
}
