package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SyncDocumentTest {

  private final Guest guest = new Guest(SsmDocument.SYNC);

  @AfterEach
  void close() {
    guest.close();
  }

  @Test
  void whatIsDirtyIsWrittenAndNothingIsHeld() throws IOException {
    guest.standIn("sync", "echo flushed >'" + guest.newFile("calls") + "'; exec /bin/sync");
    assertThat(guest.dryRun().events()).containsExactly("dry-run-ok");
    assertThat(guest.newFile("calls")).doesNotExist();
    Answer pre = guest.pre(Guest.newExecution());
    assertThat(pre.exitCode()).as(pre.output()).isZero();
    assertThat(pre.stamp("synced").values()).containsEntry("dropped-caches", "false");
    assertThat(Files.readString(guest.newFile("calls"))).isEqualTo("flushed\n");
    assertThat(guest.post(Guest.newExecution()).events()).containsExactly("nothing-held");
  }

  @Test
  void theCachesAreDroppedOnlyWhenThatIsAskedFor() {
    Answer pre = guest.with("dropCaches", "true").pre(Guest.newExecution());
    assertThat(pre.exitCode()).as(pre.output()).isZero();
    assertThat(pre.stamp("synced").values()).containsEntry("dropped-caches", "true");
  }

  @Test
  void aFlushThatFailsFailsThePreScript() {
    guest.standIn("sync", "echo 'sync: error: Input/output error' >&2; exit 1");
    Answer pre = guest.pre(Guest.newExecution());
    assertThat(pre.exitCode()).isEqualTo(201);
    assertThat(pre.causes()).contains("Input/output error");
  }
}
