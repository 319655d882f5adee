package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A validation of file systems that is killed with -9 at any of its steps leaves nothing mounted.
 */
class DrillKilledTest {

  private Volume first;
  private Volume second;
  private DrillInstance instance;

  @BeforeEach
  void launch() {
    first = new Volume("ext4");
    second = new Volume("xfs");
    instance = new DrillInstance();
    DrillFilesystemTest.held(
        () -> {
          instance.attach(first);
          instance.attach(second);
        },
        first,
        second);
    instance.program("check", "exit 0");
  }

  @AfterEach
  void terminate() {
    instance.close();
    second.close();
    first.close();
  }

  private DrillKillTrial trial() {
    return new DrillKillTrial(
        instance, () -> instance.guest(SsmDocument.DRILL_FILESYSTEM).with("script", "check"), 12);
  }

  @Test
  void aWorkerMayDieAnywhere() {
    assertThat(trial().workers()).isGreaterThan(40);
  }

  @Test
  void aDocumentMayDieAnywhere() {
    assertThat(trial().documents()).isGreaterThan(40);
  }
}
