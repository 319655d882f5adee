package dev.freezeframe.ledger;

import org.junit.jupiter.api.BeforeEach;

/** What every ledger holds to, whatever it is kept in. */
public abstract class LedgerContract
    implements RunContract,
        PageContract,
        FreezeContract,
        OutcomeContract,
        SnapshotContract,
        SetContract,
        RecoveryPointContract,
        ExpiryContract,
        PlanContract,
        SlotContract,
        StopContract,
        FactsContract,
        RestoreContract,
        DrillContract {
  private Ledger ledger;

  protected abstract Ledger emptyLedger();

  @BeforeEach
  void open() {
    ledger = emptyLedger();
  }

  @Override
  public Ledger ledger() {
    return ledger;
  }
}
