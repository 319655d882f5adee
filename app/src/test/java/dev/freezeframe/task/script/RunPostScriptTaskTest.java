package dev.freezeframe.task.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.common.AttemptId;
import dev.freezeframe.consistency.script.DocumentVersion;
import dev.freezeframe.consistency.script.PostScriptRun;
import dev.freezeframe.consistency.script.ScriptFailedException;
import dev.freezeframe.ledger.run.FreezeRow;
import dev.freezeframe.task.Inputs;
import dev.freezeframe.task.KnownEc2;
import dev.freezeframe.task.KnownSsm;
import dev.freezeframe.task.NoAws;
import dev.freezeframe.task.backup.BackupInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** The execution of {@link Inputs}, whose pre-script has succeeded. */
class RunPostScriptTaskTest {
  private static final Instant ENTERED = Instant.parse("2026-11-22T02:59:50Z");
  private static final DocumentVersion DOCUMENT =
      new DocumentVersion("freezeframe-filesystem", "3", "ab", true);

  private final KnownSsm ssm = new KnownSsm();
  private final NoAws aws = new NoAws(new KnownEc2(), ssm);
  private final RunPostScriptTask task = new RunPostScriptTask(aws);

  private BackupInput order(Consumer<ObjectNode> change) throws IOException {
    ObjectNode input = Inputs.all().get("RunPostScript").deepCopy();
    ((ObjectNode) input.get("work")).remove(List.of("createProblem", "postScript", "set"));
    change.accept(input);
    return task.read(input.toString().getBytes(StandardCharsets.UTF_8));
  }

  private BackupInput order() throws IOException {
    BackupInput order =
        order(
            input ->
                ((ObjectNode) input.at("/work/preScript/answer"))
                    .put("attempt", AttemptId.of(input.path("execution").asText(), 1).value()));
    assertThat(order.unproved()).isFalse();
    return order;
  }

  private BackupInput unproved() throws IOException {
    return order(input -> input.put("unproved", true));
  }

  private void freeze(BackupInput order, int number, String execution) {
    aws.ledger()
        .recordFreeze(
            new FreezeRow(
                order.work().runId(),
                order.instanceId(),
                number,
                AttemptId.of(execution, number),
                execution,
                0,
                DOCUMENT,
                60,
                ENTERED.minusSeconds(600L - number),
                true,
                List.of()));
  }

  private List<FreezeRow> freezes(BackupInput order) {
    return aws.ledger().freezes(order.work().runId(), order.instanceId());
  }

  private void exits(int code) {
    ssm.looks.add(
        () ->
            KnownSsm.ended(
                code == 0 ? CommandInvocationStatus.SUCCESS : CommandInvocationStatus.FAILED,
                code,
                aws.clock().instant(),
                ""));
  }

  private static List<String> attempts(List<SendCommandRequest> sent) {
    return sent.stream().map(request -> request.parameters().get("executionId").get(0)).toList();
  }

  @Test
  void anAnswerIsPutOnRecordAsAProofFromTheFirstSending() throws IOException {
    BackupInput order = order();
    freeze(order, 1, order.execution());
    exits(0);

    PostScriptRun run = task.handle(order);

    assertThat(run.answer()).isEqualTo(PostScriptRun.Answer.THAWED);
    assertThat(run.sentAt()).as("a try before may have sent it").isEqualTo(ENTERED);
    assertThat(freezes(order).get(0).thaws())
        .containsExactly(new FreezeRow.Thaw(ENTERED, "RunPostScript", "succeeded", true));
    assertThat(attempts(ssm.sent)).containsExactly(AttemptId.of(order.execution(), 1).value());
  }

  @Test
  void aScriptThatCouldNotThawIsOnRecordAsNoProofAndFailsTheState() throws IOException {
    BackupInput order = order();
    freeze(order, 1, order.execution());
    exits(202);

    assertThatThrownBy(() -> task.handle(order)).isInstanceOf(ScriptFailedException.class);
    assertThat(freezes(order).get(0).thawProved()).isFalse();
    assertThat(freezes(order).get(0).thaws()).hasSize(1);
  }

  @Test
  void whereNoPreScriptRanTheAnswerIsEnough() throws IOException {
    BackupInput order =
        order(input -> ((ObjectNode) input.at("/work/inspection/answer")).put("preScript", false));
    exits(0);

    assertThat(task.handle(order).answer()).isEqualTo(PostScriptRun.Answer.THAWED);
    assertThat(freezes(order)).isEmpty();
  }

  @Test
  void eachAttemptOfTheExecutionThatNothingProvesIsAskedAndNoOther() throws IOException {
    BackupInput order = unproved();
    freeze(order, 1, order.execution());
    freeze(order, 2, order.execution());
    freeze(order, 3, order.execution());
    freeze(order, 4, "another execution");
    aws.ledger()
        .recordThaw(
            order.work().runId(),
            order.instanceId(),
            AttemptId.of(order.execution(), 2),
            new FreezeRow.Thaw(ENTERED, "RunPostScript", "succeeded", true));
    exits(0);

    PostScriptRun last = task.handle(order);

    assertThat(attempts(ssm.sent))
        .containsExactly(
            AttemptId.of(order.execution(), 1).value(), AttemptId.of(order.execution(), 3).value());
    assertThat(last.attempt()).isEqualTo(AttemptId.of(order.execution(), 3));
    assertThat(freezes(order))
        .filteredOn(freeze -> freeze.execution().equals(order.execution()))
        .allMatch(FreezeRow::thawProved);
  }

  @Test
  void whatWasAskedLongestAgoComesFirst() throws IOException {
    BackupInput order = unproved();
    freeze(order, 1, order.execution());
    freeze(order, 2, order.execution());
    aws.ledger()
        .recordThaw(
            order.work().runId(),
            order.instanceId(),
            AttemptId.of(order.execution(), 1),
            new FreezeRow.Thaw(ENTERED, "RunPostScript", "timed out", false));
    exits(0);

    task.handle(order);

    assertThat(attempts(ssm.sent))
        .containsExactly(
            AttemptId.of(order.execution(), 2).value(), AttemptId.of(order.execution(), 1).value());
  }

  @Test
  void whereEveryThawIsProvedNothingIsSent() throws IOException {
    PostScriptRun run = task.handle(unproved());

    assertThat(run.answer()).isEqualTo(PostScriptRun.Answer.NOT_FROZEN);
    assertThat(run.words()).isEqualTo("not sent: every thaw is proved");
    assertThat(ssm.sent).isEmpty();
  }
}
