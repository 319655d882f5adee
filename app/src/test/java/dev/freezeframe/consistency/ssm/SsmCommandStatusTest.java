package dev.freezeframe.consistency.ssm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.consistency.marker.ScriptMarkers;
import dev.freezeframe.consistency.script.ScriptRun;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.CommandPlugin;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;

class SsmCommandStatusTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private static CommandPlugin step(int second, int code, String output) {
    return CommandPlugin.builder()
        .name("step" + second)
        .responseCode(code)
        .responseStartDateTime(code < 0 ? null : NOON.plusSeconds(second))
        .responseFinishDateTime(code < 0 ? null : NOON.plusSeconds(second + 1))
        .output(output)
        .build();
  }

  private static SsmCommandStatus steps(CommandInvocationStatus status, CommandPlugin... steps) {
    return SsmCommandStatus.of(
        CommandInvocation.builder().status(status).commandPlugins(steps).build());
  }

  @Test
  void theOutputsOfAllStepsAreReadInTheOrderInWhichTheyRan() {
    SsmCommandStatus seen =
        steps(
            CommandInvocationStatus.SUCCESS,
            step(3, 0, "FREEZEFRAME event=frozen at=2026-11-22T12:00:03.500Z"),
            step(1, 0, "FREEZEFRAME event=freezing at=2026-11-22T12:00:01.500Z"));

    assertThat(seen.exitCode()).isZero();
    assertThat(seen.startedAt()).contains(NOON.plusSeconds(1));
    assertThat(seen.endedAt()).contains(NOON.plusSeconds(4));
    assertThat(ScriptMarkers.of(seen.output()).at("frozen")).contains(NOON.plusMillis(3500));
    assertThat(seen.output()).startsWith("FREEZEFRAME event=freezing");
  }

  @Test
  void aStepThatWasLeftOutHidesNothing() {
    SsmCommandStatus seen =
        steps(
            CommandInvocationStatus.SUCCESS,
            step(1, 0, "FREEZEFRAME event=frozen at=2026-11-22T12:00:01.500Z"),
            step(2, 0, "Step execution skipped due to unsatisfied preconditions: '...'"));

    assertThat(seen.output()).isEqualTo("FREEZEFRAME event=frozen at=2026-11-22T12:00:01.500Z");
  }

  @Test
  void aCodeOfTheContractCountsBeforeWhatFailedBecauseOfIt() {
    SsmCommandStatus seen =
        steps(CommandInvocationStatus.FAILED, step(1, 1, "no"), step(2, 201, "failed"));

    assertThat(seen.exitCode()).isEqualTo(201);
    assertThat(seen.ending()).contains(ScriptRun.Ending.FAILED);
  }

  @Test
  void aCommandOfSeveralStepsThatFailedWithACodeHasReachedTheGuest() {
    SsmCommandStatus whole =
        SsmCommandStatus.of(
            GetCommandInvocationResponse.builder()
                .status(CommandInvocationStatus.FAILED)
                .responseCode(-1)
                .executionStartDateTime("")
                .build());

    assertThat(whole.ending()).contains(ScriptRun.Ending.UNDELIVERED);
    assertThat(whole.with(steps(CommandInvocationStatus.FAILED, step(1, 204, ""))).ending())
        .contains(ScriptRun.Ending.FAILED);
    assertThat(whole.with(steps(CommandInvocationStatus.FAILED, step(1, -1, ""))).ending())
        .contains(ScriptRun.Ending.UNDELIVERED);
  }

  @ParameterizedTest(name = "{0}, {1}, started {2}, code {3}: {4}")
  @CsvSource({
    // as the Systems Manager guide lists them, "Understanding command statuses"
    "Failed, Undeliverable, false, -1, UNDELIVERED",
    "Failed, InvalidPlatform, false, -1, UNDELIVERED",
    "Failed, AccessDenied, false, -1, UNDELIVERED",
    "Cancelled, Terminated, false, -1, CANCELLED",
    "TimedOut, DeliveryTimedOut, false, -1, UNDELIVERED",
    // "for all invocations that have the status InProgress, Pending, or Delayed": it may have run
    "TimedOut, DeliveryTimedOut, true, -1, TIMED_OUT",
    "TimedOut, ExecutionTimedOut, true, 137, TIMED_OUT",
    "Failed, Failed, true, -1, TIMED_OUT",
    "Failed, Failed, true, 1, FAILED"
  })
  void everyDetailOfAStatusHasItsEnding(
      String status, String details, boolean started, int code, ScriptRun.Ending ending) {
    SsmCommandStatus seen =
        SsmCommandStatus.of(
            GetCommandInvocationResponse.builder()
                .status(status)
                .statusDetails(details)
                .responseCode(code)
                .executionStartDateTime(started ? NOON.toString() : "")
                .build());

    assertThat(seen.ending()).contains(ending);
  }

  @Test
  void aTimeOutOfAStepThatBeganIsNoTimeOutOfItsDelivery() {
    SsmCommandStatus whole =
        SsmCommandStatus.of(
            GetCommandInvocationResponse.builder()
                .status(CommandInvocationStatus.TIMED_OUT)
                .responseCode(-1)
                .build());

    assertThat(whole.ending()).contains(ScriptRun.Ending.UNDELIVERED);
    assertThat(whole.with(steps(CommandInvocationStatus.TIMED_OUT, step(1, 137, ""))).ending())
        .contains(ScriptRun.Ending.TIMED_OUT);
  }
}
