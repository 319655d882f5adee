package dev.freezeframe.ledger.dynamo;

import dev.freezeframe.ledger.Ledger;

/** Where the parts of the contract find the ledger that they test. */
public interface LedgerUnderTest {

  /** The ledger of this test, empty at first. */
  Ledger ledger();
}
