package dev.freezeframe.rehearsal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be seen only of a process: how it is interrupted, and whom it writes to. */
class RehearseProcessTest {
  @TempDir private Path folder;

  private Child rehearse(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xss512k",
                "-Dfreezeframe.progress=80",
                "-Dfreezeframe.root=" + System.getProperty("freezeframe.root"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--out",
                folder.resolve("results").toString()));
    command.addAll(List.of(arguments));
    return Child.start(new ProcessBuilder(command));
  }

  @Test
  void whoInterruptsItIsLeftWithNoFileAndNoStackTrace() throws Exception {
    try (Child rehearsal = rehearse("--days", "90")) {
      rehearsal.hear("backups have ended");
      rehearsal.interrupt();

      assertThat(rehearsal.status()).isEqualTo(130);
      assertThat(rehearsal.err())
          .doesNotContain("Exception", "\tat ")
          .endsWith(
              "\nInterrupted: nothing is written, %s is as it was.\n"
                  .formatted(folder.resolve("results")));
      assertThat(folder.resolve("results")).doesNotExist();
    }
  }

  @Test
  void whoReadsOneLineOnlyGetsTheFilesAllTheSame() throws Exception {
    try (Child rehearsal = rehearse()) {
      assertThat(rehearsal.firstLine()).startsWith("Daily at 04:00 Europe/Berlin");

      assertThat(rehearsal.err()).doesNotContain("Exception", "\tat ");
      assertThat(rehearsal.status()).isZero();
      try (var files = Files.list(folder.resolve("results"))) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .containsExactlyInAnyOrder("run.json", "report.html");
      }
    }
  }
}
