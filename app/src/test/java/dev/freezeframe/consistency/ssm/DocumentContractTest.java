package dev.freezeframe.consistency.ssm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.freezeframe.consistency.script.Script;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentContractTest {
  private JsonNode template;

  @BeforeEach
  void readTheTemplateOfDlm() throws IOException {
    try (InputStream file = getClass().getResourceAsStream("/documents/dlm-template.yaml")) {
      template = new YAMLMapper().readTree(file);
    }
  }

  @Test
  void theTemplateOfDlmKeepsIt() {
    assertThat(DocumentContract.breaches(template)).isEmpty();
    assertThat(DocumentContract.stamps(template.toString())).isFalse();
    for (Script script : Script.values()) {
      assertThat(DocumentContract.runs(template, "Linux", script)).isTrue();
      assertThat(DocumentContract.runs(template, "Windows", script)).isFalse();
    }
  }

  @Test
  void aDocumentWithACommandOfItsOwnBesidesKeepsIt() {
    ((ArrayNode) template.path("parameters").path("command").path("allowedValues")).add("status");

    assertThat(DocumentContract.breaches(template)).isEmpty();
  }

  @Test
  void aDocumentWithoutDryRunBreaksIt() {
    ((ObjectNode) template.path("parameters").path("command"))
        .putArray("allowedValues")
        .add("pre-script")
        .add("post-script");

    assertThat(DocumentContract.breaches(template))
        .containsExactly(
            "allowedValues of command are [post-script, pre-script],"
                + " expected [dry-run, post-script, pre-script] among them");
  }

  @Test
  void everyBreachIsNamed() {
    assertThat(DocumentContract.breaches(new YAMLMapper().createObjectNode()))
        .containsExactly(
            "schemaVersion is '', expected '2.2'",
            "there is no parameter executionId",
            "there is no parameter command");
  }

  @ParameterizedTest(name = "{0} on {1}: pre-script {2}, post-script {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {StringEquals: [platformType, Linux]}                    | Linux   | true  | true
          {StringEquals: [linux, platformType]}                    | Linux   | true  | true
          {StringEquals: [platformType, Linux]}                    | Windows | false | false
          {StringEquals: ["{{ command }}", pre-script]}            | Linux   | true  | false
          {StringEquals: [post-script, "{{command}}"]}             | Linux   | false | true
          {StringEquals: ["{{ command }}-{{ mode }}", pre-script-full]} | Linux | true | false
          {StringEquals: ["{{ mode }}", full]}                     | Linux   | true  | true
          {StringEquals: ["{{ executionId }}", None]}              | Linux   | false | false
          {StringEquals: [Linux, Linux]}                           | Linux   | false | false
          {StringEquals: [Linux, full]}                            | Linux   | false | false
          {StringEquals: [platformType, platformType]}             | Linux   | false | false
          {StringEquals: [platformType, "{{ mode }}"]}             | Linux   | false | false
          {StringEquals: [platformType, Linux, Windows]}           | Linux   | false | false
          {StringLike: [platformType, Linux]}                      | Linux   | false | false
          {}                                                       | Linux   | true  | true
          """)
  void aStepRunsWhereTheAgentWouldRunIt(
      String precondition, String platform, boolean pre, boolean post) throws IOException {
    JsonNode document =
        new YAMLMapper()
            .readTree(
                "parameters: {executionId: {default: None}, command: {default: dry-run},"
                    + " mode: {default: full}}\n"
                    + "mainSteps: [{action: aws:downloadContent, precondition: %s}]"
                        .formatted(precondition));

    assertThat(DocumentContract.runs(document, platform, Script.PRE_SCRIPT)).isEqualTo(pre);
    assertThat(DocumentContract.runs(document, platform, Script.POST_SCRIPT)).isEqualTo(post);
  }
}
