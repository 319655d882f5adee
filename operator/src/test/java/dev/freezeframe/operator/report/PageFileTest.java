package dev.freezeframe.operator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.operator.cli.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageFileTest {
  @TempDir private Path folder;

  @Test
  void aPageReplacesWhatStoodThereAndLeavesNothingBesideIt() throws IOException {
    Path file = Files.writeString(folder.resolve("report.html"), "before");

    PageFile.write(file, "after");

    assertThat(file).hasContent("after");
    assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
  }

  @Test
  void aPageThatCannotBeWrittenLeavesWhatStoodThere() throws IOException {
    Path file = Files.writeString(folder.resolve("report.html"), "before");
    Path inTheWay = Files.createDirectories(folder.resolve("report.html.part").resolve("full"));

    assertThatThrownBy(() -> PageFile.write(file, "after"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("report.html could not be written");
    assertThat(file).hasContent("before");
    assertThat(inTheWay).exists();
  }

  @Test
  void aFolderIsNoPlaceForAPage() {
    assertThatThrownBy(() -> PageFile.write(folder, "page"))
        .isInstanceOf(BadInputException.class)
        .hasMessage(folder + " is a folder, expected a file to write the page to");
  }
}
