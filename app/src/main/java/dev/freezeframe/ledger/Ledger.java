package dev.freezeframe.ledger;

import dev.freezeframe.drill.DrillLedger;
import dev.freezeframe.ledger.run.RunLedger;
import dev.freezeframe.restore.FactsLedger;
import dev.freezeframe.restore.RestoreLedger;
import dev.freezeframe.slot.SlotLedger;
import dev.freezeframe.stop.StopLedger;

/**
 * The memory of the project. Every write can be made twice, and no write undoes a later one.
 *
 * <p>Reads see all earlier writes, except those that say that they go through an index. Instants
 * and durations are kept to the millisecond; the rows round down when they are made.
 */
public interface Ledger
    extends RunLedger,
        SnapshotLedger,
        ExpiryLedger,
        PlanLedger,
        RecoveryPoints,
        SlotLedger,
        StopLedger,
        FactsLedger,
        RestoreLedger,
        DrillLedger {}
