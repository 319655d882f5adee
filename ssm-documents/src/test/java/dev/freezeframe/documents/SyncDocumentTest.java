package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
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
    StampShape.assertGolden(SsmDocument.SYNC, "dry-run", guest.dryRun());
    assertThat(guest.newFile("calls")).doesNotExist();
    Answer pre = guest.pre(Guest.newExecution());
    assertThat(pre.exitCode()).as(pre.output()).isZero();
    assertThat(pre.stamp("synced").values()).containsEntry("dropped-caches", "false");
    StampShape.assertGolden(SsmDocument.SYNC, "pre-script", pre);
    assertThat(Files.readString(guest.newFile("calls"))).isEqualTo("flushed\n");
    StampShape.assertGolden(SsmDocument.SYNC, "post-script", guest.post(Guest.newExecution()));
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

  @Test
  void cachesThatCannotBeDroppedAreFoundByADryRun() {
    try (Namespace namespace = new Namespace("8m")) {
      namespace.must("mount", "--bind", "-o", "ro", "/proc/sys", "/proc/sys");
      guest.in(namespace).with("dropCaches", "true");
      for (Answer answer : List.of(guest.dryRun(), guest.pre(Guest.newExecution()))) {
        assertThat(answer.exitCode()).as(answer.output()).isEqualTo(206);
        assertThat(answer.causes()).contains("/proc/sys/vm/drop_caches cannot be written");
      }
    }
  }
}
