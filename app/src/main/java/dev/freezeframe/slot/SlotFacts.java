package dev.freezeframe.slot;

import dev.freezeframe.common.VolumeId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that is known when slots are asked for.
 *
 * @param holds all slots that are held; or only those of the instances that share a volume of the
 *     set, where the look knows how many slots are held at most
 * @param allHolds whether no others hold any
 * @param waits the first of those that wait, by their places
 * @param allWaits whether no others wait
 * @param limit the quota of pending snapshots, as it is set
 * @param slow the volumes of the set of which one snapshot may be pending, as far as they have one
 */
public record SlotFacts(
    SlotQueue queue,
    SlotLook look,
    List<SlotHold> holds,
    boolean allHolds,
    List<SlotWait> waits,
    boolean allWaits,
    Set<VolumeId> slow,
    int limit) {

  public SlotFacts {
    holds = List.copyOf(holds);
    waits = List.copyOf(waits);
    slow = Set.copyOf(slow);
  }

  /**
   * The slots that others than an execution hold, at most. Its own are not taken off what the look
   * and the queue count: a function that died before it counted them has left them in neither.
   */
  int held(String execution) {
    return allHolds
        ? holds.stream()
            .filter(hold -> !hold.execution().equals(execution))
            .mapToInt(SlotHold::held)
            .sum()
        : look.heldAtMost(queue);
  }

  /** The place behind the last one that waits and lives; empty: more wait than are known. */
  Optional<Long> end(Instant now) {
    return allWaits
        ? Optional.of(
            waits.stream()
                .filter(wait -> wait.livesAt(now))
                .mapToLong(wait -> wait.place() + wait.slots())
                .max()
                .orElse(0))
        : Optional.empty();
  }
}
