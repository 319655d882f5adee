package dev.freezeframe.operator.doctor.aws.stack;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.ledger.dynamo.DynamoLedger;
import dev.freezeframe.operator.doctor.aws.Question;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.stack.LedgerCheck.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Asks DynamoDB about the ledger's table, and what is in it. */
public final class DynamoTables {
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
}
