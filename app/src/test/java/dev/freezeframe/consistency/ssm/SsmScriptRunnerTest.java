package dev.freezeframe.consistency.ssm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.consistency.script.CommandRefusedException;
import dev.freezeframe.consistency.script.CommandThrottledException;
import dev.freezeframe.consistency.script.DocumentRefusedException;
import dev.freezeframe.consistency.script.DocumentVersion;
import dev.freezeframe.consistency.script.GuestGoneException;
import dev.freezeframe.consistency.script.Script;
import dev.freezeframe.consistency.script.ScriptOrder;
import dev.freezeframe.consistency.script.ScriptRun;
import dev.freezeframe.task.KnownSsm;
import dev.freezeframe.task.NoAws;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.InvalidDocumentVersionException;
import software.amazon.awssdk.services.ssm.model.InvalidInstanceIdException;
import software.amazon.awssdk.services.ssm.model.InvocationDoesNotExistException;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SsmException;

class SsmScriptRunnerTest {
  private static final ScriptOrder PRE =
      new ScriptOrder(
          new InstanceId("i-0abc0000000000001"),
          new DocumentVersion("hold-orders", "3", "c0ffee", true),
          Script.PRE_SCRIPT,
          AttemptId.of("execution", 1),
          Duration.ofSeconds(60));

  private final KnownSsm ssm = new KnownSsm();
  private final NoAws aws = new NoAws();
  private final Instant begun = aws.clock().instant();
  private final SsmScriptRunner runner = new SsmScriptRunner(ssm, ssm, aws.clock(), aws.pause());

  private Duration passed() {
    return Duration.between(begun, aws.clock().instant());
  }

  private void looks(Supplier<GetCommandInvocationResponse> look) {
    ssm.looks.add(look);
  }

  private void succeeds() {
    looks(() -> KnownSsm.ended(CommandInvocationStatus.SUCCESS, 0, begun.plusSeconds(1), "done"));
  }

  private void fails(RuntimeException failure) {
    looks(
        () -> {
          throw failure;
        });
  }

  @Test
  void aScriptIsSentOnceToItsInstanceByThePinnedDocument() {
    succeeds();

    runner.run(PRE);

    assertThat(ssm.sent).hasSize(1);
    SendCommandRequest request = ssm.sent.get(0);
    assertThat(request.instanceIds()).containsExactly("i-0abc0000000000001");
    assertThat(request.documentName()).isEqualTo("hold-orders");
    assertThat(request.documentVersion()).isEqualTo("3");
    assertThat(request.documentHash()).isEqualTo("c0ffee");
    assertThat(request.documentHashTypeAsString()).isEqualTo("Sha256");
    assertThat(request.timeoutSeconds()).isEqualTo(30);
    assertThat(request.comment()).isEqualTo(PRE.comment());
    assertThat(request.parameters())
        .isEqualTo(
            Map.of(
                "executionId", List.of(PRE.attempt().value()), "command", List.of("pre-script")));
  }

  @Test
  void aDocumentThatIsNotPinnedIsSentAsItIsNow() {
    succeeds();

    runner.run(
        new ScriptOrder(
            PRE.instance(),
            PRE.document().unpinned(),
            Script.DRY_RUN,
            PRE.attempt(),
            PRE.timeout()));

    assertThat(ssm.sent.get(0).documentVersion()).isNull();
    assertThat(ssm.sent.get(0).documentHash()).isNull();
    assertThat(ssm.sent.get(0).parameters()).containsEntry("executionId", List.of("None"));
  }

  @Test
  void itsEndIsToldWithTheTimesOfBothClocks() {
    looks(() -> KnownSsm.running(""));
    succeeds();

    assertThat(runner.run(PRE))
        .isEqualTo(
            new ScriptRun(
                "command-1",
                ScriptRun.Ending.SUCCEEDED,
                0,
                begun,
                begun.plusMillis(800),
                Optional.of(begun.plusSeconds(1)),
                Optional.of(begun.plusSeconds(2)),
                "done"));
  }

  @Test
  void aLookThatFailsSaysNothingOfTheScript() {
    fails(InvocationDoesNotExistException.builder().message("not yet").build());
    fails(KnownSsm.refused(400, "ThrottlingException"));
    fails(KnownSsm.refused(500, "InternalServerError"));
    fails(SdkClientException.create("no answer"));
    succeeds();

    assertThat(runner.run(PRE).succeeded()).isTrue();
    assertThat(ssm.sent).hasSize(1);
    assertThat(ssm.cancelled).isEmpty();
  }

  @Test
  void aLookThatMayNotBeTakenFails() {
    fails(KnownSsm.refused(400, "AccessDeniedException"));

    assertThatThrownBy(() -> runner.run(PRE)).isInstanceOf(SsmException.class);
  }

  @Test
  void aScriptOfWhichNothingIsHeardIsCancelledAfterDeliveryItsTimeOutAndTenSeconds() {
    looks(() -> KnownSsm.running(""));

    ScriptRun run = runner.run(PRE);

    assertThat(run.ending()).isEqualTo(ScriptRun.Ending.TIMED_OUT);
    assertThat(run.exitCode()).isEqualTo(-1);
    assertThat(passed()).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(101));
    assertThat(ssm.cancelled)
        .singleElement()
        .satisfies(
            cancelled -> {
              assertThat(cancelled.commandId()).isEqualTo("command-1");
              assertThat(cancelled.instanceIds()).containsExactly(PRE.instance().value());
            });
  }

  @Test
  void oneThatStartedIsGivenUpTenSecondsAfterItsTimeOut() {
    looks(() -> KnownSsm.running(begun.plusSeconds(5).toString()));

    assertThat(runner.run(PRE).ending()).isEqualTo(ScriptRun.Ending.TIMED_OUT);
    assertThat(passed()).isBetween(Duration.ofSeconds(75), Duration.ofSeconds(76));
    assertThat(ssm.cancelled).hasSize(1);
  }

  @Test
  void aGuestWhoseClockIsBehindIsNotGivenUpForItsStart() {
    looks(() -> KnownSsm.running(begun.minusSeconds(3600).toString()));

    runner.run(PRE);

    assertThat(passed()).isGreaterThanOrEqualTo(Duration.ofSeconds(100));
  }

  @Test
  void aThrottledSendingIsToldApartFromARefusedOne() {
    ssm.refusal = Optional.of(KnownSsm.refused(400, "ThrottlingException"));
    assertThatThrownBy(() -> runner.run(PRE)).isInstanceOf(CommandThrottledException.class);

    ssm.refusal = Optional.of(KnownSsm.refused(400, "AccessDeniedException"));
    assertThatThrownBy(() -> runner.run(PRE))
        .isInstanceOf(CommandRefusedException.class)
        .hasMessage("Systems Manager refused it: as the test has it (AccessDeniedException)");
  }

  @Test
  void anInstanceThatIsNotManagedIsGone() {
    ssm.refusal =
        Optional.of(
            KnownSsm.refused(
                InvalidInstanceIdException.builder(),
                400,
                "InvalidInstanceId",
                InvalidInstanceIdException.class));

    assertThatThrownBy(() -> runner.run(PRE)).isInstanceOf(GuestGoneException.class);
  }

  @Test
  void aDocumentThatIsNotTakenIsNamedWithItsVersion() {
    ssm.refusal =
        Optional.of(
            KnownSsm.refused(
                InvalidDocumentVersionException.builder(),
                400,
                "InvalidDocumentVersion",
                InvalidDocumentVersionException.class));

    assertThatThrownBy(() -> runner.run(PRE))
        .isInstanceOf(DocumentRefusedException.class)
        .hasMessageStartingWith("the document hold-orders, version 3, was refused: ");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503})
  void anAnswerThatDoesNotSayWhetherItWasSentStaysItself(int status) {
    ssm.refusal = Optional.of(KnownSsm.refused(status, "InternalServerError"));

    assertThat(catchThrowable(() -> runner.run(PRE))).isSameAs(ssm.refusal.get());
    assertThat(ssm.sent).as("it is never sent again").hasSize(1);
  }

  private void sent(String id, ScriptOrder order, String comment, int second) {
    ssm.commands.add(
        Command.builder()
            .commandId(id)
            .comment(comment)
            .documentName(order.document().name())
            .parameters(
                Map.of(
                    "executionId", List.of(order.executionId()),
                    "command", List.of(order.script().parameter()),
                    "autoThawSeconds", List.of("60")))
            .requestedDateTime(begun.plusSeconds(second))
            .build());
  }

  private void stands(String id, CommandInvocationStatus status, int code) {
    ssm.standing.put(id, KnownSsm.ended(status, code, begun, ""));
  }

  @Test
  void anEarlierSendingIsFoundByItsCommentAndTheFirstThatEndedByItselfCounts() {
    sent("other", PRE, "somebody else", 0);
    sent("second", PRE, PRE.comment(), 9);
    sent("first", PRE, PRE.comment(), 2);
    sent("lost", PRE, PRE.comment(), 1);
    stands("other", CommandInvocationStatus.SUCCESS, 0);
    stands("second", CommandInvocationStatus.SUCCESS, 0);
    stands("first", CommandInvocationStatus.FAILED, 201);
    stands("lost", CommandInvocationStatus.TIMED_OUT, -1);

    assertThat(runner.earlier(PRE, begun).map(ScriptRun::commandId)).contains("first");
    assertThat(ssm.listed.get(0).filters().get(0).value())
        .as("a minute earlier, for a clock that is ahead")
        .isEqualTo(begun.minusSeconds(60).toString());
  }

  @Test
  void ofSendingsThatNeverEndedTheNewestCounts() {
    sent("second", PRE, PRE.comment(), 9);
    sent("first", PRE, PRE.comment(), 2);
    stands("second", CommandInvocationStatus.CANCELLED, -1);
    stands("first", CommandInvocationStatus.TIMED_OUT, -1);

    assertThat(runner.earlier(PRE, begun).map(ScriptRun::commandId)).contains("second");
    assertThat(runner.earlier(post(), begun)).isEmpty();
  }

  private static ScriptOrder post() {
    return new ScriptOrder(
        PRE.instance(), PRE.document(), Script.POST_SCRIPT, PRE.attempt(), PRE.timeout());
  }

  @Test
  void whatAPersonSendsIsFoundByItsDocumentAndParametersTheNewestFirst() {
    sent("old", post(), "", -10);
    sent("first", post(), "", 2);
    sent("second", post(), "thaw it!", 9);
    sent("ours", post(), post().comment(), 10);
    sent("pre", PRE, "", 11);
    ssm.looks.add(
        () -> KnownSsm.ended(CommandInvocationStatus.SUCCESS, 0, begun.plusSeconds(1), ""));

    assertThat(runner.byHand(post(), begun))
        .extracting(ScriptRun::commandId)
        .containsExactly("second", "first");
  }

  @Test
  void anotherDocumentThatIsSentByHandIsNotTheSameScript() {
    ScriptOrder other =
        new ScriptOrder(
            PRE.instance(),
            new DocumentVersion("hold-invoices", "1", "", true),
            Script.POST_SCRIPT,
            PRE.attempt(),
            PRE.timeout());
    sent("other", other, "", 2);

    assertThat(runner.byHand(post(), begun)).isEmpty();
  }
}
