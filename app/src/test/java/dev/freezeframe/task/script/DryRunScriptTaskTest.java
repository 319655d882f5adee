package dev.freezeframe.task.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.consistency.script.ScriptFailedException;
import dev.freezeframe.stop.InstanceBusyException;
import dev.freezeframe.task.Inputs;
import dev.freezeframe.task.KnownEc2;
import dev.freezeframe.task.KnownSsm;
import dev.freezeframe.task.NoAws;
import dev.freezeframe.task.backup.BackupState.DryRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;

/** When a dry run that was made before a wait for slots is made again (decision 0200). */
class DryRunScriptTaskTest {
  private static final String LAUNCHED_AT = "2026-11-01T00:00:00Z";

  /** An execution that has waited for slots, was inspected again and found nothing changed. */
  private static DryRun afterAWait(Consumer<ObjectNode> change) throws IOException {
    ObjectNode input = Inputs.all().get("DryRunScript").deepCopy();
    ObjectNode work = (ObjectNode) input.get("work");
    ObjectNode answer = (ObjectNode) work.at("/dryRun/answer");
    answer.set("document", work.at("/inspection/answer/document").deepCopy());
    answer.put("launchedAt", LAUNCHED_AT);
    change.accept(work);
    DryRunScriptTask task = new DryRunScriptTask(new NoAws());
    return task.handle(task.read(input.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static void assertSentAgain(Consumer<ObjectNode> change) {
    assertThatThrownBy(() -> afterAWait(change))
        .as("SendCommand, which is refused here")
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static ObjectNode at(ObjectNode work, String path) {
    return (ObjectNode) work.at(path);
  }

  @Test
  void aWaitAloneSendsNone() throws IOException {
    DryRun kept = afterAWait(work -> {});

    assertThat(kept.launchedAt().orElseThrow()).isEqualTo(LAUNCHED_AT);
    assertThat(kept.failure()).isEmpty();
  }

  /** It did not decide then, and does not now; the reason of the outcome has it. */
  @Test
  void aFailureThatDidNotDecideIsKept() throws IOException {
    assertThat(
            afterAWait(work -> at(work, "/dryRun/answer").put("failure", "exited with 1"))
                .failure())
        .isEqualTo(Optional.of("exited with 1"));
  }

  @ParameterizedTest
  @CsvSource({"name, freezeframe-mysql", "version, 4", "sha256, cd"})
  void anotherDocumentSendsAnother(String field, String other) {
    assertSentAgain(work -> at(work, "/inspection/answer/document").put(field, other));
  }

  @Test
  void anotherStartOfTheInstanceSendsAnother() {
    assertSentAgain(
        work -> at(work, "/inspection/answer").put("launchedAt", "2026-11-22T02:30:00Z"));
  }

  @Test
  void aScriptThatHasFailedSinceSendsAnother() {
    assertSentAgain(work -> at(work, "/attempt").put("scriptFailures", 1));
  }

  /** That of an execution that began before an update does not say so. */
  @Test
  void aDryRunThatDoesNotSayOfWhichDocumentItWasSendsAnother() {
    assertSentAgain(work -> at(work, "/dryRun/answer").remove("document"));
  }

  @Test
  void theFirstIsSent() {
    assertSentAgain(work -> work.remove("dryRun"));
  }

  /** One that the guest never gets, of an instance that EC2 shows as it is then. */
  private static DryRun undelivered(String state, String launchedAt) throws IOException {
    KnownEc2 ec2 = new KnownEc2();
    ec2.instances.add(
        Instance.builder()
            .instanceId("i-0123456789abcdef0")
            .state(known -> known.name(state))
            .launchTime(Instant.parse(launchedAt))
            .build());
    KnownSsm ssm = new KnownSsm();
    ssm.looks.add(
        () ->
            KnownSsm.ended(CommandInvocationStatus.TIMED_OUT, -1, Instant.parse(LAUNCHED_AT), ""));
    ObjectNode input = Inputs.all().get("DryRunScript").deepCopy();
    ObjectNode work = (ObjectNode) input.get("work");
    work.remove("dryRun");
    at(work, "/inspection/answer").put("launchedAt", LAUNCHED_AT);
    DryRunScriptTask task = new DryRunScriptTask(new NoAws(ec2, ssm));
    return task.handle(task.read(input.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** Seed 30000089: another policy had stopped the instance since it was inspected. */
  @ParameterizedTest
  @CsvSource({
    "stopping, 2026-11-01T00:00:00Z",
    "stopped, 2026-11-01T00:00:00Z",
    "pending, 2026-11-22T02:59:00Z",
    "running, 2026-11-22T02:59:00Z"
  })
  void oneOfAnInstanceThatWasStoppedMeanwhileSaysNothingOfTheDocument(
      String state, String launchedAt) {
    assertThatThrownBy(() -> undelivered(state, launchedAt))
        .isInstanceOf(InstanceBusyException.class)
        .hasMessageStartingWith("the instance was stopped or started since it was inspected: ");
  }

  @Test
  void oneOfAnInstanceThatRanThroughoutDecides() {
    assertThatThrownBy(() -> undelivered("running", LAUNCHED_AT))
        .isInstanceOf(ScriptFailedException.class);
  }
}
