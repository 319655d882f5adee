package dev.freezeframe.infra.iam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.infra.Json;
import dev.freezeframe.infra.Resource;
import dev.freezeframe.infra.Synthesized;
import dev.freezeframe.infra.settings.Setting;
import dev.freezeframe.infra.workflow.StateMachineFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.assertions.Template;

/** The stack in China and in GovCloud, whose ARNs begin otherwise. */
class PartitionsTest {
  private static final String ANY = "<partition>";

  /** Not what a script compares with: {@code arn:*}. */
  private static final Pattern ARN = Pattern.compile("\\barn:[\\w<$][^\"\\s]*");

  private static final Pattern REGION =
      Pattern.compile(
          "\\b(af|ap|ca|cn|eu|il|me|mx|sa|us)(-gov|-iso\\w?)?"
              + "-(north|south|east|west|central)(east|west)?-\\d\\b");

  /** IAM knows a service under this name in every partition. */
  private static final Pattern PRINCIPAL =
      Pattern.compile("new ServicePrincipal\\(\"\\w+\\.amazonaws\\.com\"\\)");

  /** Step Functions' own verbs, as the files have them; {@link StateMachineFile} replaces these. */
  private static final Pattern INTEGRATION = Pattern.compile("\"arn:aws:states:::[\\w:.-]*\"");

  private static final Map<String, JsonNode> TEMPLATES = new TreeMap<>();

  private static JsonNode template(String region) {
    return TEMPLATES.computeIfAbsent(region, PartitionsTest::synthesize);
  }

  private static JsonNode synthesize(String region) {
    String environments = "[{\"account\":\"111122223333\",\"region\":\"%s\"}]".formatted(region);
    Map<String, Object> context = Map.of(Setting.ENVIRONMENTS.key(), environments);
    return Json.tree(Template.fromStack(Synthesized.with(context)).toJSON());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cn-north-1", "us-gov-west-1"})
  void everyArnIsOfThePartitionThatTheStackIsIn(String region) {
    List<String> arns = new ArrayList<>();
    collect(template(region), arns);

    assertThat(arns).hasSizeGreaterThan(20).allMatch(arn -> arn.startsWith("arn:" + ANY + ":"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cn-north-1", "us-gov-west-1"})
  void everyServiceIsTrustedUnderTheNameThatHoldsInEveryPartition(String region) {
    Set<String> services = new TreeSet<>();
    for (JsonNode principal : template(region).findValues("Principal")) {
      services.addAll(Resource.texts(principal.path("Service")));
    }

    assertThat(services)
        .contains("lambda.amazonaws.com", "states.amazonaws.com", "scheduler.amazonaws.com")
        .allMatch(service -> service.matches("\\w+\\.amazonaws\\.com"));
  }

  /** AWS's pages on what Lambda lacks there; docs/deploying.md names them. */
  @Test
  void whatLambdaLacksInAPartitionIsLeftOutThere() {
    JsonNode conditions = Synthesized.flattened().get("Conditions");

    assertThat(conditions.get("LambdaHasNoTraces").toString())
        .isEqualTo("{\"Fn::Equals\":[{\"Ref\":\"AWS::Partition\"},\"aws-cn\"]}");
    assertThat(conditions.get("LambdaHasNoJsonLogs").toString())
        .isEqualTo("{\"Fn::Equals\":[{\"Ref\":\"AWS::Partition\"},\"aws-us-gov\"]}");
  }

  @Test
  void noSourceNamesAPartitionOrARegion() throws IOException {
    List<String> nailed = new ArrayList<>();
    for (String folder : List.of("app/src/main", "infra/src/main", "statemachines")) {
      try (Stream<Path> files = Files.walk(Synthesized.ROOT.resolve(folder))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          nailed.addAll(nailed(file));
        }
      }
    }

    assertThat(nailed).isEmpty();
  }

  private static List<String> nailed(Path file) throws IOException {
    return Files.readString(file)
        .lines()
        .map(line -> PRINCIPAL.matcher(line).replaceAll("principal"))
        .map(line -> INTEGRATION.matcher(line).replaceAll("integration"))
        .filter(
            line ->
                line.contains("arn:aws")
                    || line.contains("amazonaws.com")
                    || REGION.matcher(line).find())
        .map(line -> file.getFileName() + ": " + line.strip())
        .toList();
  }

  /** Every ARN that stands somewhere in a text, up to its end. */
  private static void collect(JsonNode value, List<String> arns) {
    if (value.isTextual() || value.has("Fn::Join") || value.has("Fn::Sub")) {
      String text =
          Resource.text(value)
              .replace("<Partition>", ANY)
              .replace("${" + StateMachineFile.PARTITION + "}", ANY)
              .replace("${AWS::Partition}", ANY);
      ARN.matcher(text).results().forEach(arn -> arns.add(arn.group()));
    } else {
      value.forEach(child -> collect(child, arns));
    }
  }
}
