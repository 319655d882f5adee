package dev.freezeframe.rehearsal.dynamo.table;

import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.LedgerContract;
import dev.freezeframe.ledger.dynamo.DynamoLedger;
import dev.freezeframe.rehearsal.dynamo.JudgedDynamoDb;

/**
 * The ledger keeps its contract on the tables in memory, and DynamoDB Local agrees on each call.
 */
class InMemoryDynamoDbContractTest extends LedgerContract {
  private static final String TABLE = "ledger";

  @Override
  protected Ledger emptyLedger() {
    return new DynamoLedger(JudgedDynamoDb.ofEmpty(TABLE), TABLE);
  }
}
