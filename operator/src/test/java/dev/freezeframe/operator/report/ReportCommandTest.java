package dev.freezeframe.operator.report;

import static dev.freezeframe.operator.report.RecordedRun.ALSO_OF_THE_SET;
import static dev.freezeframe.operator.report.RecordedRun.BACKED_UP;
import static dev.freezeframe.operator.report.RecordedRun.DAILY;
import static dev.freezeframe.operator.report.RecordedRun.FIRED;
import static dev.freezeframe.operator.report.RecordedRun.INELIGIBLE;
import static dev.freezeframe.operator.report.RecordedRun.NOW;
import static dev.freezeframe.operator.report.RecordedRun.RUN;
import static dev.freezeframe.operator.report.RecordedRun.SNAPSHOT;
import static dev.freezeframe.operator.report.RecordedRun.UNDER_WAY;
import static dev.freezeframe.operator.report.RecordedRun.freeze;
import static dev.freezeframe.operator.report.RecordedRun.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.ledger.Deletion;
import dev.freezeframe.ledger.dynamo.DynamoLedger;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import dev.freezeframe.ledger.run.RunRow;
import dev.freezeframe.operator.cli.Commands;
import dev.freezeframe.operator.cli.LedgerOption;
import dev.freezeframe.operator.cli.ReadOnlyDynamoDb;
import dev.freezeframe.operator.doctor.aws.fleet.RestoreCheck;
import dev.freezeframe.operator.doctor.check.fleet.RestoreRisks;
import dev.freezeframe.operator.evidence.DrawnQuarter;
import dev.freezeframe.restore.InspectedInstance;
import dev.freezeframe.stop.StopRow;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class ReportCommandTest {
  private static final DynamoDbClient LOCAL = DynamoDBEmbedded.create(true).dynamoDbClient();
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final ReadOnlyDynamoDb readOnly = new ReadOnlyDynamoDb(LOCAL);
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private RestoreCheck restores = RestoreCheck.NONE;
  private String table;
  @TempDir private Path folder;

  @BeforeEach
  void aRunOfThreeInstances() {
    table = "ledger-" + NUMBER.incrementAndGet();
    LOCAL.createTable(LedgerTable.createTable(table));
    RecordedRun.record(new DynamoLedger(LOCAL, table));
  }

  private int report(String... arguments) {
    CommandLine line = new CommandLine(new Parent());
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    line.addSubcommand(new ReportCommand(new LedgerOption(() -> readOnly), clock, restores));
    return Commands.prepare(line)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @CommandLine.Command(name = "./freezeframe")
  private static final class Parent {}

  private Path page() {
    return folder.resolve("pages").resolve("report.html");
  }

  private JsonNode data() throws IOException {
    String page = Files.readString(page());
    String start = "id=\"data\">";
    int from = page.indexOf(start) + start.length();
    return new ObjectMapper().readTree(page.substring(from, page.indexOf("</script>", from)));
  }

  @ParameterizedTest
  @CsvSource({"--run,daily-20261209T020000Z", "--days,1"})
  void aRunIsShownWithEveryInstanceThatMatched(String option, String value) throws IOException {
    assertThat(report("report", "--table", table, option, value, "--out", page().toString()))
        .isZero();

    JsonNode backups = data().path("runs").get(0).path("backups");
    assertThat(backups)
        .extracting(backup -> backup.path("instance").asText())
        .containsExactly(BACKED_UP.value(), INELIGIBLE.value(), UNDER_WAY.value());
    assertThat(backups)
        .extracting(backup -> backup.path("status").asText())
        .containsExactly("SUCCEEDED", "SKIPPED", "RUNNING");
    assertThat(backups)
        .extracting(backup -> backup.path("reason").asText())
        .containsExactly(
            "held by its scripts", "the instance is terminated", "no outcome is on record");
    assertThat(out.toString().strip()).isEqualTo("Written: " + page());
  }

  @Test
  void thePageOfDaysSaysOfWhomARestoreIsProvedAndOfWhomItIsNot() throws IOException {
    DrawnQuarter.record(new DynamoLedger(LOCAL, table));

    assertThat(report("report", "--table", table, "--days", "1", "--out", page().toString()))
        .isZero();

    assertThat(data().path("notes"))
        .extracting(JsonNode::asText)
        .anySatisfy(
            note ->
                assertThat(note)
                    .startsWith("A restore is proved of " + DrawnQuarter.PROVED + " (database, by"))
        .anySatisfy(
            note ->
                assertThat(note)
                    .startsWith("No restore is proved of ")
                    .contains(DrawnQuarter.DAMAGED + " (database, failed its newest drill)")
                    .doesNotContain(DrawnQuarter.PROVED.value()));
  }

  @ParameterizedTest
  @CsvSource({"--run,daily-20261209T020000Z", "--days,1"})
  void whatWouldBreakARestoreOfASetThatIsThereIsATroubleAndWhatIsNotKnownANote(
      String option, String value) throws IOException {
    new DynamoLedger(LOCAL, table)
        .recordFacts(
            InspectedInstance.of(RUN, BACKED_UP, FIRED, Optional.empty(), List.of())
                .facts(row(SNAPSHOT).set(), Map.of()));
    List<InstanceId> asked = new ArrayList<>();
    restores =
        living -> {
          living.forEach(facts -> asked.add(facts.instance()));
          return new RestoreRisks(List.of("key k is Disabled"), List.of("EC2 did not answer"));
        };

    assertThat(report("report", "--table", table, option, value, "--out", page().toString()))
        .isZero();

    assertThat(asked).containsExactly(BACKED_UP);
    assertThat(data().path("troubles")).extracting(JsonNode::asText).contains("key k is Disabled");
    assertThat(data().path("notes")).extracting(JsonNode::asText).contains("EC2 did not answer");
  }

  @Test
  void aFreezeIsNeverShownAsMoreThanTheLedgerKnows() throws IOException {
    report("report", "--table", table, "--days", "1", "--out", page().toString());

    JsonNode backup = data().path("runs").get(0).path("backups").get(0);
    assertThat(backup.path("frozen").asLong()).isEqualTo(2_100);
    assertThat(backup.path("spans"))
        .extracting(span -> span.path("kind").asText())
        .contains("BETWEEN_SCRIPTS", "THAW", "SNAPSHOT_SET", "WAITING", "SETTLED", "OUTCOME")
        .doesNotContain("FROZEN");
    assertThat(backup.path("states")).isEmpty();
  }

  @Test
  void aRunWithoutASetIsAmongThoseOfTheDays() throws IOException {
    RunId failed = RunId.of(DAILY, FIRED.minus(Duration.ofDays(1)));
    DynamoLedger ledger = new DynamoLedger(LOCAL, table);
    ledger.claimRun(
        new RunRow(
            failed, DAILY, FIRED.minus(Duration.ofDays(1)), "arn:run", FIRED, Optional.empty()));

    report("report", "--table", table, "--days", "2", "--out", page().toString());

    assertThat(data().path("runs"))
        .extracting(run -> run.path("id").asText())
        .containsExactly(failed.value(), RUN.value());
    assertThat(data().path("judgement").path("sentence").asText())
        .endsWith("not all targets were selected in the run of 2026-12-08T02:00:00Z.");
  }

  @Test
  void aRunWhoseSetsHaveExpiredIsAmongThoseOfTheDays() throws IOException {
    new DynamoLedger(LOCAL, table)
        .recordDeletion(
            SNAPSHOT,
            new Deletion("age", "its time was over", "arn:expiry", NOW.minusSeconds(60), true));

    report("report", "--table", table, "--days", "1", "--out", page().toString());

    assertThat(data().path("runs")).hasSize(1);
    assertThat(data().path("sets").get(0).path("why").asText()).isEqualTo("age: its time was over");
    assertThat(data().path("sets").get(0).path("endedAt").asLong())
        .isEqualTo(NOW.minusSeconds(60).toEpochMilli());
  }

  @Test
  void whoMayStillBeFrozenIsSaidFirst() throws IOException {
    new DynamoLedger(LOCAL, table).recordFreeze(freeze(UNDER_WAY, "arn:under-way"));

    report("report", "--table", table, "--run", RUN.value(), "--out", page().toString());

    assertThat(data().path("judgement").path("level").asText()).isEqualTo("BAD");
    assertThat(data().path("judgement").path("sentence").asText())
        .startsWith("May still be frozen: %s; 1 of 3 backups".formatted(UNDER_WAY));
    assertThat(data().path("doubts").get(0).path("why").asText())
        .endsWith("and no post-script is on record");
  }

  private StopRow stopped(InstanceId instance) {
    DynamoLedger ledger = new DynamoLedger(LOCAL, table);
    StopRow stop =
        StopRow.ordered(
            RUN,
            instance,
            AttemptId.of("arn:stops", 1),
            "arn:stops",
            0,
            "",
            FIRED.plusSeconds(5),
            Optional.empty(),
            FIRED.plusSeconds(1_500));
    ledger.recordStop(stop);
    ledger.recordStopped(RUN, instance, stop.attempt(), FIRED.plusSeconds(45));
    return stop;
  }

  @Test
  void theTimeDownIsASpanFromTheOrderOfTheStopUntilItWasSeenToRun() throws IOException {
    StopRow stop = stopped(BACKED_UP);
    new DynamoLedger(LOCAL, table)
        .recordStopEnded(
            RUN,
            BACKED_UP,
            stop.attempt(),
            new StopRow.Ended(FIRED.plusSeconds(95), "StartInstance", "it runs again"));

    report("report", "--table", table, "--run", RUN.value(), "--out", page().toString());

    assertThat(spans("DOWN")).hasSize(1);
    JsonNode down = spans("DOWN").get(0);
    assertThat(down.path("from").asLong()).isEqualTo(FIRED.plusSeconds(5).toEpochMilli());
    assertThat(down.path("to").asLong()).isEqualTo(FIRED.plusSeconds(95).toEpochMilli());
    assertThat(down.path("words").asText())
        .isEqualTo("from the order of the stop until StartInstance saw that it runs again");
    assertThat(data().path("judgement").path("sentence").asText()).doesNotContain("stopped");
  }

  @Test
  void aStopThatCameToNothingTookNobodyDown() throws IOException {
    StopRow stop = stopped(UNDER_WAY);
    DynamoLedger ledger = new DynamoLedger(LOCAL, table);
    StopRow refused =
        StopRow.ordered(
            RUN,
            BACKED_UP,
            stop.attempt(),
            "arn:stops",
            0,
            "",
            FIRED.plusSeconds(5),
            Optional.empty(),
            FIRED.plusSeconds(1_500));
    ledger.recordStop(refused);
    ledger.recordStopEnded(
        RUN,
        BACKED_UP,
        refused.attempt(),
        new StopRow.Ended(FIRED.plusSeconds(95), "StartInstance", "it was not stopped"));

    report("report", "--table", table, "--run", RUN.value(), "--out", page().toString());

    assertThat(spans("DOWN")).isEmpty();
  }

  @Test
  void whoShouldRunAgainAndIsNotKnownToIsSaidFirst() throws IOException {
    stopped(BACKED_UP);

    report("report", "--table", table, "--run", RUN.value(), "--out", page().toString());

    assertThat(data().path("judgement").path("level").asText()).isEqualTo("BAD");
    assertThat(data().path("judgement").path("sentence").asText())
        .startsWith("Still stopped: " + BACKED_UP);
    JsonNode down = spans("DOWN").get(0);
    assertThat(down.path("to").asLong()).isEqualTo(NOW.toEpochMilli());
    assertThat(down.path("words").asText()).endsWith("nothing on record says that it runs again");
  }

  @Test
  void aPendingSetIsWaitedForUntilNowAndNeverSaidToHaveCompleted() throws IOException {
    DynamoLedger ledger = new DynamoLedger(LOCAL, table);
    ledger.recordSnapshots(List.of(row(ALSO_OF_THE_SET)));

    report("report", "--table", table, "--days", "1", "--out", page().toString());

    JsonNode waiting = spans("WAITING").get(0);
    assertThat(waiting.path("words").asText())
        .isEqualTo("since the point in time; 1 of 2 snapshots are pending");
    assertThat(waiting.path("to").asLong()).isEqualTo(NOW.toEpochMilli());
    assertThat(data().path("runs").toString()).doesNotContain("last snapshot settled");
  }

  private List<JsonNode> spans(String kind) throws IOException {
    JsonNode spans = data().path("runs").get(0).path("backups").get(0).path("spans");
    return StreamSupport.stream(spans.spliterator(), false)
        .filter(span -> span.path("kind").asText().equals(kind))
        .toList();
  }

  @Test
  void itSaysHowFarItIsByRunsAndByInstances() {
    List<String> told = new ArrayList<>();
    DynamoLedger ledger = new DynamoLedger(LOCAL, table);

    new LedgerReader(ledger, table, NOW, words -> told.add(words.get())).days(1);

    assertThat(told)
        .containsExactly("run 1 of 1, 0 backups read", "instances whose sets are read: 1");
  }

  @Test
  void theSetsOfTheDaysSayWhyTheyAreThere() throws IOException {
    report("report", "--table", table, "--days", "1", "--out", page().toString());

    assertThat(data().path("sets")).hasSize(1);
    assertThat(data().path("sets").get(0).path("why").asText()).isNotEmpty();
  }

  @Test
  void nothingIsCalledButWhatReadsByKey() {
    report("report", "--table", table, "--days", "1", "--out", page().toString());
    report("report", "--table", table, "--run", RUN.value(), "--out", page().toString());

    assertThat(readOnly.calls()).contains("Query", "BatchGetItem").doesNotContain("Scan");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--run daily-20200101T000000Z | daily-20200101T000000Z is not in the ledger",
        "--days 1 --table EMPTY | no run fell due in the last day",
      })
  void whatIsNotThereIsSaidSoAndNothingIsWritten(String options, String sentence) {
    LOCAL.createTable(LedgerTable.createTable("empty-" + table));
    String line = "report --out %s %s".formatted(page(), options);
    line =
        line.contains("--table")
            ? line.replace("EMPTY", "empty-" + table)
            : line + " --table " + table;

    assertThat(report(line.split(" "))).isOne();
    assertThat(err.toString().strip()).isEqualTo(sentence);
    assertThat(page()).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--table nowhere | --table is nowhere, expected a table",
        "--table T --run yesterday | --run: run id 'yesterday': expected a policy name and a time",
        "--table T --days 0 | --days is 0, expected 1 to 400",
        "--table T --days 2 --run daily-20200101T000000Z | freezeframe: Error: --run=RUN, --days=N",
      })
  void whatCannotBeUsedIsRefusedInOneSentence(String options, String sentence) {
    String line = "report --out %s %s".formatted(page(), options);

    assertThat(report(line.split(" "))).isEqualTo(Commands.BAD_INPUT);
    assertThat(err.toString().strip()).startsWith(sentence);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(page()).doesNotExist();
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThat(report("report", "--table", table, "--out", file.resolve("report.html").toString()))
        .isEqualTo(Commands.BAD_INPUT);
    assertThat(err.toString().strip())
        .isEqualTo(
            "--out leads to %s/report.html, expected a folder, found the file %s"
                .formatted(file, file));
  }

  @Test
  void aFolderInThePlaceOfTheFileIsRefusedAndNothingIsLeftBesideIt() {
    assertThat(report("report", "--table", table, "--out", folder.toString()))
        .isEqualTo(Commands.BAD_INPUT);
    assertThat(err.toString().strip())
        .isEqualTo(
            "--out leads to %s, expected a file to write to, found a folder".formatted(folder));
    assertThat(folder.resolveSibling(folder.getFileName() + ".part")).doesNotExist();
  }
}
