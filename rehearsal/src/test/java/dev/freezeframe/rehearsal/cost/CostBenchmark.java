package dev.freezeframe.rehearsal.cost;

import dev.freezeframe.documents.SsmDocument;
import dev.freezeframe.ledger.dynamo.DynamoLedger;
import dev.freezeframe.rehearsal.dynamo.JudgedDynamoDb;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotBehavior;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.run.CloudSettings;
import dev.freezeframe.rehearsal.run.EmbeddedCloud;
import dev.freezeframe.rehearsal.run.EmbeddedDependencies;
import dev.freezeframe.rehearsal.run.Faults;
import dev.freezeframe.rehearsal.run.RecordedMetrics;
import dev.freezeframe.task.Environment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Counts what 1,000 backups use by each design, and prints the table of docs/performance.md. */
final class CostBenchmark {
  private static final List<Duration> DURATIONS =
      List.of(Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(6));
  private static final int INSTANCES = 10;
  private static final int BACKUPS = 1_000;

  private CostBenchmark() {}

  public static void main(String[] arguments) {
    table(measure()).forEach(System.out::println);
    // what DynamoDB Local has started would keep the JVM alive
    System.exit(0);
  }

  /** What one backup uses, by design and by how long its snapshots take. */
  static Map<Design, Map<Duration, Usage>> measure() {
    Map<Design, Map<Duration, Usage>> measured = new EnumMap<>(Design.class);
    for (Design design : Design.values()) {
      Map<Duration, Usage> byDuration = new TreeMap<>();
      DURATIONS.forEach(takes -> byDuration.put(takes, measure(design, takes)));
      measured.put(design, byDuration);
    }
    return measured;
  }

  /** The rows of docs/performance.md. */
  static List<String> table(Map<Design, Map<Duration, Usage>> measured) {
    List<String> rows = new ArrayList<>();
    measured.forEach(
        (design, byDuration) ->
            byDuration.forEach((takes, each) -> rows.add(row(design, takes, each))));
    return rows;
  }

  private static String row(Design design, Duration takes, Usage each) {
    return "| %s | %s | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f | %.2f |"
        .formatted(
            design.words,
            takes.toHours() == 0 ? takes.toMinutes() + " min" : takes.toHours() + " h",
            BACKUPS * each.transitions(),
            BACKUPS * each.invocations(),
            BACKUPS * each.gigabyteSeconds(),
            BACKUPS * each.ec2(),
            BACKUPS * each.ssm(),
            BACKUPS * each.writes(),
            BACKUPS * each.reads(),
            BACKUPS * each.dollars());
  }

  /** Without the part of the run that the backup is of. */
  private static Usage measure(Design design, Duration takes) {
    return play(design, INSTANCES, takes).perBackup(play(design, 0, takes), INSTANCES);
  }

  private static Usage play(Design design, int instances, Duration takes) {
    boolean deaf = design != Design.OURS;
    SnapshotBehavior fate =
        deaf
            ? SnapshotBehavior.GOOD.taking(takes).losingEvents()
            : SnapshotBehavior.GOOD.taking(takes);
    CloudSettings settings =
        new CloudSettings(
            1,
            Design.DUE.minus(Duration.ofHours(2)),
            Fleets.of(instances, 3),
            SsmDocument.allDeployed(),
            time -> Faults.NONE.withSets(instance -> fate),
            10_000);
    Path root = Path.of(System.getProperty("freezeframe.root"));
    Meter meter = new Meter();
    try (EmbeddedCloud cloud = new EmbeddedCloud(settings, root.resolve("statemachines"), meter)) {
      meter.attach(cloud);
      createPlainTable();
      PlainBackup plain =
          new PlainBackup(
              new EmbeddedDependencies(
                  cloud.time(),
                  cloud.ec2(),
                  cloud.ssm(),
                  new DynamoLedger(cloud.dynamo().client(3), "ledger"),
                  new Environment("ledger", settings.pendingSnapshots()),
                  new RecordedMetrics()),
              cloud.dynamo().client());
      design.begin(new Design.Stage(cloud, meter, plain));
      cloud.time().run();
      return meter.read(cloud);
    }
  }

  /** In DynamoDB Local, since the tables in memory know only what the ledger asks. */
  private static void createPlainTable() {
    JudgedDynamoDb.local()
        .createTable(
            table ->
                table
                    .tableName(PlainBackup.TABLE)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(
                        KeySchemaElement.builder()
                            .attributeName("pk")
                            .keyType(KeyType.HASH)
                            .build())
                    .attributeDefinitions(
                        AttributeDefinition.builder()
                            .attributeName("pk")
                            .attributeType(ScalarAttributeType.S)
                            .build()));
  }
}
