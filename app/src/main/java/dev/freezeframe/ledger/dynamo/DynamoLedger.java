package dev.freezeframe.ledger.dynamo;

import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.dynamo.run.DynamoRuns;
import dev.freezeframe.ledger.dynamo.run.DynamoStops;
import dev.freezeframe.ledger.dynamo.table.DynamoTable;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The ledger in one DynamoDB table, which {@link LedgerTable} defines.
 *
 * <p>Each kind of rows is written and read by an interface of its own, over the same table.
 */
public final class DynamoLedger
    implements Ledger,
        DynamoRuns,
        DynamoSnapshots,
        DynamoExpiry,
        DynamoGroups,
        DynamoPlans,
        DynamoRecoveryPoints,
        DynamoSlots,
        DynamoStops,
        DynamoFacts,
        DynamoRestores,
        DynamoDrills {
  private final DynamoTable table;

  public DynamoLedger(DynamoDbClient client, String table) {
    this.table = new DynamoTable(client, table);
  }

  @Override
  public DynamoTable table() {
    return table;
  }
}
