package dev.freezeframe.ledger;

/** Where the parts of the contract find the ledger that they test. */
interface LedgerUnderTest {

  /** The ledger of this test, empty at first. */
  Ledger ledger();
}
