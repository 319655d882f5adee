package dev.freezeframe.ledger;

class DynamoLedgerTest extends LedgerContract {

  @Override
  protected Ledger emptyLedger() {
    return new DynamoLedger(LocalTables.client(), LocalTables.create());
  }
}
