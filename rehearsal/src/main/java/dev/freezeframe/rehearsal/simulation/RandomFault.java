package dev.freezeframe.rehearsal.simulation;

import java.time.Duration;
import java.time.Instant;

/**
 * One thing that goes wrong in a simulation.
 *
 * @param number within its simulation; its random draws go by it, so that they stay when others go
 * @param place an instance id; empty string: everywhere
 * @param until when it is over; what is done once is undone by then
 * @param percent of its occasions that it befalls
 * @param length how late or slow, or how long until it is undone, as its kind has it
 */
public record RandomFault(
    int number,
    FaultType kind,
    String place,
    Instant from,
    Instant until,
    int percent,
    Duration length) {

  public RandomFault {
    if (percent < 1 || percent > 100) {
      throw new IllegalArgumentException(
          "fault %d: expected 1 to 100 percent, found %d".formatted(number, percent));
    }
    if (until.isBefore(from)) {
      throw new IllegalArgumentException(
          "fault %d: expected an end after %s, found %s".formatted(number, from, until));
    }
  }

  boolean concerns(String instance, Instant now) {
    return (place.isEmpty() || place.equals(instance))
        && !now.isBefore(from)
        && now.isBefore(until);
  }

  /** When what was done is undone. */
  Instant undoneAt() {
    Instant after = from.plus(length);
    return after.isBefore(until) ? after : until;
  }

  /** As text. */
  public String sentence() {
    String where = place.isEmpty() ? "" : " (" + place + ")";
    return kind.once()
        ? "%s: %s%s, for %s".formatted(from, kind, where, length)
        : "%s to %s: %s%s, %d %% of the time, by %s"
            .formatted(from, until, kind, where, percent, length);
  }
}
