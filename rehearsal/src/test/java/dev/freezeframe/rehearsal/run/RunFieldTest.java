package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunFieldTest {
  @Test
  void thePageOnRehearsalsNamesEveryFieldToo() throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("freezeframe.root"), "docs/rehearsal.md"));
    String fields = page.substring(page.indexOf("## run.json"), page.indexOf("## report.html"));

    assertThat(RunField.ALL)
        .extracting(RunField::path)
        .allSatisfy(
            path -> {
              String name = path.substring(path.lastIndexOf('.') + 1).replace("[]", "");
              assertThat(fields).containsPattern("[`.]" + name + "\\b");
            });
  }

  @Test
  void aFieldIsSetInBelowTheOneThatItLiesIn() {
    assertThat(List.of("runs[]", "runs[].instances[]", "runs[].instances[].states[]"))
        .map(path -> new RunField(path, "meaning").indented())
        .containsExactly("runs[]", "  instances[]", "    states[]");
  }
}
