package dev.freezeframe.slot;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An execution that waits for slots in its turn.
 *
 * @param execution ARN
 * @param place in the order of all that wait; those with smaller places go first
 * @param slots how many it wants
 * @param until when it is taken for dead unless it has asked again
 */
public record SlotWait(String execution, long place, int slots, Instant until) {

  public SlotWait {
    if (place < 0 || slots < 1) {
      throw new IllegalArgumentException(
          "place is %d, slots are %d, expected at least 0 and 1".formatted(place, slots));
    }
    until = until.truncatedTo(ChronoUnit.MILLIS);
  }

  /** Whether it is not taken for dead. */
  public boolean livesAt(Instant now) {
    return !until.isBefore(now);
  }
}
