package dev.freezeframe.slot;

/**
 * Whether a set gets its slots.
 *
 * @param next what all agree on afterwards; the same as before where nothing changes
 * @param words why
 */
public record SlotDecision(Kind kind, SlotQueue next, String words) {

  /** What becomes of a set that asks. */
  public enum Kind {
    /** It gets its slots, or keeps those that it has. */
    TAKE,
    /** It waits in its turn, and those behind it let it go first. */
    WAIT,
    /** It waits for its own volumes, and nobody waits for it. */
    STAND_ASIDE
  }
}
