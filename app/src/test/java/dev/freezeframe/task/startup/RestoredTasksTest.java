package dev.freezeframe.task.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.task.Inputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tasks of the freeze still have to load once SnapStart has restored them. */
class RestoredTasksTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"RunPreScript", "CreateSnapshots", "RunPostScript"})
  void nothingOfTheSdkAndNothingOfOursIsLoadedUpToTheFirstCall(String task) throws IOException {
    Path input = folder.resolve("input");
    Files.writeString(input, Inputs.whileFrozen(task).toString());
    Path log = folder.resolve("classes");
    StartUpWay way =
        Jdk.of(Path.of(System.getProperty("java.home")))
            .restored(System.getProperty("java.class.path"))
            .logging(log);

    StartUp start;
    try (StartUps starts = new StartUps(folder.resolve("errors"))) {
      start = starts.start(way.of(task, input), log, true);
    }

    assertThat(start.classes()).isNotEmpty();
    assertThat(start.classes().stream().filter(RestoredTasksTest::isOfTheTask)).isEmpty();
  }

  /** Lambdas are linked where they are first met, which costs little. */
  private static boolean isOfTheTask(String line) {
    List<String> ofTheTask = List.of(" software.amazon.awssdk.", " dev.freezeframe.");
    return ofTheTask.stream().anyMatch(line::contains)
        && !line.contains("Lambda")
        && !line.contains("TestContext");
  }
}
