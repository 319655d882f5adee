package dev.freezeframe.slot;

/**
 * Whether a set gets its slots.
 *
 * @param next what all agree on afterwards; the same as before where nothing changes
 * @param words why
 */
public record SlotDecision(Kind kind, SlotQueue next, String words) {

  /** What happens to a set that asks. */
  public enum Kind {
    /** It gets its slots, or keeps those that it has. */
    TAKE,
    /** It waits in its turn; those behind it wait for it. */
    WAIT,
    /** It waits for its own volumes, and nobody waits for it. */
    STAND_ASIDE
  }
}
