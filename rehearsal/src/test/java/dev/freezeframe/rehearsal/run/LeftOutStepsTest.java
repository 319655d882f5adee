package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The agent leaves out a step without its plugin, and counts that as a success. */
class LeftOutStepsTest {

  @Test
  void aDocumentWhoseStepsNeedAShellHoldsNoWindows() {
    InstanceReport report = Cases.play("step-left-out", "windows.yaml", "windows.json");

    assertThat(report.consistency()).contains("UNKNOWN");
    assertThat(report.reason()).contains("the agent leaves out the steps 'pre', 'post'");
  }

  @Test
  void aStepThatNeedsPowerShellFailsWhereThereIsNone() {
    InstanceReport report = Cases.play("step-left-out", "linux.yaml", "linux.json");

    assertThat(report.consistency()).contains("CRASH");
    assertThat(report.reason()).contains("pwsh: no such file or directory");
  }
}
