package dev.freezeframe.slot;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a look at EC2 found.
 *
 * @param at when it began
 * @param pending how many snapshots were pending in the account and Region
 * @param others how many of them no slot is held for: those of other tools, and of ours that were
 *     given up
 * @param peak the most of them that were seen lately, this look included
 * @param held the slots that were held when it was made
 */
public record SlotLook(
    Instant at, int pending, int others, Peak peak, OpenSnapshots open, Held held) {
  /** How long other tools are expected to come back for as much as they had. */
  private static final Duration REMEMBERED = Duration.ofMinutes(30);

  public SlotLook {
    at = at.truncatedTo(ChronoUnit.MILLIS);
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

  /**
   * Slots that were held at a look.
   *
   * @param taken the slots that had ever been taken by then, as the queue counts them
   */
  public record Held(int slots, long taken) {
    /** Of a look that did not count them: more than any quota. */
    public static final Held UNKNOWN = new Held(1_000_000_000, 0);
  }

  /** What of others was pending, as seen after another look or at the first. */
  static Peak peakAfter(Optional<SlotLook> last, Instant at, int others) {
    return last.map(look -> look.peak().orNow(others, at)).orElseGet(() -> new Peak(others, at));
  }

  /**
   * How many slots are held at most: those of this look, of which some may have been given back,
   * and all that were taken since. Holds are recorded before the queue that counts them, so that no
   * slot is in neither.
   */
  int heldAtMost(SlotQueue queue) {
    return held.slots() + (int) Math.max(0, queue.everTaken() - held.taken());
  }

  /**
   * How many slots are left free for others: they may come back for as many as they had, and one
   * more, in the seconds between this look and the call that it allows.
   */
  int leftToOthers() {
    return peak.others() == 0 ? 0 : peak.others() + 1 - others;
  }
}
