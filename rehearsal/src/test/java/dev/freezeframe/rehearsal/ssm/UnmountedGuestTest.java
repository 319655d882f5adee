package dev.freezeframe.rehearsal.ssm;

import static dev.freezeframe.rehearsal.ssm.RunCommand.RUN_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;

/** A guest whose document holds file systems by unmounting them. */
class UnmountedGuestTest {
  private static final String DOCUMENT =
      """
      schemaVersion: "2.2"
      description: Unmounts, as far as a rehearsal knows
      parameters:
        executionId: {type: String, default: None}
        command: {type: String, default: dry-run}
        autoMountSeconds: {type: String, default: "120"}
      mainSteps:
        - action: aws:runShellScript
          name: run_script
          inputs:
            runCommand: ["echo FREEZEFRAME event=frozen document=unmount"]
      """;

  private final RunCommand run = new RunCommand();

  UnmountedGuestTest() {
    run.ssm.putDocument("unmounting", DOCUMENT);
  }

  @AfterEach
  void close() {
    run.close();
  }

  private GetCommandInvocationResponse run(String command) {
    return run.run("unmounting", command, RUN_1);
  }

  private static String events(GetCommandInvocationResponse answer) {
    return answer
        .standardOutputContent()
        .lines()
        .map(line -> line.replaceFirst("FREEZEFRAME event=([a-z-]+) .*", "$1"))
        .collect(Collectors.joining(" "));
  }

  @Test
  void aPreScriptUnmountsAndAPostScriptMounts() {
    GetCommandInvocationResponse pre = run("pre-script");
    assertThat(events(pre)).startsWith("armed unmounting freezing frozen held");
    assertThat(run.guest().unmounted()).isTrue();
    assertThat(run.guest().frozen()).isTrue();

    assertThat(events(run("post-script"))).isEqualTo("thawing mounted thawed");
    assertThat(run.guest().unmounted()).isFalse();
  }

  @Test
  void itsTimerMountsAfterTheTimeThatItsOwnParameterSays() {
    run("pre-script");
    run.stage.pass(Duration.ofSeconds(110));
    assertThat(run.guest().unmounted()).isTrue();

    run.stage.pass(Duration.ofSeconds(20));
    assertThat(run.guest().unmounted()).isFalse();
  }

  @Test
  void aBusyMountIsLeftAsItIs() {
    run.busy = true;

    run.assertExit(run("dry-run"), 206);
    GetCommandInvocationResponse pre = run("pre-script");
    run.assertExit(pre, 201);
    assertThat(events(pre)).isEqualTo("armed unmounting freezing mounted failed");
    assertThat(run.guest().unmounted()).isFalse();
  }

  @Test
  void noOtherDocumentMeetsABusyMount() {
    run.busy = true;

    run.assertExit(run.run("pre-script", RUN_1), 0);
    assertThat(run.guest().unmounted()).isFalse();
    assertThat(run.guest().frozen()).isTrue();
  }
}
