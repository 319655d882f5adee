package dev.freezeframe.operator.doctor.check.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Finding.Status;
import dev.freezeframe.operator.doctor.check.fleet.DocumentCheck.Document;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentCheckTest {
  private static final String NAME = "ours-hold";
  private static final Policy POLICY =
      new PolicyReader()
          .read(
              "p.yaml",
              """
              name: daily
              targets: [snapshot]
              schedule:
                cron: "0 3 * * ? *"
              scripts:
                document: ours-hold
              retention:
                days: 3
              """);
  private static final String GOOD =
      """
      schemaVersion: '2.2'
      parameters:
        executionId: {type: String}
        command: {type: String, allowedValues: [pre-script, post-script, dry-run]}
      mainSteps:
      - {action: aws:runShellScript, name: run, precondition: {StringEquals: [platformType, Linux]}}
      """;

  private static Finding check(Document document, String platform) {
    return DocumentCheck.of(
        POLICY,
        NAME,
        Asked.answer("ssm:GetDocument", Optional.of(document)),
        Set.of(platform),
        Optional.of(Set.of("freezeframe-mysql")));
  }

  private static Optional<JsonNode> parsed(String yaml) {
    try {
      return Optional.of(new YAMLMapper().readTree(yaml));
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException(broken);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Command    | Active   | 900   | Linux   | PASS | keeps the contract",
        "Automation | Active   | 900   | Linux   | FAIL | of type Automation, expected Command",
        "Command    | Updating | 900   | Linux   | FAIL | is Updating, expected Active",
        "Command    | Active   | 65537 | Linux   | FAIL | expected at most 65,536",
        "Command    | Active   | 900   | Windows | WARN | no step that runs on Windows with"
            + " command=pre-script",
      })
  void eachFactIsJudged(
      String type, String status, int bytes, String platform, Status judged, String words) {
    Finding finding =
        check(new Document("3", type, status, "0123456789abcdef", bytes, parsed(GOOD)), platform);

    assertThat(finding.status()).isEqualTo(judged);
    assertThat(finding.found()).contains(words);
  }

  @Test
  void aBrokenContractAndNoHashAndWhatIsNoDocumentFail() {
    assertThat(
            check(
                    new Document(
                        "3", "Command", "Active", "ab", 9, parsed(GOOD.replace("dry-run", "try"))),
                    "Linux")
                .found())
        .contains("breaks the contract");
    assertThat(check(new Document("3", "Command", "Active", "", 9, parsed(GOOD)), "Linux").found())
        .contains("states no hash");
    assertThat(
            check(new Document("3", "Command", "Active", "ab", 9, Optional.empty()), "Linux")
                .status())
        .isEqualTo(Status.FAIL);
  }

  @Test
  void oneThatIsNotThereFailsUnlessADeploymentBringsIt() {
    Asked<Optional<Document>> none = Asked.answer("ssm:DescribeDocument", Optional.empty());

    assertThat(DocumentCheck.of(POLICY, NAME, none, Set.of(), Optional.empty()).status())
        .isEqualTo(Status.FAIL);
    assertThat(
            DocumentCheck.of(POLICY, "freezeframe-mysql", none, Set.of(), Optional.empty())
                .status())
        .isEqualTo(Status.WARN);
    assertThat(
            DocumentCheck.of(
                    POLICY,
                    "freezeframe-mysq",
                    none,
                    Set.of(),
                    Optional.of(Set.of("freezeframe-mysql")))
                .todo())
        .contains("freezeframe-mysql");
  }
}
