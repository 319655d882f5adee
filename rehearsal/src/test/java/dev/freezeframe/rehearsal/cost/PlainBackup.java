package dev.freezeframe.rehearsal.cost;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.script.DocumentVersion;
import dev.freezeframe.consistency.script.Script;
import dev.freezeframe.consistency.script.ScriptOrder;
import dev.freezeframe.consistency.ssm.SsmScriptRunner;
import dev.freezeframe.documents.SsmDocument;
import dev.freezeframe.inventory.VolumeSelection;
import dev.freezeframe.policy.Tagging;
import dev.freezeframe.snapshot.Ec2Snapshot;
import dev.freezeframe.snapshot.Ec2SnapshotSets;
import dev.freezeframe.snapshot.Ec2SnapshotsAdapter;
import dev.freezeframe.snapshot.SetOrder;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.task.TaskDependencies;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The steps of a backup and nothing besides: no dry run, no proof, no record of the freeze. */
final class PlainBackup {
  static final String TABLE = "snaps";
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final RunId RUN = new RunId("plain-20261122T020000Z");
  private static final VolumeSelection DATA =
      new VolumeSelection(
          List.of(),
          true,
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private final TaskDependencies dependencies;
  private final DynamoDbClient table;

  PlainBackup(TaskDependencies dependencies, DynamoDbClient table) {
    this.dependencies = dependencies;
    this.table = table;
  }

  /** Runs a script and waits for its end, as ours does. */
  void run(Script script, String instance) {
    new SsmScriptRunner(
            dependencies.ssmWithoutRetries(),
            dependencies.ssm(),
            dependencies.clock(),
            dependencies.pause())
        .run(
            new ScriptOrder(
                new InstanceId(instance),
                new DocumentVersion(SsmDocument.FILESYSTEM.ssmName(), "", "", true),
                script,
                AttemptId.of(instance, 1),
                TIMEOUT));
  }

  List<SnapshotId> create(String instance) {
    SnapshotSet set =
        new Ec2SnapshotSets(dependencies.ec2WithoutRetries())
            .create(
                new SetOrder(
                    AttemptId.of(instance, 1),
                    new InstanceId(instance),
                    new PolicyName("plain"),
                    RUN,
                    DATA,
                    new Tagging(Map.of(), true)));
    return set.snapshots();
  }

  /** A row for each snapshot. */
  void record(List<SnapshotId> snapshots) {
    for (SnapshotId snapshot : snapshots) {
      table.putItem(
          request ->
              request
                  .tableName(TABLE)
                  .item(Map.of("pk", text(snapshot.value()), "state", text("pending"))));
    }
  }

  /**
   * Asks EC2, and records what has settled.
   *
   * @return whether all have
   */
  boolean settle(List<SnapshotId> snapshots) {
    if (snapshots.isEmpty()) {
      return true;
    }
    Map<SnapshotId, Ec2Snapshot> existing = existing(snapshots);
    List<SnapshotId> settled =
        snapshots.stream()
            .filter(one -> existing.containsKey(one) && existing.get(one).state().settled())
            .toList();
    if (settled.size() == snapshots.size()) {
      settled.forEach(this::complete);
    }
    return settled.size() == snapshots.size();
  }

  /** Asks EC2 of each by itself, for anyone who does not know which are of one set. */
  void settleEach(List<SnapshotId> snapshots) {
    Map<SnapshotId, Ec2Snapshot> existing = existing(snapshots);
    snapshots.stream()
        .filter(one -> existing.containsKey(one) && existing.get(one).state().settled())
        .forEach(this::complete);
  }

  private void complete(SnapshotId snapshot) {
    table.updateItem(
        request ->
            request
                .tableName(TABLE)
                .key(Map.of("pk", text(snapshot.value())))
                .updateExpression("SET #state = :state")
                .expressionAttributeNames(Map.of("#state", "state"))
                .expressionAttributeValues(Map.of(":state", text("completed"))));
  }

  /** What the table has as pending, read row by row. */
  List<SnapshotId> pending() {
    return table
        .scan(
            request ->
                request
                    .tableName(TABLE)
                    .filterExpression("#state = :state")
                    .expressionAttributeNames(Map.of("#state", "state"))
                    .expressionAttributeValues(Map.of(":state", text("pending"))))
        .items()
        .stream()
        .map(item -> new SnapshotId(item.get("pk").s()))
        .toList();
  }

  void pause(Duration duration) {
    dependencies.pause().pause(duration);
  }

  TaskDependencies dependencies() {
    return dependencies;
  }

  private Map<SnapshotId, Ec2Snapshot> existing(List<SnapshotId> snapshots) {
    return new Ec2SnapshotsAdapter(dependencies.ec2()).existing(snapshots);
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }
}
