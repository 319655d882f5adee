package dev.freezeframe.operator.doctor.aws.stack;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.IndexedSnapshot;
import dev.freezeframe.ledger.dynamo.DynamoLedger;
import dev.freezeframe.operator.doctor.aws.Question;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.stack.LedgerCheck.Table;
import dev.freezeframe.operator.doctor.check.stack.RestorableCheck.NewestSet;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Asks DynamoDB about the ledger's table, and what is in it. */
public final class DynamoTables {
  /** The id of no instance: it comes before all of them. */
  private static final InstanceId BEFORE_ALL = new InstanceId("i-00000000");

  private final DynamoDbClient dynamo;

  public DynamoTables(DynamoDbClient dynamo) {
    this.dynamo = dynamo;
  }

  /** A table; empty if none. */
  public Asked<Optional<Table>> find(String name) {
    return Question.ask(
        "dynamodb:DescribeTable",
        () -> {
          try {
            return Optional.of(
                table(dynamo.describeTable(request -> request.tableName(name)).table()));
          } catch (ResourceNotFoundException none) {
            return Optional.empty();
          }
        });
  }

  private static Table table(TableDescription found) {
    return new Table(
        found.tableName(),
        found.tableStatusAsString(),
        Boolean.TRUE.equals(found.deletionProtectionEnabled()),
        found.globalSecondaryIndexes().stream()
            .filter(index -> index.indexStatus() == IndexStatus.ACTIVE)
            .map(GlobalSecondaryIndexDescription::indexName)
            .collect(Collectors.toSet()));
  }

  /** The newest recovery point of a policy; empty: there never was one. */
  public Asked<Optional<Instant>> newestRecoveryPoint(String table, PolicyName policy) {
    return Question.ask(
        "dynamodb:GetItem", () -> new DynamoLedger(dynamo, table).newestRecoveryPoint(policy));
  }

  /**
   * The newest set of each of the first instances of a policy, and what a restore of it needs.
   *
   * @param most instances
   */
  public Asked<List<NewestSet>> newestSets(String table, PolicyName policy, int most) {
    DynamoLedger ledger = new DynamoLedger(dynamo, table);
    Asked<List<IndexedSnapshot>> newest =
        Question.ask("dynamodb:Query", () -> newest(ledger, policy, most));
    return newest.value().isEmpty()
        ? newest.map(none -> List.of())
        : Question.ask(
            "dynamodb:GetItem",
            () ->
                newest.value().get().stream()
                    .map(
                        snapshot ->
                            new NewestSet(
                                snapshot.instance(),
                                snapshot.pointInTime(),
                                ledger.facts(snapshot.set())))
                    .toList());
  }

  private static List<IndexedSnapshot> newest(DynamoLedger ledger, PolicyName policy, int most) {
    return ledger.groups(Optional.of(new GroupKey(policy, BEFORE_ALL)), most).stream()
        .filter(group -> group.policy().equals(policy))
        .flatMap(
            group ->
                ledger.members(group).stream()
                    .max(Comparator.comparing(IndexedSnapshot::pointInTime))
                    .stream())
        .toList();
  }
}
