package dev.freezeframe.slot;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SnapshotId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Remembers who holds slots and who waits for them. Every read sees all earlier writes. */
public interface SlotLedger {

  /** What all agree on; that of an empty queue if nobody has taken a slot yet. */
  SlotQueue slotQueue();

  /**
   * Changes what all agree on.
   *
   * @return false if another has changed it since the version before was read; nothing is written
   */
  boolean recordSlotQueue(SlotQueue next);

  /** The newest look at EC2; empty: there was none. */
  Optional<SlotLook> slotLook();

  /** Records a look; an older one never replaces a newer. */
  void recordSlotLook(SlotLook look);

  /** All slots that are held, by instance and execution. */
  List<SlotHold> slotHolds();

  /** The slots that are held for sets of an instance, by execution. */
  List<SlotHold> slotHolds(InstanceId instance);

  /** The slots that somebody holds. */
  Optional<SlotHold> slotHold(SlotHolder holder);

  /** Puts slots on record for a set that is not taken yet, in place of what its holder held. */
  void recordSlotHold(SlotHold hold);

  /**
   * Puts the set on record that was taken with somebody's slots; nothing if they hold none, or have
   * their set on record already.
   */
  void recordSlotSnapshots(SlotHolder holder, Set<SnapshotId> set, Instant at);

  /** Gives the slots of some snapshots back; those that were given back before stay so. */
  void giveSlotsBack(SlotHolder holder, Set<SnapshotId> settled);

  /** Gives all slots back that somebody holds. */
  void giveSlotsBack(SlotHolder holder);

  /** Has slots lapse at an instant if no set is on record for them; never later than before. */
  void lapseSlots(SlotHolder holder, Instant until);

  /** The first that wait, by place and execution, whether they are alive or not. */
  List<SlotWait> firstSlotWaits(int most);

  /** Records that an execution waits, or waits on. */
  void recordSlotWait(SlotWait wait);

  /** Takes an execution out of the queue. */
  void removeSlotWait(String execution, long place);
}
