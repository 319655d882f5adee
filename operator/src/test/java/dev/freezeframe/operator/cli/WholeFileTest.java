package dev.freezeframe.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir private Path folder;

  @Test
  void theFolderIsMadeAndNothingElseIsLeftInIt() throws IOException {
    Path file = folder.resolve("of mine").resolve("run.json");

    WholeFile.write(file, "page", "first");
    WholeFile.write(file, "page", "second");

    assertThat(file).hasContent("second");
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void whatCannotBeWrittenIsSaidAndNothingHalfWrittenIsLeft() throws IOException {
    Path taken = Files.writeString(folder.resolve("taken"), "by a file");

    assertThatThrownBy(() -> WholeFile.write(taken.resolve("run.json"), "page", "text"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("run.json could not be written: ");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(taken);
    }
  }

  @Test
  void aFolderIsNoPlaceForAFile() {
    assertThatThrownBy(() -> WholeFile.write(folder, "page", "text"))
        .isInstanceOf(BadInputException.class)
        .hasMessage(folder + " is a folder, expected a file to write the page to");
  }
}
