package dev.freezeframe.ledger.memory;

import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.LedgerContract;

class InMemoryLedgerTest extends LedgerContract {

  @Override
  protected Ledger emptyLedger() {
    return new InMemoryLedger();
  }
}
