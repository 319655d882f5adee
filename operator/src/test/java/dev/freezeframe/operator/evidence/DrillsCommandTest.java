package dev.freezeframe.operator.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freezeframe.common.Json;
import dev.freezeframe.drill.DrillVerdict;
import dev.freezeframe.ledger.dynamo.DynamoLedger;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import dev.freezeframe.operator.cli.Commands;
import dev.freezeframe.operator.cli.LedgerOption;
import dev.freezeframe.operator.cli.ReadOnlyDynamoDb;
import dev.freezeframe.operator.cli.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DrillsCommandTest {
  private static final DynamoDbClient LOCAL = DynamoDBEmbedded.create(true).dynamoDbClient();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Terminal terminal = Terminal.NONE;

  @BeforeAll
  static void aQuarterOfDrills() {
    LOCAL.createTable(LedgerTable.createTable("ledger"));
    DrawnQuarter.record(new DynamoLedger(LOCAL, "ledger"));
  }

  @CommandLine.Command(name = "./freezeframe")
  private static final class Parent {}

  private int drills(String arguments) {
    CommandLine line = new CommandLine(new Parent());
    line.addSubcommand(
        DrillsCommand.line(
            () -> new LedgerOption(() -> new ReadOnlyDynamoDb(LOCAL)),
            Clock.fixed(DrawnQuarter.READ_AT, ZoneOffset.UTC),
            terminal));
    return Commands.prepare(line)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(("drills " + arguments).split(" "));
  }

  private String failed() throws IOException {
    assertThat(drills("list --table ledger --days 400 --json")).isZero();
    JsonNode all = new ObjectMapper().readTree(out.toString());
    out.getBuffer().setLength(0);
    for (JsonNode drill : all) {
      if (drill.path("verdict").asText().equals("FAILED")) {
        return drill.path("drill").asText();
      }
    }
    throw new AssertionError("expected a drill that failed in " + all);
  }

  @Test
  void drillsAreListedTheNewestFirstWithVerdictAndReason() {
    assertThat(drills("list --table ledger --days 60")).isZero();
    assertThat(out.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("drill-20270101T000500Z", "PASSED"),
            line -> assertThat(line).contains("drill-20261231T235500Z", "under way"),
            line ->
                assertThat(line)
                    .contains("drill-20261219T080000Z", "PASSED_WITH_WARNINGS")
                    .endsWith("the validation succeeded"),
            line -> assertThat(line).contains("drill-20261120T080000Z", "PASSED"),
            line -> assertThat(line).contains("drill-20261111T080000Z", "PASSED"));
  }

  @Test
  void aTimeWithoutDrillsIsSaidToBeOne() {
    assertThat(drills("list --table ledger --days 1")).isZero();
    assertThat(out.toString().strip()).isEqualTo("no drill began in the last day");
  }

  @ParameterizedTest
  @CsvSource({"0", "60"})
  void aDrillIsShownWithWhatItsFailedCheckMeans(int columns) throws IOException {
    String failed = failed();
    terminal =
        columns == 0
            ? Terminal.NONE
            : new Terminal(OptionalInt.of(columns), OptionalInt.empty(), false);

    assertThat(drills("show %s --table ledger".formatted(failed))).isZero();
    assertThat(out.toString().replaceAll("\\s+", " "))
        .startsWith(failed + ": FAILED: the validation exited with 216")
        .contains(
            "validation: exit code 216: the application started, and a check of its data failed",
            "recovery time: 7 min (15 min)",
            "<b>orders</b>");
    if (columns > 0) {
      assertThat(out.toString().lines()).allMatch(line -> line.length() <= columns);
    }
  }

  @Test
  void asJsonItIsTheDrillOfTheEvidence() throws IOException {
    String failed = failed();

    assertThat(drills("show %s --table ledger --json".formatted(failed))).isZero();
    DrillEvidence shown = Json.mapper().readValue(out.toString(), DrillEvidence.class);
    assertThat(shown.drill().verdict()).isEqualTo(DrillVerdict.FAILED);
    assertThat(shown.drill().drillId().value()).isEqualTo(failed);
  }

  @Test
  void oneThatIsUnderWaySaysHowFarItIs() {
    drills("list --table ledger --days 5");
    String open =
        out.toString()
            .lines()
            .filter(line -> line.contains("under way"))
            .map(line -> line.strip().replaceFirst(" .*", ""))
            .findFirst()
            .orElseThrow();
    out.getBuffer().setLength(0);

    assertThat(drills("show %s --table ledger".formatted(open))).isZero();
    assertThat(out.toString()).contains("has no result yet", "and reached RUNNING");
  }

  @Test
  void oneThatIsNotThereEndsWithOne() {
    assertThat(drills("show drill-20260101T000000Z-00000000 --table ledger")).isOne();
    assertThat(err.toString().strip())
        .isEqualTo("drill-20260101T000000Z-00000000 is not in the ledger");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "list --table ledger --days 0 | --days is 0, expected 1 to 1461",
        "show drill-1 --table ledger | drill id 'drill-1': expected one such as",
        "list --table nowhere | --table is nowhere, expected a table",
        "--table ledger | freezeframe: ",
      })
  void whatCannotBeUsedIsRefusedInOneSentence(String arguments, String sentence) {
    assertThat(drills(arguments)).isEqualTo(Commands.BAD_INPUT);
    assertThat(err.toString().strip()).startsWith(sentence);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(out.toString()).isEmpty();
  }
}
