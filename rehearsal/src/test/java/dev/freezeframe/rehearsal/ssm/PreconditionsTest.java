package dev.freezeframe.rehearsal.ssm;

import static dev.freezeframe.rehearsal.ssm.RunCommand.FIRST;
import static dev.freezeframe.rehearsal.ssm.RunCommand.RUN_1;
import static dev.freezeframe.rehearsal.ssm.RunCommand.WINDOWS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.freezeframe.consistency.script.Script;
import dev.freezeframe.consistency.ssm.DocumentContract;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.UnsupportedPlatformTypeException;

/** What the inspection of a document says of its steps is what the agent does with them. */
class PreconditionsTest {
  private static final String DOCUMENT =
      """
      schemaVersion: '2.2'
      parameters:
        executionId: {type: String, default: None}
        mode: {type: String, default: full}
        command: {type: String, default: dry-run, allowedValues: [pre-script, post-script, dry-run]}
      mainSteps:
      - action: "aws:downloadContent"
        name: only
        precondition: %s
        inputs: {destinationPath: "date # freezeframe-rehearsal: holds=none"}
      """;

  private final RunCommand run = new RunCommand();

  @AfterEach
  void close() {
    run.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{StringEquals: [platformType, Linux]}",
        "{StringEquals: [windows, platformType]}",
        "{StringEquals: ['{{ command }}', pre-script]}",
        "{StringEquals: [post-script, '{{command}}']}",
        "{StringEquals: ['{{ command }}-{{ mode }}', pre-script-full]}",
        "{StringEquals: ['{{ executionId }}', None]}",
        "{StringEquals: [Linux, Linux]}",
        "{StringEquals: [Linux, full]}",
        "{StringEquals: [platformType, '{{ mode }}']}",
        "{StringEquals: [platformType, Linux, Windows]}",
        "{StringLike: [platformType, Linux]}"
      })
  void theAgentRunsAStepWhereTheInspectionSaysSo(String precondition) throws IOException {
    String document = DOCUMENT.formatted(precondition);
    run.ssm.putDocument("conditional", document);
    for (Script script : List.of(Script.PRE_SCRIPT, Script.POST_SCRIPT)) {
      for (String instance : List.of(FIRST, WINDOWS)) {
        String platform = instance.equals(FIRST) ? "Linux" : "Windows";

        assertThat(ran(instance, script))
            .as("%s on %s", script, platform)
            .isEqualTo(
                DocumentContract.runs(new YAMLMapper().readTree(document), platform, script));
      }
    }
  }

  /** A step that fails before it runs has no output; one that is left out says so. */
  private boolean ran(String instance, Script script) {
    GetCommandInvocationResponse answer;
    try {
      String id =
          run.send(
              SendCommandRequest.builder()
                  .documentName("conditional")
                  .instanceIds(instance)
                  .timeoutSeconds(30)
                  .parameters(
                      Map.of("command", List.of(script.parameter()), "executionId", List.of(RUN_1)))
                  .build());
      run.stage.pass(Duration.ofSeconds(3));
      answer =
          run.stage.call(
              () -> run.ssm.getCommandInvocation(r -> r.commandId(id).instanceId(instance)));
    } catch (UnsupportedPlatformTypeException refused) {
      return false;
    }
    return answer.responseCode() == 0 && !answer.standardOutputContent().contains("skipped due to");
  }
}
