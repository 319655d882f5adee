package dev.freezeframe.operator.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.Json;
import dev.freezeframe.drill.DrillVerdict;
import dev.freezeframe.ledger.dynamo.DynamoLedger;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import dev.freezeframe.operator.cli.Commands;
import dev.freezeframe.operator.cli.LedgerOption;
import dev.freezeframe.operator.cli.ReadOnlyDynamoDb;
import dev.freezeframe.operator.evidence.Evidence.InstanceProof;
import dev.freezeframe.operator.evidence.Evidence.ProofState;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class EvidenceCommandTest {
  private static final String TABLE = "ledger";
  private static final DynamoDbClient LOCAL = DynamoDBEmbedded.create(true).dynamoDbClient();
  private static final Path GOLDEN =
      Path.of(
          System.getProperty("freezeframe.root"),
          "operator/src/test/resources/evidence/quarter.md");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;

  @BeforeAll
  static void aQuarterOfDrills() {
    LOCAL.createTable(LedgerTable.createTable(TABLE));
    DrawnQuarter.record(new DynamoLedger(LOCAL, TABLE));
  }

  @CommandLine.Command(name = "./freezeframe")
  private static final class Parent {}

  private int evidence(String... arguments) {
    CommandLine line = new CommandLine(new Parent());
    line.addSubcommand(
        new EvidenceCommand(
            new LedgerOption(() -> new ReadOnlyDynamoDb(LOCAL)),
            Clock.fixed(DrawnQuarter.READ_AT, ZoneOffset.UTC)));
    List<String> all =
        Stream.concat(Stream.of("evidence", "--table", TABLE), Stream.of(arguments)).toList();
    return Commands.prepare(line)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private String markdown(String name, String from, String to) throws IOException {
    assertThat(
            evidence("--from", from, "--to", to, "--out", folder.resolve(name + ".md").toString()))
        .as(err.toString())
        .isZero();
    return Files.readString(folder.resolve(name + ".md"));
  }

  private Evidence json(String name) throws IOException {
    return Json.mapper()
        .readValue(Files.readString(folder.resolve(name + ".json")), Evidence.class);
  }

  /** Written anew by {@code -Dfreezeframe.golden=write}; read what it says then. */
  @Test
  void theMarkdownIsThatOfTheGoldenFile() throws IOException {
    String markdown = markdown("q4", "2026-10-01", "2026-12-31");
    if ("write".equals(System.getProperty("freezeframe.golden"))) {
      Files.writeString(GOLDEN, markdown);
    }

    assertThat(markdown).isEqualTo(Files.readString(GOLDEN));
  }

  @Test
  void theSameIsWrittenAgainToTheByte() throws IOException {
    assertThat(markdown("one", "2026-10-01", "2026-12-31"))
        .isEqualTo(markdown("two", "2026-10-01", "2026-12-31"));
    assertThat(folder.resolve("one.json")).hasSameTextualContentAs(folder.resolve("two.json"));
    try (Stream<Path> written = Files.list(folder)) {
      assertThat(written).hasSize(4);
    }
  }

  @Test
  void theJsonReadsBackAsWhatWasReadFromTheLedger() throws IOException {
    markdown("q4", "2026-10-01", "2026-12-31");
    Evidence read = json("q4");

    assertThat(read)
        .isEqualTo(
            new EvidenceReader(
                    new DynamoLedger(LOCAL, TABLE),
                    "ledger table " + TABLE,
                    DrawnQuarter.READ_AT,
                    words -> {})
                .read(read.from(), read.to()));
  }

  @Test
  void everyDrillOfTheTimeIsThereAndNoOther() throws IOException {
    markdown("q4", "2026-10-01", "2026-12-31");
    Evidence read = json("q4");

    assertThat(read.totals().verdicts())
        .isEqualTo(
            Map.of(
                DrillVerdict.PASSED, 3,
                DrillVerdict.PASSED_WITH_WARNINGS, 1,
                DrillVerdict.FAILED, 1,
                DrillVerdict.INCONCLUSIVE, 2,
                DrillVerdict.SKIPPED, 1));
    assertThat(read.totals().drills()).isEqualTo(8);
    assertThat(read.totals().drilledInstances()).isEqualTo(4);
    assertThat(read.totals().cost()).isEqualTo(0.19);
    assertThat(read.underWay())
        .extracting(Evidence.UnderWay::instance)
        .containsExactly(DrawnQuarter.UNDER_WAY);
    assertThat(read.drills())
        .extracting(drill -> drill.drill().startedAt())
        .isSorted()
        .allMatch(at -> !at.isBefore(read.from().atStartOfDay().toInstant(ZoneOffset.UTC)));
  }

  @Test
  void anInstanceIsProvedByADrillThatPassedInTimeAndByNothingElse() throws IOException {
    markdown("q4", "2026-10-01", "2026-12-31");
    Map<InstanceId, ProofState> states =
        json("q4").instances().stream()
            .collect(Collectors.toMap(InstanceProof::instance, InstanceProof::state));

    assertThat(states)
        .isEqualTo(
            Map.of(
                DrawnQuarter.PROVED, ProofState.PROVED,
                DrawnQuarter.DAMAGED, ProofState.FAILED,
                DrawnQuarter.NO_RESULT, ProofState.NO_RESULT,
                DrawnQuarter.NEVER, ProofState.NEVER_DRILLED,
                DrawnQuarter.UNASKED, ProofState.NEVER_DRILLED,
                DrawnQuarter.LONG_AGO, ProofState.TOO_OLD,
                DrawnQuarter.UNDER_WAY, ProofState.COMPLETE));
  }

  @Test
  void whatAGuestPrintedIsNoMarkup() throws IOException {
    assertThat(markdown("q4", "2026-10-01", "2026-12-31"))
        .contains("table \\<b\\>orders\\</b\\> \\| \\[click\\](https://example.org) lacks 3 rows");
  }

  @Test
  void aTimeWithoutDrillsSaysThatNothingWasTested() throws IOException {
    assertThat(markdown("none", "2026-08-01", "2026-08-31"))
        .contains("No drill ended in this time: **nothing was tested.**", "0 drills ended");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-10-01 | 2026-9-30 | e.md | --to is '2026-9-30', expected a day such as 2026-10-01",
        "1.10.2026 | 2026-12-31 | e.md | --from is '1.10.2026', expected a day such as 2026-10-01",
        "2026-10-02 | 2026-10-01 | e.md | --to is 2026-10-01, expected no day before --from, 2026-10-02",
        "2026-10-02 | 2027-01-05 | e.md | --to is 2027-01-05, expected today (2027-01-04) at the latest",
        "2022-12-31 | 2026-12-31 | e.md | --from is 2022-12-31, expected 1460 days before --to, 2026-12-31, at most: the ledger keeps drills for four years",
        "2026-10-01 | 2026-12-31 | e.txt | --out is FOLDER/e.txt, expected a file that ends in .md",
        "2026-10-01 | 2026-12-31 | .md | --out is FOLDER/.md, expected a file that ends in .md"
      })
  void whatCannotBeUsedIsRefusedInOneSentenceAndNothingIsWritten(
      String from, String to, String file, String sentence) throws IOException {
    assertThat(evidence("--from", from, "--to", to, "--out", folder.resolve(file).toString()))
        .isEqualTo(Commands.BAD_INPUT);
    assertThat(err.toString().strip()).isEqualTo(sentence.replace("FOLDER", folder.toString()));
    assertThat(folder).isEmptyDirectory();
  }

  /** Neither of the two is written where one cannot be. */
  @ParameterizedTest
  @CsvSource({"evidence.md", "evidence.json"})
  void whereOneOfTheTwoCannotBeWrittenNeitherIs(String taken) throws IOException {
    Files.createDirectories(folder.resolve(taken));

    assertThat(
            evidence(
                "--from",
                "2026-10-01",
                "--to",
                "2026-12-31",
                "--out",
                folder.resolve("evidence.md").toString()))
        .isEqualTo(Commands.BAD_INPUT);
    assertThat(err.toString()).contains("expected a file to write to, found a folder");
    try (Stream<Path> there = Files.list(folder)) {
      assertThat(there.map(Path::getFileName).map(Path::toString)).containsExactly(taken);
    }
  }
}
