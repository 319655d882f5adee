package dev.freezeframe.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The whole template against the one on file, so that no change of it goes unseen. What has files
 * and tests of its own is masked: code, state machines, documents, policies.
 *
 * <p>To accept a change: {@code mvn test -pl infra -am -Dfreezeframe.golden=write}
 */
class GoldenTemplateTest {
  private static final Path GOLDEN =
      Synthesized.ROOT.resolve("infra/src/test/resources/golden/template.json");

  @Test
  void theTemplateIsTheOneOnFile() throws IOException {
    String template = masked(Json.sorted(Synthesized.flattened()));
    if ("write".equals(System.getProperty("freezeframe.golden"))) {
      Files.writeString(GOLDEN, template);
    }

    assertThat(template).isEqualTo(Files.readString(GOLDEN));
  }

  private static String masked(JsonNode template) {
    ObjectNode resources = (ObjectNode) template.get("Resources");
    resources.remove("CDKMetadata");
    for (JsonNode resource : resources) {
      ObjectNode properties = (ObjectNode) resource.path("Properties");
      switch (resource.get("Type").asText()) {
        case "AWS::Lambda::Function" -> properties.put("Code", "<the jar>");
        case "AWS::StepFunctions::StateMachine" -> properties.put("DefinitionString", "<its file>");
        case "AWS::Scheduler::Schedule" ->
            ((ObjectNode) properties.get("Target")).put("Input", "<its policies>");
        case "AWS::SSM::Document" -> properties.put("Content", "<its file>");
        case "AWS::CloudWatch::Dashboard" -> properties.put("DashboardBody", "<widgets>");
        default -> {}
      }
    }
    return Json.pretty(template)
        .replaceAll("CurrentVersion[0-9A-F]{8}[0-9a-f]{32}", "CurrentVersion<hash>");
  }
}
