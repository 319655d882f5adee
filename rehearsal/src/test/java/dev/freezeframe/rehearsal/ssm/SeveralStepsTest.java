package dev.freezeframe.rehearsal.ssm;

import static dev.freezeframe.rehearsal.ssm.RunCommand.FIRST;
import static dev.freezeframe.rehearsal.ssm.RunCommand.RUN_1;
import static dev.freezeframe.rehearsal.ssm.RunCommand.RUN_2;
import static dev.freezeframe.rehearsal.ssm.RunCommand.WINDOWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.consistency.marker.ScriptMarkers;
import dev.freezeframe.consistency.script.DocumentVersion;
import dev.freezeframe.consistency.script.Script;
import dev.freezeframe.consistency.script.ScriptOrder;
import dev.freezeframe.consistency.script.ScriptRun;
import dev.freezeframe.consistency.ssm.SsmScriptRunner;
import dev.freezeframe.rehearsal.instance.ScriptBehavior;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.CommandPlugin;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.InvalidPluginNameException;

/** Documents of several steps run as the agent runs them, and are answered as AWS answers. */
class SeveralStepsTest {
  private static final String HEAD =
      """
      schemaVersion: '2.2'
      parameters:
        executionId: {type: String, default: None}
        command:
          type: String
          default: dry-run
          allowedValues: [pre-script, post-script, dry-run]
      mainSteps:
      """;

  private final RunCommand run = new RunCommand();

  @AfterEach
  void close() {
    run.close();
  }

  private static String step(String name, String script, String... more) {
    return """
        - action: aws:runShellScript
          name: %s
          inputs:
            runCommand: ['%s']
        """
            .formatted(name, script)
        + String.join("", more);
  }

  private String document(String... steps) {
    run.ssm.putDocument("several", HEAD + String.join("", steps));
    return "several";
  }

  private List<CommandPlugin> plugins(String commandId, String instance) {
    return run.stage
        .call(
            () ->
                run.ssm.listCommandInvocations(
                    r -> r.commandId(commandId).instanceId(instance).details(true)))
        .commandInvocations()
        .get(0)
        .commandPlugins();
  }

  private List<String> ran(String command) {
    String id = run.send("several", command, RUN_1);
    run.stage.pass(Duration.ofSeconds(5));
    return plugins(id, FIRST).stream()
        .map(
            plugin ->
                plugin.name()
                    + " "
                    + (plugin.output().contains("skipped due to")
                        ? "left out"
                        : plugin.responseCode().toString()))
        .toList();
  }

  @Test
  void aFailedStepDoesNotKeepTheNextFromRunning() {
    document(step("freeze", "fsfreeze -f /data"), step("report", "date"));
    run.fates(new ScriptBehavior.Exits(201));

    assertThat(ran("pre-script")).containsExactly("freeze 201", "report 0");
  }

  @Test
  void onFailureInTheInputsEndsTheDocument() {
    document(
        step("freeze", "fsfreeze -f /data", "    onFailure: exit\n"),
        step("report", "date"),
        step("clean", "date", "    finallyStep: true\n"));
    run.fates(new ScriptBehavior.Exits(201));

    assertThat(ran("pre-script")).containsExactly("freeze 201", "report left out", "clean 0");
  }

  @Test
  void onFailureBesideTheInputsMeansNothing() {
    document(step("freeze", "fsfreeze -f /data", "  onFailure: exit\n"), step("report", "date"));
    run.fates(new ScriptBehavior.Exits(201));

    assertThat(ran("pre-script")).containsExactly("freeze 201", "report 0");
  }

  @Test
  void aFailureMayBePardonedAndEndTheDocument() {
    document(
        step("freeze", "fsfreeze -f /data", "    onFailure: successAndExit\n"),
        step("report", "date"));
    run.fates(new ScriptBehavior.Exits(201));
    String id = run.send("several", "pre-script", RUN_1);
    run.stage.pass(Duration.ofSeconds(5));

    assertThat(run.answer(id).statusAsString()).isEqualTo("Success");
    assertThat(plugins(id, FIRST)).extracting(CommandPlugin::responseCode).containsExactly(168, 0);
  }

  @Test
  void aStepOfAnotherPlatformOrCommandIsLeftOut() {
    document(
        step("windows", "date", "  precondition: {StringEquals: [platformType, Windows]}\n"),
        step(
            "freeze",
            "fsfreeze -f /data",
            "  precondition: {StringEquals: ['{{ command }}', pre-script]}\n"),
        step("always", "date"));

    assertThat(ran("dry-run")).containsExactly("windows left out", "freeze left out", "always 0");
    assertThat(run.guest().frozen()).isFalse();
    assertThat(ran("pre-script")).containsExactly("windows left out", "freeze 0", "always 0");
    assertThat(run.guest().frozen()).isTrue();
  }

  @Test
  void ofSeveralStepsNothingIsToldButTheStatusUnlessOneIsNamed() {
    document(step("freeze", "fsfreeze -f /data"), step("report", "date"));
    run.fates(new ScriptBehavior.Exits(201));
    String id = run.send("several", "pre-script", RUN_1);
    run.stage.pass(Duration.ofSeconds(5));

    GetCommandInvocationResponse whole = run.answer(id);
    assertThat(whole.statusAsString()).isEqualTo("Failed");
    assertThat(whole.responseCode()).isEqualTo(-1);
    assertThat(whole.standardOutputContent()).isEmpty();
    assertThat(named(id, "freeze").responseCode()).isEqualTo(201);
    assertThat(named(id, "report").responseCode()).isZero();
    assertThatThrownBy(() -> named(id, "thaw")).isInstanceOf(InvalidPluginNameException.class);
  }

  private GetCommandInvocationResponse named(String id, String step) {
    return run.stage.call(
        () ->
            run.ssm.getCommandInvocation(r -> r.commandId(id).instanceId(FIRST).pluginName(step)));
  }

  @Test
  void ourDocumentForWindowsFreezesForTenSecondsAtMost() {
    run.ssm.putDocument("windows", dev.freezeframe.documents.SsmDocument.WINDOWS_VSS.deployed());

    ScriptRun refused = onWindows(Script.POST_SCRIPT, RUN_1);
    assertThat(refused.exitCode()).isEqualTo(205);
    assertThat(refused.ending()).isEqualTo(ScriptRun.Ending.FAILED);
    ScriptRun pre = onWindows(Script.PRE_SCRIPT, RUN_2);
    assertThat(pre.succeeded()).as(pre.outputTail()).isTrue();
    assertThat(ScriptMarkers.of(pre.outputTail()).at("frozen")).isPresent();
    assertThat(run.ssm.guest(WINDOWS).frozen()).isTrue();
    run.stage.pass(Duration.ofSeconds(11));
    assertThat(run.ssm.guest(WINDOWS).frozen()).isFalse();
    assertThat(onWindows(Script.POST_SCRIPT, RUN_2).exitCode()).isEqualTo(203);
  }

  private ScriptRun onWindows(Script script, String executionId) {
    SsmScriptRunner runner =
        new SsmScriptRunner(run.ssm, run.ssm, run.stage.time.clock(), run.stage.time::pause);
    ScriptOrder order =
        new ScriptOrder(
            new InstanceId(WINDOWS),
            new DocumentVersion("windows", "", "", true),
            script,
            new AttemptId(executionId),
            Duration.ofSeconds(60));
    return run.stage.call(() -> runner.run(order));
  }
}
