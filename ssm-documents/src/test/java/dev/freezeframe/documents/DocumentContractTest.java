package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentContractTest {

  private static final String UUIDS =
      "^(None|[a-fA-F0-9]{8}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{12})$";

  @ParameterizedTest
  @EnumSource
  void aDocumentIsSmallEnoughForSsm(SsmDocument document) {
    // Systems Manager takes 64 KB.
    assertThat(document.content().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(60_000);
  }

  @ParameterizedTest
  @MethodSource("dev.freezeframe.documents.SsmDocument#ofScripts")
  void aDocumentKeepsTheContractOfDataLifecycleManager(SsmDocument document) {
    DocumentYaml yaml = DocumentYaml.of(document);
    assertThat(yaml.root().path("schemaVersion").asText()).isEqualTo("2.2");
    JsonNode execution = yaml.parameters().path("executionId");
    assertThat(execution.path("type").asText()).isEqualTo("String");
    assertThat(execution.path("default").asText()).isEqualTo("None");
    assertThat(execution.path("allowedPattern").asText()).isEqualTo(UUIDS);
    JsonNode command = yaml.parameters().path("command");
    assertThat(command.path("type").asText()).isEqualTo("String");
    assertThat(command.path("default").asText()).isEqualTo("dry-run");
    assertThat(texts(command.path("allowedValues")))
        .containsExactlyInAnyOrder("pre-script", "post-script", "dry-run");
  }

  @ParameterizedTest
  @EnumSource(names = "DRILL_.*", mode = EnumSource.Mode.MATCH_ALL)
  void aDrillDocumentHasCommandsThatNoScriptOfAPolicyIsSentWith(SsmDocument document) {
    DocumentYaml yaml = DocumentYaml.of(document);
    JsonNode execution = yaml.parameters().path("executionId");
    assertThat(execution.path("default").asText()).isEqualTo("None");
    assertThat(execution.path("allowedPattern").asText()).isEqualTo(UUIDS);
    JsonNode command = yaml.parameters().path("command");
    assertThat(command.path("default").asText()).isEqualTo("dry-run");
    assertThat(texts(command.path("allowedValues"))).containsExactly("dry-run", "validate");
    JsonNode members = yaml.parameters().path("members");
    assertThat(members.has("default")).as("nobody guesses them").isFalse();
    assertThat(members.path("allowedPattern").asText())
        .isEqualTo("^(vol-[0-9a-f]{17}:/dev/[a-z0-9]{2,8},?){1,40}$");
  }

  @ParameterizedTest
  @EnumSource
  void noParameterCanSmuggleInACommand(SsmDocument document) {
    DocumentYaml.of(document)
        .parameters()
        .properties()
        .forEach(
            entry -> {
              JsonNode parameter = entry.getValue();
              assertThat(parameter.path("description").asText()).as(entry.getKey()).isNotEmpty();
              assertThat(
                      !parameter.has("default")
                          || DocumentYaml.accepts(parameter, parameter.path("default").asText()))
                  .as("the default of " + entry.getKey())
                  .isTrue();
              if (!entry.getKey().equals("command")) { // DLM's own has allowedValues only
                assertThat(parameter.path("allowedPattern").asText())
                    .as(entry.getKey())
                    .startsWith("^")
                    .endsWith("$");
              }
              String start = parameter.path("default").asText();
              for (String hostile :
                  List.of(
                      "'", "\"", "`", "$(", "$", ";", "&", "|", "<", ">", "\\", "\n", "*", "{")) {
                for (String value : List.of(hostile, start + hostile, "/data" + hostile + "/a")) {
                  assertThat(DocumentYaml.accepts(parameter, value))
                      .as(entry.getKey() + "=" + value)
                      .isFalse();
                }
              }
            });
  }

  @ParameterizedTest
  @EnumSource
  void aStepNamesItsPlatformAndTheTimeThatItMayTake(SsmDocument document) {
    JsonNode step = DocumentYaml.of(document).step();
    boolean windows = document == SsmDocument.WINDOWS_VSS;
    assertThat(step.path("action").asText())
        .isEqualTo(windows ? "aws:runPowerShellScript" : "aws:runShellScript");
    assertThat(texts(step.path("precondition").path("StringEquals")))
        .containsExactly("platformType", windows ? "Windows" : "Linux");
    assertThat(step.path("inputs").path("timeoutSeconds").asText()).matches("[0-9]+");
  }

  @ParameterizedTest
  @EnumSource
  void everythingBetweenDoubleBracesIsAParameter(SsmDocument document) {
    DocumentYaml yaml = DocumentYaml.of(document);
    Matcher reference =
        Pattern.compile("\\{\\{(.*?)}}").matcher(yaml.root().path("mainSteps").toString());
    while (reference.find()) {
      String name = reference.group(1).trim();
      assertThat(yaml.parameters().has(name)).as(name).isTrue();
      assertThat(reference.group(1)).isEqualTo(" " + name + " ");
    }
    assertThat(yaml.script(Map.of())).doesNotContain("{{", "# include ");
  }

  @ParameterizedTest
  @EnumSource
  void theHeaderNamesEveryParameter(SsmDocument document) {
    String header =
        document.content().lines().takeWhile(line -> line.startsWith("#")).toList() + "";
    DocumentYaml.of(document)
        .parameters()
        .fieldNames()
        .forEachRemaining(name -> assertThat(header).contains(name));
    assertThat(header).contains("Exit codes");
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }
}
