package dev.freezeframe.slot;

import dev.freezeframe.common.VolumeId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that is known when slots are asked for.
 *
 * @param waits the first of those that wait, by their places
 * @param all whether no others wait
 * @param limit the quota of pending snapshots, as it is set
 * @param slow the volumes of the set of which one snapshot may be pending, as far as they have one
 */
public record SlotFacts(
    SlotQueue queue,
    SlotLook look,
    List<SlotHold> holds,
    List<SlotWait> waits,
    boolean all,
    Set<VolumeId> slow,
    int limit) {

  public SlotFacts {
    holds = List.copyOf(holds);
    waits = List.copyOf(waits);
    slow = Set.copyOf(slow);
  }

  /** The place behind the last one that waits and lives; empty: more wait than are known. */
  Optional<Long> end(Instant now) {
    return all
        ? Optional.of(
            waits.stream()
                .filter(wait -> wait.livesAt(now))
                .mapToLong(wait -> wait.place() + wait.slots())
                .max()
                .orElse(0))
        : Optional.empty();
  }
}
