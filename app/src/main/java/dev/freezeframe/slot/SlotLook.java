package dev.freezeframe.slot;

import dev.freezeframe.common.VolumeId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a look at EC2 found.
 *
 * @param at when it began
 * @param pending how many snapshots were pending in the account and Region
 * @param others how many of them no slot is held for: those of other tools, and of ours that were
 *     given up
 * @param open how many snapshots each volume has that are pending or failed, both of which count
 *     against the quota of the volume; a volume without one is left out
 */
public record SlotLook(Instant at, int pending, int others, SortedMap<VolumeId, Integer> open) {
  /** So that a look always fits into an item; more volumes than that are not told apart. */
  private static final int MAX_VOLUMES = 5_000;

  public SlotLook {
    at = at.truncatedTo(ChronoUnit.MILLIS);
    open = Collections.unmodifiableSortedMap(bounded(open));
  }

  private static TreeMap<VolumeId, Integer> bounded(Map<VolumeId, Integer> open) {
    TreeMap<VolumeId, Integer> kept = new TreeMap<>();
    open.entrySet().stream()
        .sorted(Map.Entry.<VolumeId, Integer>comparingByValue().reversed())
        .limit(MAX_VOLUMES)
        .forEach(volume -> kept.put(volume.getKey(), volume.getValue()));
    return kept;
  }
}
