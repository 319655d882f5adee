package dev.freezeframe.rehearsal.ssm;

import static dev.freezeframe.rehearsal.ssm.RunCommand.FIRST;
import static dev.freezeframe.rehearsal.ssm.RunCommand.RUN_1;
import static dev.freezeframe.rehearsal.ssm.RunCommand.RUN_2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.instance.Freeze;
import dev.freezeframe.rehearsal.instance.Freeze.ThawedBy;
import dev.freezeframe.rehearsal.instance.ScriptBehavior;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;

class GuestTest {
  private final RunCommand run = new RunCommand();

  @AfterEach
  void close() {
    run.close();
  }

  @Test
  void aPreScriptFreezesAndThePostScriptThaws() {
    run.assertExit(run.run("pre-script", RUN_1), 0);
    assertThat(run.guest().frozen()).isTrue();
    run.assertExit(run.run("post-script", RUN_1), 0);

    assertThat(run.guest().frozen()).isFalse();
    assertThat(run.guest().freezes())
        .singleElement()
        .satisfies(
            freeze -> {
              assertThat(freeze.by()).isEqualTo(RUN_1);
              assertThat(freeze.thawedBy()).contains(ThawedBy.POST_SCRIPT);
            });
    assertThat(run.guest().frozenFor()).isBetween(Duration.ofMillis(2000), Duration.ofMillis(3500));
  }

  @Test
  void theStampsTellTheTruth() {
    GetCommandInvocationResponse pre = run.run("pre-script", RUN_1);
    GetCommandInvocationResponse post = run.run("post-script", RUN_1);

    Freeze freeze = run.guest().freezes().get(0);
    assertThat(stamp(pre, "frozen")).contains(freeze.from());
    assertThat(stamp(post, "thawed")).isEqualTo(freeze.to());
    assertThat(stamp(post, "thawing"))
        .get()
        .satisfies(at -> assertThat(at).isBefore(freeze.to().orElseThrow()));
    assertThat(pre.standardOutputContent()).contains(" execution=" + RUN_1 + " document=freezing");
    assertThat(Instant.parse(pre.executionStartDateTime())).isBefore(freeze.from());
    assertThat(Instant.parse(pre.executionEndDateTime())).isAfter(freeze.from());
  }

  @Test
  void aGuestsClockMayBeAheadOfAws() {
    run.guest().runsAhead(Duration.ofSeconds(5));

    GetCommandInvocationResponse pre = run.run("pre-script", RUN_1);

    Freeze freeze = run.guest().freezes().get(0);
    assertThat(stamp(pre, "frozen")).contains(freeze.from().plusSeconds(5));
    assertThat(Instant.parse(pre.executionStartDateTime())).isAfter(freeze.from());
  }

  @Test
  void theTimerThawsAMinuteAfterThePreScriptBegan() {
    GetCommandInvocationResponse pre = run.run("pre-script", RUN_1);
    run.stage.pass(Duration.ofMinutes(2));

    Freeze freeze = run.guest().freezes().get(0);
    assertThat(freeze.thawedBy()).contains(ThawedBy.TIMER);
    assertThat(freeze.to()).contains(Instant.parse(pre.executionStartDateTime()).plusSeconds(60));
  }

  @Test
  void aDocumentMaySetItsTimer() {
    run.send(
        RunCommand.request("freezing", "pre-script", RUN_1).toBuilder()
            .parameters(
                Map.of(
                    "command", List.of("pre-script"),
                    "executionId", List.of(RUN_1),
                    "autoThawSeconds", List.of("10")))
            .build());
    run.stage.pass(Duration.ofSeconds(20));

    assertThat(run.guest().frozenFor()).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void aPostScriptAfterTheTimerExits203AndTheRunIsOver() {
    run.run("pre-script", RUN_1);
    run.stage.pass(Duration.ofMinutes(2));

    GetCommandInvocationResponse post = run.run("post-script", RUN_1);
    run.assertExit(post, 203);
    assertThat(stamp(post, "auto-thawed")).isEqualTo(run.guest().freezes().get(0).to());
    run.assertExit(run.run("post-script", RUN_1), 205);
  }

  @Test
  void aPreScriptWhileFrozenExits204() {
    run.run("pre-script", RUN_1);

    run.assertExit(run.run("pre-script", RUN_2), 204);
    run.assertExit(run.run("pre-script", RUN_1), 204);
    assertThat(run.guest().freezes()).hasSize(1);
  }

  @Test
  void aPostScriptOfAnotherRunExits205AndThawsNothing() {
    run.run("pre-script", RUN_1);

    run.assertExit(run.run("post-script", RUN_2), 205);
    assertThat(run.guest().frozen()).isTrue();
  }

  @Test
  void aPostScriptWhereNothingIsFrozenExits205() {
    run.assertExit(run.run("post-script", RUN_1), 205);
  }

  @Test
  void aPreScriptThatComesAfterItsPostScriptIsRefused() {
    run.run("post-script", RUN_1);

    run.assertExit(run.run("pre-script", RUN_1), 204);
    assertThat(run.guest().freezes()).isEmpty();
    run.assertExit(run.run("pre-script", RUN_2), 0);
  }

  @Test
  void aDryRunTouchesNothing() {
    run.assertExit(run.run("dry-run", RUN_1), 0);

    assertThat(run.guest().freezes()).isEmpty();
  }

  @Test
  void theTemplateOfDlmDoesNotSayWhatItHoldsAndIsAssumedToHold() {
    for (String command : Arrays.asList("dry-run", "pre-script", "post-script")) {
      run.assertExit(run.run("dlm-template", command, RUN_1), 0);
    }

    assertThat(run.guest().freezes())
        .singleElement()
        .satisfies(freeze -> assertThat(freeze.thawedBy()).contains(Freeze.ThawedBy.POST_SCRIPT));
    assertThat(run.ssm.assumed(List.of("dlm-template"))).containsExactly("dlm-template");
  }

  @Test
  void aForeignDocumentWithoutATimerStaysFrozenUntilAPostScript() {
    run.assertExit(run.run("foreign-freezing", "pre-script", RUN_1), 0);
    run.stage.pass(Duration.ofDays(1));
    assertThat(run.guest().frozen()).isTrue();

    run.assertExit(run.run("foreign-freezing", "post-script", RUN_2), 0);
    assertThat(run.guest().frozen()).isFalse();
  }

  @Test
  void scriptsRunOneAfterAnother() {
    String first = run.send("pre-script", RUN_1);
    String second = run.send("post-script", RUN_1);
    run.stage.pass(Duration.ofSeconds(5));

    assertThat(run.answer(second).executionStartDateTime())
        .isGreaterThanOrEqualTo(run.answer(first).executionEndDateTime());
    run.assertExit(run.answer(second), 0);
  }

  @Test
  void aPreScriptThatExitsFreezesNothing() {
    run.fates(new ScriptBehavior.Exits(201));

    run.assertExit(run.run("pre-script", RUN_1), 201);
    assertThat(run.guest().freezes()).isEmpty();
    run.assertExit(run.run("post-script", RUN_1), 205);
  }

  @Test
  void aPostScriptThatExits202LeavesTheThawToTheTimer() {
    run.fates(ScriptBehavior.GOOD, new ScriptBehavior.Exits(202));
    run.run("pre-script", RUN_1);

    run.assertExit(run.run("post-script", RUN_1), 202);
    assertThat(run.guest().frozen()).isTrue();
    run.stage.pass(Duration.ofMinutes(1));
    assertThat(run.guest().freezes().get(0).thawedBy()).contains(ThawedBy.TIMER);
  }

  @Test
  void aPostScriptThatExits203FindsTheGuestJustThawedByItsTimer() {
    run.fates(ScriptBehavior.GOOD, new ScriptBehavior.Exits(203));
    run.run("pre-script", RUN_1);

    GetCommandInvocationResponse post = run.run("post-script", RUN_1);
    run.assertExit(post, 203);
    assertThat(run.guest().freezes().get(0).thawedBy()).contains(ThawedBy.TIMER);
    assertThat(stamp(post, "auto-thawed")).isEqualTo(run.guest().freezes().get(0).to());
  }

  @Test
  void aPreScriptPastItsTimeOutHasFrozenAndDoesNotHoldUpThePostScript() {
    run.fates(new ScriptBehavior.TimesOut());

    GetCommandInvocationResponse pre = run.run("pre-script", RUN_1);
    assertThat(pre.statusAsString()).isEqualTo("InProgress");
    assertThat(pre.responseCode()).isEqualTo(-1);
    assertThat(run.guest().frozen()).isTrue();
    run.assertExit(run.run("post-script", RUN_1), 0);
    assertThat(run.guest().frozen()).isFalse();
  }

  @Test
  void aScriptPastTheTimeOutOfItsDocumentIsKilled() {
    run.fates(new ScriptBehavior.TimesOut());
    String id = run.send("pre-script", RUN_1);
    run.stage.pass(Duration.ofMinutes(3));

    GetCommandInvocationResponse pre = run.answer(id);
    assertThat(pre.statusAsString()).isEqualTo("TimedOut");
    assertThat(pre.statusDetails()).isEqualTo("ExecutionTimedOut");
    assertThat(
            Duration.between(
                Instant.parse(pre.executionStartDateTime()),
                Instant.parse(pre.executionEndDateTime())))
        .isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void aCancelReachesAScriptPastItsTimeOut() {
    run.fates(new ScriptBehavior.TimesOut());
    String id = run.send("pre-script", RUN_1);
    run.stage.pass(Duration.ofSeconds(2));
    run.stage.call(() -> run.ssm.cancelCommand(r -> r.commandId(id)));
    assertThat(run.answer(id).statusAsString()).isEqualTo("Cancelling");
    run.stage.pass(Duration.ofSeconds(1));

    assertThat(run.answer(id).statusAsString()).isEqualTo("Cancelled");
    assertThat(run.guest().frozen()).isTrue();
  }

  @Test
  void aHangingPreScriptHoldsUpEverythingUntilTheTimerThaws() {
    run.fates(new ScriptBehavior.Hangs());
    String pre = run.send("pre-script", RUN_1);
    run.stage.pass(Duration.ofSeconds(10));
    String post = run.send("post-script", RUN_1);
    run.stage.call(() -> run.ssm.cancelCommand(r -> r.commandId(pre)));
    run.stage.pass(Duration.ofSeconds(10));
    assertThat(run.answer(pre).statusAsString()).isEqualTo("InProgress");
    assertThat(run.answer(post).statusAsString()).isEqualTo("Pending");
    String later = run.send("post-script", RUN_2);
    run.stage.pass(Duration.ofMinutes(1));

    assertThat(run.answer(pre).statusAsString()).isEqualTo("InProgress");
    assertThat(run.answer(post).statusDetails()).isEqualTo("DeliveryTimedOut");
    assertThat(run.answer(later).statusDetails()).isEqualTo("DeliveryTimedOut");
    assertThat(run.guest().freezes().get(0).thawedBy()).contains(ThawedBy.TIMER);
    run.assertExit(run.run("post-script", RUN_1), 203);
  }

  @Test
  void aHangingCommandIsGivenUpAfterDeliveryAndExecutionTogether() {
    run.fates(new ScriptBehavior.Hangs());
    String pre = run.send("pre-script", RUN_1);
    run.stage.pass(Duration.ofSeconds(149));
    assertThat(run.answer(pre).statusAsString()).isEqualTo("InProgress");
    run.stage.pass(Duration.ofSeconds(2));

    assertThat(run.answer(pre).statusDetails()).isEqualTo("ExecutionTimedOut");
  }

  @Test
  void aHangingPostScriptDoesNotThaw() {
    run.fates(ScriptBehavior.GOOD, new ScriptBehavior.Hangs());
    run.run("pre-script", RUN_1);
    GetCommandInvocationResponse post = run.run("post-script", RUN_1);

    assertThat(post.statusAsString()).isEqualTo("InProgress");
    assertThat(run.guest().frozen()).isTrue();
    run.stage.pass(Duration.ofMinutes(1));
    assertThat(run.guest().frozen()).isFalse();
    run.assertExit(run.run("post-script", RUN_1), 203);
  }

  @Test
  void anUndeliveredCommandTimesOut() {
    run.fates(new ScriptBehavior.Undelivered(Optional.empty()));
    String id = run.send("pre-script", RUN_1);
    run.stage.pass(Duration.ofSeconds(2));
    assertThat(run.answer(id).statusAsString()).isEqualTo("Delayed");
    run.stage.pass(Duration.ofSeconds(30));

    assertThat(run.answer(id).statusAsString()).isEqualTo("TimedOut");
    assertThat(run.answer(id).statusDetails()).isEqualTo("DeliveryTimedOut");
    assertThat(run.answer(id).responseCode()).isEqualTo(-1);
    assertThat(run.guest().freezes()).isEmpty();
  }

  @Test
  void anUndeliveredCommandMayStillArrive() {
    run.fates(
        new ScriptBehavior.Undelivered(Optional.of(run.stage.time.instant().plusSeconds(20))));
    String id = run.send("pre-script", RUN_1);
    run.stage.pass(Duration.ofSeconds(25));

    run.assertExit(run.answer(id), 0);
  }

  @Test
  void aGuestOfAnInstanceThatIsGoneAnswersNothing() {
    String id = run.send("pre-script", RUN_1);
    run.stage.pass(Duration.ofMillis(100));
    run.ec2.terminate(FIRST);
    run.stage.pass(Duration.ofMinutes(1));

    assertThat(run.answer(id).statusAsString()).isEqualTo("Failed");
    assertThat(run.answer(id).statusDetails()).isEqualTo("Undeliverable");
  }

  @Test
  void aFreezeEndsWithItsInstance() {
    run.run("pre-script", RUN_1);
    run.ec2.stop(FIRST);
    assertThat(run.guest().frozen()).isTrue();
    run.stage.pass(Duration.ofMinutes(2));

    assertThat(run.guest().frozen()).isFalse();
  }

  @Test
  void aGuestThatIsTerminatedWhileFrozenIsFrozenNoMore() {
    run.run("pre-script", RUN_1);
    run.ec2.terminate(FIRST);

    assertThat(run.guest().freezes().get(0).thawedBy()).contains(ThawedBy.INSTANCE_GONE);
  }

  private static Optional<Instant> stamp(GetCommandInvocationResponse answer, String event) {
    return answer
        .standardOutputContent()
        .lines()
        .filter(line -> line.startsWith("FREEZEFRAME event=" + event + " at="))
        .map(line -> Instant.parse(line.split(" at=", -1)[1].split(" ", -1)[0]))
        .findFirst();
  }
}
