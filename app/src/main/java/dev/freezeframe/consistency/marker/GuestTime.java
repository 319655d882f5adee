package dev.freezeframe.consistency.marker;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * Reads a time that a guest states.
 *
 * <p>A guest can state anything; what lies outside of these two centuries is no time of a backup,
 * and would be too long a duration for some that calculate with it.
 */
public final class GuestTime {
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private GuestTime() {}

  /** The instant, if the text is one; anything else is as good as not stated. */
  public static Optional<Instant> parse(String text) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(ZonedDateTime.parse(text).toInstant())
          .filter(instant -> instant.isAfter(EARLIEST) && instant.isBefore(LATEST));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }
}
