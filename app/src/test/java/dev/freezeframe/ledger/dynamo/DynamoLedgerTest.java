package dev.freezeframe.ledger.dynamo;

import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.LedgerContract;

class DynamoLedgerTest extends LedgerContract {

  @Override
  protected Ledger emptyLedger() {
    return new DynamoLedger(LocalTables.client(), LocalTables.create());
  }
}
