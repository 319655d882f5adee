package dev.freezeframe.rehearsal.states;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StateMachineFilesTest {

  static List<Path> files() throws IOException {
    try (Stream<Path> files =
        Files.list(Path.of(System.getProperty("freezeframe.root"), "statemachines"))) {
      return files.filter(file -> file.toString().endsWith(".asl.json")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyFileIsValidAmazonStatesLanguage(Path file) throws Exception {
    assertThat(AslValidator.validate(file)).isEmpty();
  }
}
