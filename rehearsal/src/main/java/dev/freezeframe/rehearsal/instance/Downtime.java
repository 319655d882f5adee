package dev.freezeframe.rehearsal.instance;

import dev.freezeframe.rehearsal.cloud.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One stretch of time in which an instance did not run, as it truly was; a terminated one has an
 * endless one.
 *
 * @param stoppedBy the function that stopped it; empty: someone did so by hand, or it was stopped
 *     from the start
 * @param from when it was told to stop
 * @param stopped when it was {@code stopped}; empty while it is {@code stopping}
 * @param startedBy the function that told it to start, the first if several did; empty: nobody, or
 *     someone by hand
 * @param started when it was told to start, the last time; empty: it was not
 * @param to when it was {@code running} again; empty while it is not
 */
public record Downtime(
    Optional<Caller> stoppedBy,
    Instant from,
    Optional<Instant> stopped,
    Optional<Caller> startedBy,
    Optional<Instant> started,
    Optional<Instant> to) {

  /** An instance is told to stop. */
  public static Downtime begun(Optional<Caller> by, Instant at) {
    return new Downtime(
        by, at, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** It is stopped now; what started it, if anything did, has come to nothing. */
  public Downtime stoppedAt(Instant at) {
    return new Downtime(
        stoppedBy,
        from,
        stopped.or(() -> Optional.of(at)),
        startedBy,
        Optional.empty(),
        Optional.empty());
  }

  /** It is told to start. */
  public Downtime startedAt(Optional<Caller> by, Instant at) {
    return new Downtime(
        stoppedBy, from, stopped, startedBy.or(() -> by), Optional.of(at), Optional.empty());
  }

  /** It runs again. */
  public Downtime endedAt(Instant at) {
    return new Downtime(stoppedBy, from, stopped, startedBy, started, Optional.of(at));
  }

  /** Whether a function of an execution stopped the instance. */
  public boolean stoppedFor(String execution) {
    return stoppedBy.filter(by -> by.execution().equals(execution)).isPresent();
  }

  /** How long it lasted, or has lasted by now. */
  public Duration lasted(Instant now) {
    return Duration.between(from, to.orElse(now));
  }
}
