package dev.freezeframe.operator.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freezeframe.operator.cli.Commands;
import dev.freezeframe.operator.cli.Terminal;
import dev.freezeframe.operator.doctor.aws.Clients;
import dev.freezeframe.operator.doctor.aws.ProfileClients;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What a person sees of doctor where AWS does not answer as one would like. */
class DoctorCommandTest {
  private static final String ENDPOINT = "aws.endpointUrl";
  private static final String CONFIG = "aws.configFile";
  private static final String CREDENTIALS = "aws.sharedCredentialsFile";

  private static final String TEMPLATE =
      "{\"Resources\":{"
          + Stream.of(
                  "Live|AWS::Lambda::Alias",
                  "Machine|AWS::StepFunctions::StateMachine",
                  "Nightly|AWS::Scheduler::Schedule",
                  "Rule|AWS::Events::Rule",
                  "Queue|AWS::SQS::Queue",
                  "Topic|AWS::SNS::Topic",
                  "Alarm|AWS::CloudWatch::Alarm",
                  "Table|AWS::DynamoDB::Table")
              .map(one -> one.split("\\|"))
              .map(one -> "\"%s\":{\"Type\":\"%s\",\"Properties\":{}}".formatted(one[0], one[1]))
              .reduce((first, second) -> first + "," + second)
              .orElseThrow()
          + "}}";

  @TempDir private Path folder;

  private record Answer(int status, String out, String err) {}

  private static Answer doctor(OptionalInt columns, boolean colour, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal = new Terminal(columns, OptionalInt.empty(), colour);
    CommandLine line = new CommandLine(new Root());
    line.addSubcommand(new DoctorCommand(ProfileClients::new, Clock.systemUTC(), terminal));
    int status =
        Commands.prepare(line, terminal)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(
                Stream.concat(Stream.of("doctor"), Arrays.stream(arguments))
                    .toArray(String[]::new));
    return new Answer(status, out.toString(), err.toString());
  }

  private static Answer doctor(String... arguments) {
    return doctor(OptionalInt.empty(), false, arguments);
  }

  @CommandLine.Command(name = "./freezeframe")
  private static final class Root {}

  @BeforeEach
  void noFilesOfTheMachine() {
    System.setProperty(CONFIG, folder.resolve("config").toString());
    System.setProperty(CREDENTIALS, folder.resolve("credentials").toString());
  }

  @AfterEach
  void forget() {
    Stream.of(ENDPOINT, CONFIG, CREDENTIALS).forEach(System::clearProperty);
  }

  @Test
  void whatMayNotBeAskedIsAWarningThatNamesThePermission() {
    try (HttpAws aws = new HttpAws("")) {
      System.setProperty(ENDPOINT, aws.url());

      Answer answer = doctor();

      assertThat(answer.status()).isZero();
      assertThat(answer.err()).isEmpty();
      assertThat(answer.out().lines().toList())
          .anyMatch(line -> line.matches("  pass  credentials .*account 111122223333.*"));
      assertThat(lines(answer.out()))
          .allMatch(
              line -> line.startsWith("  warn") && line.contains("needs the permission"),
              "warn, and name the permission");
      Stream.of(
              "ssm:GetParameter",
              "cloudformation:DescribeStacks",
              "ec2:DescribeInstances",
              "ec2:DescribeSnapshots",
              "ssm:DescribeDocument")
          .forEach(permission -> assertThat(answer.out()).contains(permission));
    }
  }

  /** Those that are neither who asks and where, nor the sum. */
  private static List<String> lines(String out) {
    return out.lines()
        .filter(line -> line.startsWith("  "))
        .filter(
            line -> !line.startsWith("  pass  region") && !line.startsWith("  pass  credentials"))
        .toList();
  }

  @Test
  void aStackThatIsSeenButNotWhatItHoldsIsFullOfWarnings() {
    try (HttpAws aws = new HttpAws(TEMPLATE)) {
      System.setProperty(ENDPOINT, aws.url());

      Answer answer = doctor();

      assertThat(answer.err()).isEmpty();
      assertThat(answer.out()).doesNotContain("Exception");
      Stream.of(
              "lambda:GetFunctionConfiguration",
              "states:DescribeStateMachine",
              "scheduler:GetSchedule",
              "events:DescribeRule",
              "sqs:GetQueueAttributes",
              "sns:ListSubscriptionsByTopic",
              "cloudwatch:DescribeAlarms",
              "dynamodb:DescribeTable",
              "dynamodb:GetItem")
          .forEach(
              permission ->
                  assertThat(answer.out().lines().toList())
                      .anyMatch(
                          line ->
                              line.startsWith("  warn")
                                  && line.contains(
                                      "may not be asked, needs the permission " + permission)));
    }
  }

  @Test
  void aProfileWithoutCredentialsFailsAndNothingElseIsAsked() throws IOException {
    Files.writeString(folder.resolve("config"), "[profile bare]\nregion = eu-west-1\n");
    try (HttpAws aws = new HttpAws("")) {
      System.setProperty(ENDPOINT, aws.url());

      Answer answer = doctor("--profile", "bare");

      assertThat(answer.status()).isEqualTo(1);
      assertThat(answer.out()).contains("FAIL  credentials").contains("there are none");
      assertThat(answer.out().lines().filter(line -> line.startsWith("  "))).hasSize(2);
      assertThat(answer.err()).isEmpty();
      assertThat(aws.services()).isEmpty();
    }
  }

  @Test
  void hundredsOfQuestionsWaitOutAThrottle() {
    try (Clients clients = new ProfileClients(Optional.empty(), Optional.of("eu-central-1"))) {
      assertThat(
              clients
                  .cloudFormation()
                  .serviceClientConfiguration()
                  .overrideConfiguration()
                  .retryStrategy()
                  .orElseThrow()
                  .maxAttempts())
          .isEqualTo(8);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://nobody.invalid | no host nobody.invalid is found: there is no network, or no such"
            + " Region",
        "http://localhost:1 | no connection"
      })
  void noNetworkIsSaidInOneSentence(String endpoint, String words) {
    System.setProperty(ENDPOINT, endpoint);

    Answer answer = doctor();

    assertThat(answer.status()).isEqualTo(1);
    assertThat(answer.out()).contains("FAIL  credentials").contains(words);
    assertThat(answer.err()).isEmpty();
  }

  @Test
  void jsonIsReadByAProgramAndSaysTheSame() throws IOException {
    try (HttpAws aws = new HttpAws("")) {
      System.setProperty(ENDPOINT, aws.url());

      Answer answer = doctor(OptionalInt.of(80), true, "--json");
      JsonNode json = new ObjectMapper().readTree(answer.out());

      assertThat(json.get("fail").asInt()).isZero();
      assertThat(json.get("pass").asInt() + json.get("warn").asInt())
          .isEqualTo(json.get("checks").size());
      assertThat(json.at("/checks/1/check").asText()).isEqualTo("credentials");
      assertThat(json.at("/checks/1/status").asText()).isEqualTo("pass");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80, 120})
  void linesFitTheTerminalAndColoursTakeNoRoom(int columns) {
    try (HttpAws aws = new HttpAws("")) {
      System.setProperty(ENDPOINT, aws.url());

      String plain = doctor(OptionalInt.of(columns), false).out();
      String coloured = doctor(OptionalInt.of(columns), true).out();

      assertThat(plain.lines()).allMatch(line -> line.length() <= columns);
      assertThat(coloured.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(plain);
      assertThat(coloured).contains("\u001b[33mwarn\u001b[0m");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--profile nobody | --profile is nobody, expected a profile of the AWS CLI, found none",
        "--region Frankfurt | --region is Frankfurt, expected the code of a Region",
        "--policies /nowhere | /nowhere: expected at least one policy (*.yaml), found none",
        "--stak x | --stak"
      })
  void whatCannotBeUsedIsOneSentenceAndStatusTwo(String option, String words) {
    Answer answer = doctor(option.replaceFirst(" .*", ""), option.replaceFirst(".* ", ""));

    assertThat(answer.status()).isEqualTo(Commands.BAD_INPUT);
    assertThat(answer.err()).contains(words).doesNotContain("Exception");
    assertThat(answer.out()).isEmpty();
  }
}
