package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A script that is killed with -9 at any of its steps leaves nothing frozen and nothing held. For
 * those of the databases see {@link DatabaseFailureContract}.
 */
@ParameterizedClass
@ValueSource(strings = {"ext4", "xfs"})
class KilledScriptTest {

  @Parameter String type;

  @TempDir Path folder;

  @Test
  void aPreScriptOfFilesystemMayDieAnywhere() {
    try (Volume first = new Volume(type);
        Volume second = new Volume(type)) {
      assertThat(filesystem(first, second, 2).preScripts()).isGreaterThan(15);
    }
  }

  @Test
  void aPostScriptOfFilesystemMayDieAnywhere() {
    try (Volume first = new Volume(type);
        Volume second = new Volume(type)) {
      assertThat(filesystem(first, second, 5).postScripts()).isGreaterThan(8);
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
    try (Volume volume = new Volume(type)) {
      assertThat(template(volume, 15).preScripts()).isGreaterThan(15);
    }
  }

  @Test
  void aPostScriptOfAFilledInTemplateMayDieAnywhere() {
    try (Volume volume = new Volume(type)) {
      assertThat(template(volume, 15).postScripts()).isGreaterThan(8);
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
