package dev.freezeframe.operator.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded;
import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.Proof;
import dev.freezeframe.consistency.SetVerdict;
import dev.freezeframe.consistency.Verdict;
import dev.freezeframe.ledger.Deletion;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.ledger.SnapshotChange;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.dynamo.DynamoLedger;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import dev.freezeframe.ledger.run.RunRow;
import dev.freezeframe.operator.cli.Commands;
import dev.freezeframe.operator.cli.LedgerOption;
import dev.freezeframe.operator.cli.ReadOnlyDynamoDb;
import dev.freezeframe.operator.cli.Terminal;
import dev.freezeframe.operator.evidence.DrawnQuarter;
import dev.freezeframe.retention.GroupReview;
import dev.freezeframe.snapshot.SnapshotState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class ExplainCommandTest {
  private static final DynamoDbClient LOCAL = DynamoDBEmbedded.create(true).dynamoDbClient();
  private static final PolicyName DAILY = new PolicyName("daily");
  private static final InstanceId INSTANCE = new InstanceId("i-0aaa0000000000001");
  private static final Instant NOW = Instant.parse("2026-12-10T12:00:00Z");

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final ReadOnlyDynamoDb readOnly = new ReadOnlyDynamoDb(LOCAL);
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String table;

  @BeforeEach
  void aLedgerOfThreeSets() {
    table = "ledger-" + NUMBER.incrementAndGet();
    LOCAL.createTable(LedgerTable.createTable(table));
    DynamoLedger ledger = new DynamoLedger(LOCAL, table);
    take(ledger, "snap-0aaa000000000001", "2026-12-01T02:00:00Z");
    take(ledger, "snap-0aaa000000000002", "2026-12-08T02:00:00Z");
    take(ledger, "snap-0aaa000000000003", "2026-12-09T02:00:00Z");
    ledger.recordDeletion(
        new SnapshotId("snap-0aaa000000000001"),
        new Deletion(
            "age",
            "its age ended at 2026-12-08T02:00:00Z, the policy says 7 days",
            "expire-1",
            Instant.parse("2026-12-08T03:00:00Z"),
            true));
  }

  private static void take(DynamoLedger ledger, String snapshot, String at) {
    SnapshotId id = new SnapshotId(snapshot);
    Instant pointInTime = Instant.parse(at);
    RunId run = RunId.of(DAILY, pointInTime);
    ledger.claimRun(
        new RunRow(run, DAILY, pointInTime, "arn:execution", pointInTime, Optional.empty()));
    ledger.recordSnapshots(
        List.of(
            SnapshotRow.pending(
                id,
                AttemptId.of(at, 1),
                new VolumeId("vol-0aaa0000000000001"),
                INSTANCE,
                DAILY,
                run,
                "arn:execution",
                pointInTime,
                Optional.empty())));
    ledger.apply(
        new SnapshotChange(
            id, SnapshotState.COMPLETED, pointInTime.plusSeconds(60), Optional.empty()));
    new GroupReview(ledger)
        .record(
            new GroupKey(DAILY, INSTANCE),
            List.of(id),
            pointInTime,
            SetVerdict.on(
                new Verdict(
                    Consistency.APPLICATION, Optional.of(Proof.PROVED), "held by its scripts")),
            new RetentionSettings(
                OptionalInt.of(7),
                "the policy says 7 days",
                OptionalInt.empty(),
                Optional.empty(),
                RetentionSettings.MIN,
                false,
                ZoneOffset.UTC),
            pointInTime.plusSeconds(70));
  }

  private int explain(String... arguments) {
    CommandLine line = new CommandLine(new Parent());
    line.addSubcommand(
        new ExplainCommand(
            new LedgerOption(() -> readOnly), Clock.fixed(NOW, ZoneOffset.UTC), Terminal.NONE));
    return Commands.prepare(line)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @CommandLine.Command(name = "./freezeframe")
  private static final class Parent {}

  @Test
  void aSnapshotThatIsThereSaysWhyAndUntilWhen() {
    assertThat(explain("explain", "snap-0aaa000000000002", "--table", table)).isZero();
    assertThat(out.toString())
        .contains("taken by policy daily at 2026-12-08T02:00:00Z, APPLICATION")
        .contains("kept until 2026-12-15T02:00:00Z at least: age until 2026-12-15T02:00:00Z");
  }

  @Test
  void aSnapshotThatWentSaysByWhichRuleWhyAndWhen() {
    assertThat(explain("explain", "snap-0aaa000000000001", "--table", table)).isZero();
    assertThat(out.toString())
        .contains(
            "deleted at 2026-12-08T03:00:00Z by plan expire-1, rule age: its age ended at"
                + " 2026-12-08T02:00:00Z, the policy says 7 days");
  }

  @Test
  void aSetThatWentSaysTheSameOfEachOfItsSnapshots() {
    String set = AttemptId.of("2026-12-01T02:00:00Z", 1).value();

    assertThat(explain("explain", set, "--table", table)).isZero();
    assertThat(out.toString())
        .startsWith("snap-0aaa000000000001 is of vol-0aaa0000000000001 of " + INSTANCE)
        .contains("deleted at 2026-12-08T03:00:00Z by plan expire-1, rule age: ");
  }

  @Test
  void anInstanceShowsItsSetsThatWhichGoesNextFirst() {
    assertThat(explain("explain", INSTANCE.value(), "--table", table)).isZero();
    assertThat(out.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("daily 2026-12-08T02:00:00Z"),
            line -> assertThat(line).startsWith("daily 2026-12-09T02:00:00Z"));
  }

  @Test
  void anInstanceSaysWhatItsDrillsHaveProved() {
    DrawnQuarter.record(new DynamoLedger(LOCAL, table));

    assertThat(explain("explain", DrawnQuarter.PROVED.value(), "--table", table)).isZero();
    assertThat(explain("explain", DrawnQuarter.NO_RESULT.value(), "--table", table)).isZero();
    assertThat(out.toString().lines().filter(line -> line.contains("its last drill")))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("database: last proved by drill-20261219T080000Z-")
                    .endsWith("began 2026-12-19T08:00:02Z and is PASSED_WITH_WARNINGS"),
            line ->
                assertThat(line)
                    .startsWith("files: no restore of it is proved; its last drill, drill-20261008")
                    .endsWith("and is INCONCLUSIVE"));
  }

  @Test
  void nothingIsCalledButWhatReadsByKey() {
    explain("explain", INSTANCE.value(), "--table", table);
    explain("explain", "snap-0aaa000000000002", "--table", table);

    assertThat(readOnly.calls()).contains("Query", "BatchGetItem");
  }

  @Test
  void whatIsNotThereIsSaidSoAndEndsWithOne() {
    assertThat(explain("explain", "snap-0aaa00000000ffff", "--table", table)).isOne();
    assertThat(err.toString().strip())
        .isEqualTo("snap-0aaa00000000ffff is not in the ledger of table " + table);
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "explain vol-1 --table T | ID is 'vol-1', expected a snapshot (snap-...), an instance",
        "explain snap-xyz --table T | snapshot id 'snap-xyz': expected snap- and 8 to 17",
        "explain snap-0aaa000000000001 --table nowhere | --table is nowhere, expected a table",
        "explain snap-0aaa000000000001 | freezeframe: Missing required option: '--table=NAME'; see"
            + " ./freezeframe explain --help",
      })
  void whatCannotBeUsedIsRefusedInOneSentence(String line, String sentence) {
    assertThat(explain(line.split(" "))).isEqualTo(Commands.BAD_INPUT);
    assertThat(err.toString().strip()).startsWith(sentence);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(out.toString()).isEmpty();
  }
}
