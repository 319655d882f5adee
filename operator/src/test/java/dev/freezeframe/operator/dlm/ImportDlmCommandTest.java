package dev.freezeframe.operator.dlm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.operator.cli.Commands;
import dev.freezeframe.policy.PolicyReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ImportDlmCommandTest {
  private static final Path RESOURCES = Path.of("src/test/resources/dlm");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int importDlm(String... arguments) {
    return Commands.prepare(new CommandLine(new ImportDlmCommand()))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private String fault(String json) throws IOException {
    Path file = Files.writeString(folder.resolve("dlm.json"), json);
    assertThat(importDlm(file.toString())).isEqualTo(Commands.BAD_INPUT);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).hasSize(1);
    return err.toString().strip().replace(file.toString(), "dlm.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "policy-details",
        "scripts",
        "everything",
        "vss",
        "default-policy",
        "default-policy-as-printed"
      })
  void aPolicyBecomesTheFileBesideIt(String name) throws IOException {
    assertThat(importDlm(RESOURCES.resolve(name + ".json").toString())).isZero();

    assertThat(out.toString()).isEqualTo(Files.readString(RESOURCES.resolve(name + ".yaml")));
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void eachScheduleIsWrittenToAFileThatOurReaderTakes() throws IOException {
    Path target = folder.resolve("converted");

    assertThat(importDlm(everything(), "--out", target.toString())).isZero();

    try (Stream<Path> files = Files.list(target)) {
      assertThat(files.map(file -> new PolicyReader().read(file).name().value()))
          .containsExactlyInAnyOrder(
              "files-kept-by-the-week-and-by-fridays", "files-kept-by-the-week-first-of-the-year");
    }
  }

  @Test
  void whereOneFileIsThereAlreadyNoneIsWritten() throws IOException {
    Path there = folder.resolve("files-kept-by-the-week-first-of-the-year.yaml");
    Files.writeString(there, "mine");

    assertThat(importDlm(everything(), "--out", folder.toString())).isEqualTo(Commands.BAD_INPUT);

    assertThat(err.toString()).contains("is there already, expected none: nothing was written");
    assertThat(there).hasContent("mine");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(there);
    }
  }

  @Test
  void documentsOfYourOwnAreNamedAsCdkJsonTakesThem() throws IOException {
    String schedule =
        """
        {"Name": "%s", "RetainRule": {"Count": 1}, "CreateRule": {"Interval": 12, "Scripts": [
          {"ExecutionHandler": "%s"}]}}\
        """;
    String arn = "arn:aws:ssm:eu-central-1:444455556666:document/shared-freeze";
    Path file =
        Files.writeString(
            folder.resolve("dlm.json"),
            """
            {"ResourceTypes": ["INSTANCE"], "TargetTags": [{"Key": "a", "Value": "b"}],
             "Schedules": [%s, %s, %s, %s]}\
            """
                .formatted(
                    schedule.formatted("one", "hold-orders"),
                    schedule.formatted("two", arn),
                    schedule.formatted("three", "AWS_VSS_BACKUP"),
                    schedule.formatted("four", "freezeframe-mysql")));
    Path target = folder.resolve("x");

    assertThat(importDlm(file.toString(), "--out", target.toString())).isZero();

    assertThat(err.toString())
        .contains("cdk.json")
        .endsWith("\"freezeframe:documents\":[\"%s\",\"hold-orders\"]\n".formatted(arn));
    assertThat(target.resolve("one.yaml"))
        .content()
        .contains("\"freezeframe:documents\":[\"hold-orders\"]");
    for (String other : List.of("three.yaml", "four.yaml")) {
      assertThat(target.resolve(other)).content().doesNotContain("freezeframe:documents");
    }
  }

  @Test
  void schedulesThatWouldShareANameAreNumbered() throws IOException {
    String schedule =
        """
        {"Name": "Daily%s", "CreateRule": {"Interval": 1}, "RetainRule": {"Count": 1}}\
        """;
    Path file =
        Files.writeString(
            folder.resolve("dlm.json"),
            """
            {"ResourceTypes": ["INSTANCE"], "TargetTags": [{"Key": "a", "Value": "b"}],
             "Schedules": [%s, %s]}\
            """
                .formatted(schedule.formatted("!"), schedule.formatted("?")));

    assertThat(importDlm(file.toString(), "--out", folder.resolve("x").toString())).isZero();
    assertThat(folder.resolve("x/daily-1.yaml")).content().contains("name: daily-1");
    assertThat(folder.resolve("x/daily-2.yaml")).content().contains("name: daily-2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pre-only-without-fallback | fallBackToCrashConsistent: false",
        "archive-with-a-zero | days: 550",
        "error-state | Duplicate tag key 'Name' specified.",
        "fast-restore-by-zone-id | not switched on in use1-az1"
      })
  void whatAwsPrintsIsConverted(String name, String expected) {
    assertThat(importDlm(RESOURCES.resolve("cases/" + name + ".json").toString())).isZero();
    assertThat(out.toString().replace("\n#   ", " ")).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "long-names, orders-every-24-hours-1, orders-every-24-hours-2",
    "names-not-latin, orders-7-1, orders-7-2"
  })
  void namesThatDifferOnlyWhereOursHaveNoRoomGetANumber(String name, String one, String other) {
    Path file = RESOURCES.resolve("cases/" + name + ".json");
    Path to = folder.resolve("policies");

    assertThat(importDlm(file.toString(), "--out", to.toString())).isZero();
    assertThat(to.resolve(one + ".yaml")).exists();
    assertThat(to.resolve(other + ".yaml")).exists();
  }

  private static String everything() {
    return RESOURCES.resolve("everything.json").toString();
  }

  @Test
  void imagesAreNotTaken() {
    assertThat(importDlm(RESOURCES.resolve("images.json").toString()))
        .isEqualTo(Commands.BAD_INPUT);
    assertThat(err.toString())
        .contains("PolicyDetails.PolicyType is 'IMAGE_MANAGEMENT', expected EBS_SNAPSHOT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~ | dlm.json: the file is empty, expected the JSON that `aws dlm get-lifecycle-policy` prints",
        "Policy: | dlm.json: the file is not JSON (line 1, column 1: Unrecognized token 'Policy'",
        "{\"State\": \"ENABLED\", \"State\": \"ENABLED\"} | dlm.json: the file is not JSON (line 1,"
            + " column 29: Duplicate",
        "{} {} | dlm.json: the file is not JSON (line 1, column 4: Trailing token",
        "[] | dlm.json: the file is a list, expected an object",
        "{} | dlm.json: PolicyDetails is missing, expected a policy, as",
        "{\"Policy\": 1} | dlm.json: Policy is 1, expected an object",
        "{\"State\": \"ON\", \"PolicyDetails\": {}} | dlm.json: State is 'ON', expected ENABLED,",
        "{\"DefaultPolicy\": \"INSTANCE\"} | dlm.json: DefaultPolicy is 'INSTANCE', expected"
            + " VOLUME",
        "{\"ResourceTypes\": [\"INSTANCE\"]} | dlm.json: TargetTags is missing, expected the tags",
        "{\"ResourceTypes\": [\"DISK\"]} | dlm.json: ResourceTypes is a list, expected INSTANCE or",
      })
  void whatIsNoPolicyIsRefusedInOneSentence(String json, String sentence) throws IOException {
    assertThat(fault(json)).startsWith(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | {\"Count\": 1} | CreateRule.Interval is missing, expected hours, or a CronExpression",
        "{\"Interval\": 5} | {\"Count\": 1} | CreateRule.Interval is 5, expected 1, 2, 3, 4, 6, 8,",
        "{\"Interval\": 25} | {\"Count\": 1} | CreateRule.Interval is 25, expected 1..24",
        "{\"Interval\": 2, \"Times\": [\"9\"]} | {} | CreateRule.Times is a list, expected a time",
        "{\"CronExpression\": \"daily\"} | {} | CreateRule.CronExpression is 'daily', expected one",
        "{\"Interval\": 2} | {\"Count\": 2000} | RetainRule.Count is 2000, expected 0..1000",
        "{\"Interval\": 2} | {\"Interval\": 2, \"IntervalUnit\": \"HOURS\"} |"
            + " RetainRule.IntervalUnit",
        "{\"Interval\": 2, \"Scripts\": [{}]} | {} | CreateRule.Scripts[0].ExecutionHandler is"
            + " missing",
      })
  void aScheduleThatDlmWouldNotTakeIsRefusedInOneSentence(
      String create, String retain, String sentence) throws IOException {
    String json =
        """
        {"ResourceTypes": ["INSTANCE"], "TargetTags": [{"Key": "a", "Value": "b"}],
         "Schedules": [{"CreateRule": %s, "RetainRule": %s}]}\
        """
            .formatted(create, retain);

    assertThat(fault(json)).startsWith("dlm.json: Schedules[0]." + sentence);
  }

  @Test
  void whatOurReaderRefusesIsSaidOfDlmsPolicy() throws IOException {
    assertThat(
            fault(
                """
                {"ResourceTypes": ["INSTANCE"], "TargetTags": [{"Key": "a", "Value": "b"}],
                 "Schedules": [{"CreateRule": {"CronExpression": "cron(0 2 * * *)"}}]}\
                """))
        .startsWith(
            "the DLM policy cannot be converted: schedule.cron would be '0 2 * * *', expected 6");
  }

  @Test
  void aTextOfOthersStaysInItsComment() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("dlm.json"),
            """
            {"Description": "nightly\\nenabled: true\\u001b[31m", "State": "DISABLED",
             "PolicyDetails": {"ResourceTypes": ["INSTANCE"],
              "TargetTags": [{"Key": "a", "Value": "b"}],
              "Schedules": [{"CreateRule": {"Interval": 1}, "RetainRule": {"Count": 1}}]}}\
            """);

    assertThat(importDlm(file.toString())).isZero();

    List<String> lines = out.toString().lines().toList();
    assertThat(lines.get(0)).contains("nightly enabled: true\\u001b[31m");
    assertThat(lines).containsOnlyOnce("enabled: false").doesNotContain("enabled: true");
  }
}
