package dev.freezeframe.rehearsal.states;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AslValidatorTest {
  @TempDir Path folder;

  @Test
  void aGoodFileWithPlaceholdersHasNothingWrong() throws IOException {
    assertThat(
            AslValidator.validate(
                write(
                    "{'StartAt':'Go','States':{'Go':{'Type':'Task',"
                        + "'Resource':'arn:aws:states:::lambda:invoke','Parameters':{"
                        + "'FunctionName':'${Go}',"
                        + "'Rule.$':'States.Format(\\'arn:aws:x:${Region}:{}\\', $.a)'},"
                        + "'TimeoutSeconds':60,'End':true}}}")))
        .isEmpty();
  }

  @Test
  void aFileThatNamesAMissingStateIsSaidToDoSo() throws IOException {
    assertThat(
            AslValidator.validate(
                write("{'StartAt':'Go','States':{'Go':{'Type':'Pass','Next':'Nowhere'}}}")))
        .anyMatch(line -> line.contains("MISSING_TRANSITION_TARGET"));
  }

  private Path write(String asl) throws IOException {
    return Files.writeString(
        folder.resolve("machine.asl.json"),
        asl.replace("\\'", "\u0001").replace('\'', '"').replace('\u0001', '\''));
  }
}
