package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShellcheckTest {

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WINDOWS_VSS")
  void shellcheckHasNothingToSayOfAScript(SsmDocument document) throws IOException {
    Machine.needs(Shell.has("shellcheck"), "shellcheck is not installed");
    Path script = folder.resolve(document.fileName() + ".sh");
    Files.writeString(script, DocumentYaml.of(document).script(Map.of()));
    assertThat(Shell.run("shellcheck", "--shell=bash", script.toString()))
        .isEqualTo(new Answer(0, ""));
  }

  @Test
  void shellcheckHasNothingToSayOfTheProgramThatStartsTheTests() {
    Machine.needs(Shell.has("shellcheck"), "shellcheck is not installed");
    assertThat(Shell.run("shellcheck", "src/test/bin/java")).isEqualTo(new Answer(0, ""));
  }
}
