package dev.freezeframe.rehearsal.asl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpmFilesTest {

  @Test
  void aMissingInterpreterIsSaidWithWhatInstallsIt(@TempDir Path empty) {
    NpmFiles files = new NpmFiles(empty);

    assertThatThrownBy(() -> files.module(NpmFiles.INTERPRETER))
        .hasMessage(
            "expected the state machine interpreter at %s; run .mvn/node-tools, which installs it"
                .formatted(
                    empty.resolve(
                        Path.of(
                            "node_modules", "aws-local-stepfunctions", "build", "main.node.cjs"))));
  }

  @Test
  void modulesThatAreNeverCalledAreNotLoaded(@TempDir Path empty) {
    assertThat(new NpmFiles(empty).module("@aws-sdk/client-lambda")).isNull();
  }
}
