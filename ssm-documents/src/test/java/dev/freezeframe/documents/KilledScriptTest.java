package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A script that is killed with -9 at any of its steps leaves nothing frozen and nothing held. For
 * those of the databases see {@link DatabaseFailureContract}.
 */
class KilledScriptTest {

  @TempDir Path folder;

  @Test
  void aPreScriptOfFilesystemMayDieAnywhere() {
    try (Volume first = new Volume("ext4");
        Volume second = new Volume("ext4")) {
      assertThat(filesystem(first, second, 1).preScripts()).isGreaterThan(15);
    }
  }

  @Test
  void aPostScriptOfFilesystemMayDieAnywhere() {
    try (Volume first = new Volume("ext4");
        Volume second = new Volume("ext4")) {
      assertThat(filesystem(first, second, 3).postScripts()).isGreaterThan(8);
    }
  }

  private static KillTrial filesystem(Volume first, Volume second, int stride) {
    return new KillTrial(
        () ->
            new Guest(SsmDocument.FILESYSTEM)
                .with("mountPoints", first.path() + "," + second.path()),
        () -> first.frozen() || second.frozen(),
        stride);
  }

  @Test
  void aPreScriptOfAFilledInTemplateMayDieAnywhere() {
    try (Volume volume = new Volume("ext4")) {
      assertThat(template(volume, 9).preScripts()).isGreaterThan(15);
    }
  }

  @Test
  void aPostScriptOfAFilledInTemplateMayDieAnywhere() {
    try (Volume volume = new Volume("ext4")) {
      assertThat(template(volume, 9).postScripts()).isGreaterThan(8);
    }
  }

  private KillTrial template(Volume volume, int stride) {
    Path mark = folder.resolve("held");
    return new KillTrial(
        () ->
            TemplateDocumentTest.filledIn(new Guest(SsmDocument.TEMPLATE), mark)
                .with("mountPoints", volume.path()),
        () -> Files.exists(mark) || volume.frozen(),
        stride);
  }
}
