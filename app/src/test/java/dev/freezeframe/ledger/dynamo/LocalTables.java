package dev.freezeframe.ledger.dynamo;

import com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Tables of the ledger on one DynamoDB Local, which lives as long as the tests. */
final class LocalTables {
  private static final boolean NO_TELEMETRY = true;
  private static final DynamoDbClient CLIENT =
      DynamoDBEmbedded.create(NO_TELEMETRY).dynamoDbClient();
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private LocalTables() {}

  static DynamoDbClient client() {
    return CLIENT;
  }

  /** The name of a new, empty table. */
  static String create() {
    String name = "ledger-" + NUMBER.incrementAndGet();
    CLIENT.createTable(LedgerTable.createTable(name));
    return name;
  }
}
