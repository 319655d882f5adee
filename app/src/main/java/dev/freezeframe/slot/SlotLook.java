package dev.freezeframe.slot;

import dev.freezeframe.common.VolumeId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a look at EC2 found.
 *
 * @param at when it began
 * @param pending how many snapshots were pending in the account and Region
 * @param others how many of them no slot is held for: those of other tools, and of ours that were
 *     given up
 * @param peak the most of them that were seen lately, this look included
 * @param open how many snapshots each volume has that are pending or failed, both of which count
 *     against the quota of the volume; a volume without one is left out
 */
public record SlotLook(
    Instant at, int pending, int others, Peak peak, SortedMap<VolumeId, Integer> open) {
  /** How long other tools are expected to come back for as much as they had. */
  private static final Duration REMEMBERED = Duration.ofMinutes(30);

  /** So that a look always fits into an item; more volumes than that are not told apart. */
  private static final int MAX_VOLUMES = 5_000;

  public SlotLook {
    at = at.truncatedTo(ChronoUnit.MILLIS);
    open = Collections.unmodifiableSortedMap(bounded(open));
  }

  /** The most snapshots of other tools that were pending at once, and when. */
  public record Peak(int others, Instant at) {
    public Peak {
      at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    /** The same after a look that found so many. */
    Peak orNow(int found, Instant now) {
      return found >= others || at.plus(REMEMBERED).isBefore(now) ? new Peak(found, now) : this;
    }
  }

  /** A look that follows another, or is the first. */
  static SlotLook after(
      Optional<SlotLook> last,
      Instant at,
      int pending,
      int others,
      SortedMap<VolumeId, Integer> open) {
    Peak now = new Peak(others, at);
    return new SlotLook(
        at, pending, others, last.map(look -> look.peak().orNow(others, at)).orElse(now), open);
  }

  /**
   * How many slots are left free for others: they may come back for as many as they had, and one
   * more, in the seconds between this look and the call that it allows.
   */
  int leftToOthers() {
    return peak.others() == 0 ? 0 : peak.others() + 1 - others;
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
