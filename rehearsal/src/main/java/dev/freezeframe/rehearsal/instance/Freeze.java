package dev.freezeframe.rehearsal.instance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One stretch of time in which a guest stood still, as it truly was.
 *
 * @param by the {@code executionId} of the pre-script
 * @param to empty while it lasts
 * @param thawedBy empty while it lasts
 * @param volumes that stood still
 * @param unmounted whether their file systems were unmounted, and not frozen
 */
public record Freeze(
    Instant from,
    Optional<Instant> to,
    String by,
    Optional<ThawedBy> thawedBy,
    List<String> volumes,
    boolean unmounted) {

  public Freeze {
    volumes = List.copyOf(volumes);
  }

  /** What ended a freeze. */
  public enum ThawedBy {
    POST_SCRIPT,
    /** The guest's own timer. */
    TIMER,
    /** The instance was stopped or terminated. */
    INSTANCE_GONE
  }

  public static Freeze begun(Instant from, String by, List<String> volumes, boolean unmounted) {
    return new Freeze(from, Optional.empty(), by, Optional.empty(), volumes, unmounted);
  }

  public Freeze ended(Instant to, ThawedBy how) {
    return new Freeze(from, Optional.of(to), by, Optional.of(how), volumes, unmounted);
  }

  /** How long it lasted, or has lasted by now. */
  public Duration lasted(Instant now) {
    return Duration.between(from, to.orElse(now));
  }
}
