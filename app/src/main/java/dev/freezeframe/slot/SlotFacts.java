package dev.freezeframe.slot;

import dev.freezeframe.target.VolumeId;
import java.util.List;
import java.util.Set;

/**
 * All that is known when slots are asked for.
 *
 * @param limit the quota of pending snapshots, as it is set
 * @param slow the volumes of the set of which one snapshot may be pending, as far as they have one
 */
public record SlotFacts(
    SlotQueue queue,
    SlotLook look,
    List<SlotHold> holds,
    List<SlotWait> waits,
    Set<VolumeId> slow,
    int limit) {

  public SlotFacts {
    holds = List.copyOf(holds);
    waits = List.copyOf(waits);
    slow = Set.copyOf(slow);
  }
}
