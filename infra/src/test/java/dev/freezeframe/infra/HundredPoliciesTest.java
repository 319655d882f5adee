package dev.freezeframe.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.infra.iam.TargetTags;
import dev.freezeframe.infra.settings.Setting;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Stage;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;

/**
 * A hundred policies, as many as Data Lifecycle Manager takes, each as large as it may be: with
 * names of 40 characters, 50 target tags of its own, 100 documents of 128 characters.
 */
class HundredPoliciesTest {
  private static final int POLICIES = 100;

  /** Of the 500 of a template, and of its 1,000,000 bytes. */
  private static final int RESOURCES = 450;

  private static final int BYTES = 800_000;

  /** The Scheduler's quota of an input is 256 KB. */
  private static final int INPUT = 256 * 1024;

  private static final List<String> TEMPLATES = new ArrayList<>();
  private static FreezeframeStack stack;
  private static JsonNode flattened;

  @BeforeAll
  static void synthesize() {
    List<Policy> policies =
        IntStream.range(0, POLICIES).mapToObj(HundredPoliciesTest::largest).toList();
    stack =
        Synthesized.of(
            Map.of(
                Setting.MAIL_TO.key(),
                "[\"ops@example.org\"]",
                Setting.DOCUMENTS.key(),
                policies.stream()
                    .map(policy -> policy.scripts().orElseThrow().document())
                    .toList()),
            policies);
    flattened = Flattened.of(stack);
    TEMPLATES.add(written(stack));
    Flattened.nested(stack).values().forEach(nested -> TEMPLATES.add(written(nested)));
  }

  /** As CDK writes it, and as it is sent. */
  private static String written(Stack stack) {
    try {
      return Files.readString(Path.of(Stage.of(stack).getOutdir(), stack.getTemplateFile()));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  /** All its tags together come to the 32 KB that a policy may have. */
  private static Policy largest(int number) {
    StringBuilder yaml = new StringBuilder();
    yaml.append("name: ").append(("policy-%02d-".formatted(number) + "n".repeat(40)), 0, 40);
    yaml.append("\nscripts:\n  document: ")
        .append(("doc-%02d-".formatted(number) + "d".repeat(128)), 0, 128);
    yaml.append("\ntargets:\n");
    for (int tag = 0; tag < 50; tag++) {
      yaml.append("  - {key: ")
          .append(("key-%02d-%02d-".formatted(number, tag) + "k".repeat(128)), 0, 128);
      yaml.append(", value: ").append("v".repeat(256)).append("}\n");
    }
    yaml.append("tags:\n  add:\n");
    for (int tag = 0; tag < 32; tag++) {
      yaml.append("    added-%02d-".formatted(tag)).append("a".repeat(119));
      yaml.append(": ").append("v".repeat(256)).append("\n");
    }
    return new PolicyReader().read("largest", yaml.toString());
  }

  private static Stream<Resource> flat(String type) {
    return Synthesized.resources(flattened, type).values().stream();
  }

  @Test
  void noTemplateComesNearTheLimitsOfCloudFormation() {
    assertThat(TEMPLATES).hasSize(7 + POLICIES);
    for (String template : TEMPLATES) {
      assertThat(Json.read(template).get("Resources").size()).isLessThan(RESOURCES);
      assertThat(template.getBytes(StandardCharsets.UTF_8).length).isLessThan(BYTES);
      assertThat(Json.read(template).path("Parameters").size()).isLessThan(200);
      assertThat(Json.read(template).path("Outputs").size()).isLessThan(200);
    }
  }

  @Test
  void everyPolicyHasItsScheduleAndItsAlarms() {
    assertThat(flat("AWS::Scheduler::Schedule").map(s -> s.property("/Name").asText()))
        .filteredOn(name -> name.startsWith("policy-"))
        .hasSize(POLICIES);
    assertThat(flat("AWS::CloudWatch::Alarm").map(a -> a.property("/AlarmName").asText()))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.length() <= 255)
        .filteredOn(name -> name.startsWith("freezeframe-policy-"))
        .hasSize(3 * POLICIES);
  }

  @Test
  void everyInputIsTakenByTheScheduler() {
    assertThat(flat("AWS::Scheduler::Schedule").map(s -> s.property("/Target/Input")))
        .hasSizeGreaterThan(POLICIES)
        .allMatch(input -> Resource.text(input).getBytes(StandardCharsets.UTF_8).length < INPUT);
    assertThat(
            flat("AWS::Scheduler::Schedule")
                .filter(s -> s.property("/Name").asText().contains("watch"))
                .map(s -> Json.read(s.property("/Target/Input").asText()).get("policies")))
        .singleElement()
        .satisfies(policies -> assertThat(policies).hasSize(POLICIES));
  }

  @Test
  void noRoleComesNearTheLimitsOfIam() {
    Map<String, Integer> own = new TreeMap<>();
    Map<String, Integer> managed = new TreeMap<>();
    flat("AWS::IAM::Policy")
        .forEach(
            policy ->
                Resource.texts(policy.property("/Roles"))
                    .forEach(role -> own.merge(role, length(policy), Integer::sum)));
    flat("AWS::IAM::ManagedPolicy")
        .forEach(
            policy -> {
              assertThat(length(policy)).isLessThanOrEqualTo(6_144);
              Resource.texts(policy.property("/Roles"))
                  .forEach(role -> managed.merge(role, 1, Integer::sum));
            });

    assertThat(own.values()).isNotEmpty().allMatch(length -> length <= 10_240);
    assertThat(managed.values()).isNotEmpty().allMatch(count -> count <= 10);
  }

  /** Without white space, filled in with what is longest of its kind. */
  private static int length(Resource policy) {
    String text = filledIn(policy.property("/PolicyDocument")).toString();
    return text.replaceAll("\\s", "").length();
  }

  private static JsonNode filledIn(JsonNode value) {
    Filled filled = new Filled();
    filled.created("AWS::Partition", "aws-us-gov");
    filled.created("AWS::Region", "ap-southeast-2");
    for (String type :
        Set.of(
            "AWS::Lambda::Alias",
            "AWS::StepFunctions::StateMachine",
            "AWS::DynamoDB::Table",
            "AWS::SQS::Queue",
            "AWS::IAM::Role",
            "AWS::Logs::LogGroup")) {
      Synthesized.resources(flattened, type)
          .keySet()
          .forEach(
              id -> {
                String arn = "arn:aws-us-gov:service:ap-southeast-2:111122223333:" + "x".repeat(80);
                filled.created(id, arn);
                filled.created(id, "Arn", arn);
              });
    }
    return filled.tree(value);
  }

  @Test
  void everyDocumentMayBeSentAndThawedWith() {
    for (String task : List.of("DryRunScript", "RunPreScript", "RunPostScript", "ThawAbandoned")) {
      assertThat(
              Grants.all(flattened).stream()
                  .filter(grant -> grant.role().startsWith("<Tasks" + task + "Role"))
                  .filter(grant -> grant.action().equals("ssm:SendCommand"))
                  .filter(grant -> grant.resource().contains(":document/doc-"))
                  .map(Grants.Grant::resource))
          .as(task)
          .hasSize(POLICIES);
    }
  }

  @Test
  void cdkNagFindsNothingAndWhatIsWiderThanTheTagsIsWarnedOf() {
    Annotations annotations = Annotations.fromStack(stack);

    assertThat(annotations.findError("*", Match.anyValue())).isEmpty();
    assertThat(annotations.findWarning("*", Match.anyValue())).hasSize(1);
    assertThat(
            annotations.findWarning(
                "*",
                Match.stringLikeRegexp(
                    "^freezeframe:targetTags of all policies have 5000 keys.*every instance of the"
                        + " account")))
        .hasSize(1);
  }

  /** One that is as large as it may be is still limited to its tags. */
  @Test
  void theLargestPolicyAloneIsLimitedToItsTags() {
    JsonNode template = Flattened.of(Synthesized.of(new HashMap<>(), List.of(largest(0))));

    for (String task : List.of("DryRunScript", "RunPreScript", "CreateSnapshots")) {
      List<String> conditions =
          Grants.all(template).stream()
              .filter(grant -> grant.role().startsWith("<Tasks" + task + "Role"))
              .filter(grant -> grant.resource().endsWith(":instance/*"))
              .map(Grants.Grant::conditions)
              .collect(Collectors.toList());
      assertThat(new TreeSet<>(conditions))
          .as(task)
          .hasSize(50)
          .allMatch(c -> c.contains("key-00-"));
    }
  }

  /** A hundred policies that tell instances apart by the values of one tag, as most do. */
  @Test
  void policiesThatShareAKeyAreLimitedToItsValues() {
    List<Policy> policies =
        IntStream.range(0, POLICIES)
            .mapToObj(
                number ->
                    new PolicyReader()
                        .read(
                            "p",
                            "name: p%d\ntargets: [backup=plan-%d]\n".formatted(number, number)))
            .toList();

    assertThat(new TargetTags(policies).breadth()).isEqualTo(TargetTags.Breadth.TAGS);
  }
}
