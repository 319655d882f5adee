package dev.freezeframe.rehearsal.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterpreterFilesTest {

  @Test
  void aMissingInterpreterIsSaidWithWhatInstallsIt(@TempDir Path empty) {
    InterpreterFiles files = new InterpreterFiles(empty);

    assertThatThrownBy(() -> files.module(InterpreterFiles.INTERPRETER))
        .hasMessage(
            "expected the state machine interpreter at %s; run .mvn/node-tools, which installs it"
                .formatted(
                    empty.resolve(
                        Path.of(
                            "node_modules", "aws-local-stepfunctions", "build", "main.node.cjs"))));
  }

  @Test
  void modulesThatAreNeverCalledAreNotLoaded(@TempDir Path empty) {
    assertThat(new InterpreterFiles(empty).module("@aws-sdk/client-lambda")).isNull();
  }

  @Test
  void theRootIsARepository() {
    assertThat(RepositoryRoot.find().resolve(".mvn").resolve("node-tools")).exists();
  }
}
