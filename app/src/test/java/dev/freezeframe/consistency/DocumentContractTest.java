package dev.freezeframe.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
    assertThat(DocumentContract.runsOn(template, "Linux")).isTrue();
    assertThat(DocumentContract.runsOn(template, "Windows")).isFalse();
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

  @Test
  void aDocumentWithoutAPreconditionRunsEverywhereUnlessItIsPowerShell() throws IOException {
    JsonNode shell = new YAMLMapper().readTree("mainSteps: [{action: aws:runShellScript}]");
    JsonNode power = new YAMLMapper().readTree("mainSteps: [{action: aws:runPowerShellScript}]");

    assertThat(DocumentContract.runsOn(shell, "Linux")).isTrue();
    assertThat(DocumentContract.runsOn(power, "Linux")).isFalse();
    assertThat(DocumentContract.runsOn(power, "Windows")).isTrue();
  }
}
