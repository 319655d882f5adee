package dev.freezeframe.task.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.task.Inputs;
import dev.freezeframe.task.NoAws;
import dev.freezeframe.task.backup.BackupState.DryRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
