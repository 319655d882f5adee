package dev.freezeframe.rehearsal.cost;

import dev.freezeframe.consistency.AttemptId;
import dev.freezeframe.consistency.DocumentPin;
import dev.freezeframe.consistency.Script;
import dev.freezeframe.consistency.ScriptOrder;
import dev.freezeframe.consistency.SsmScriptRunner;
import dev.freezeframe.documents.SsmDocument;
import dev.freezeframe.lambda.Surroundings;
import dev.freezeframe.policy.PolicyName;
import dev.freezeframe.policy.RunId;
import dev.freezeframe.policy.Tagging;
import dev.freezeframe.snapshot.Ec2SnapshotSets;
import dev.freezeframe.snapshot.SetOrder;
import dev.freezeframe.snapshot.SnapshotId;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.target.InstanceId;
import dev.freezeframe.target.VolumeSelection;
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

  private final Surroundings surroundings;
  private final DynamoDbClient table;

  PlainBackup(Surroundings surroundings, DynamoDbClient table) {
    this.surroundings = surroundings;
    this.table = table;
  }

  /** Runs a script and waits for its end, as ours does. */
  void run(Script script, String instance) {
    new SsmScriptRunner(
            surroundings.ssmOnce(), surroundings.ssm(), surroundings.clock(), surroundings.pause())
        .run(
            new ScriptOrder(
                new InstanceId(instance),
                new DocumentPin(SsmDocument.FILESYSTEM.ssmName(), "", "", true),
                script,
                AttemptId.of(instance, 1),
                TIMEOUT));
  }

  List<SnapshotId> create(String instance) {
    SnapshotSet set =
        sets()
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
    var standing = sets().standing(snapshots);
    List<SnapshotId> settled =
        snapshots.stream()
            .filter(one -> standing.containsKey(one) && standing.get(one).state().settled())
            .toList();
    if (settled.size() == snapshots.size()) {
      settled.forEach(this::complete);
    }
    return settled.size() == snapshots.size();
  }

  /** Asks EC2 of each by itself, for whoever does not know which are of one set. */
  void settleEach(List<SnapshotId> snapshots) {
    var standing = sets().standing(snapshots);
    snapshots.stream()
        .filter(one -> standing.containsKey(one) && standing.get(one).state().settled())
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
    surroundings.pause().pause(duration);
  }

  Surroundings surroundings() {
    return surroundings;
  }

  private Ec2SnapshotSets sets() {
    return new Ec2SnapshotSets(surroundings.ec2Once(), surroundings.ec2());
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }
}
