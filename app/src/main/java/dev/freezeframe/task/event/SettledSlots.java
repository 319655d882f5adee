package dev.freezeframe.task.event;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.SnapshotRow;
import java.util.Set;
import java.util.TreeSet;

/** Gives the slots back of snapshots that are pending no more. */
final class SettledSlots {
  private SettledSlots() {}

  /** Of snapshots that have just been put on record as settled, no matter who took them. */
  static void giveBack(Ledger ledger, Set<SnapshotId> settled) {
    if (settled.isEmpty()) {
      return;
    }
    Set<String> executions = new TreeSet<>();
    ledger.snapshots(settled).stream().map(SnapshotRow::execution).forEach(executions::add);
    executions.forEach(execution -> ledger.giveSlotsBack(execution, settled));
  }
}
