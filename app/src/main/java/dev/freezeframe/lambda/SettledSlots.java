package dev.freezeframe.lambda;

import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.snapshot.SnapshotId;
import java.util.Set;
import java.util.TreeSet;

/** Gives the slots back of snapshots that are pending no more. */
final class SettledSlots {
  private SettledSlots() {}

  /** Of snapshots that have just been put on record as settled, whoever took them. */
  static void giveBack(Ledger ledger, Set<SnapshotId> settled) {
    if (settled.isEmpty()) {
      return;
    }
    Set<String> executions = new TreeSet<>();
    ledger.snapshots(settled).stream().map(SnapshotRow::execution).forEach(executions::add);
    executions.forEach(execution -> ledger.giveSlotsBack(execution, settled));
  }
}
