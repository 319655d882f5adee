package dev.freezeframe.task.event;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.slot.SlotHolder;
import java.util.Set;

/** Gives the slots back of snapshots that are pending no more. */
final class SettledSlots {
  private SettledSlots() {}

  /** Of snapshots that have just been put on record as settled, no matter who took them. */
  static void giveBack(Ledger ledger, Set<SnapshotId> settled) {
    if (settled.isEmpty()) {
      return;
    }
    ledger.snapshots(settled).stream()
        .map(row -> new SlotHolder(row.instance(), row.execution()))
        .distinct()
        .forEach(holder -> ledger.giveSlotsBack(holder, settled));
  }
}
