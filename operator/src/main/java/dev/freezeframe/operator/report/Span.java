package dev.freezeframe.operator.report;

import java.time.Instant;

/**
 * A stretch of a backup's time; one without length is a moment.
 *
 * @param words what it was
 */
public record Span(Kind kind, Instant from, Instant to, String words) {

  public Span {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException(
          "span %s: expected an end at or after %s, found %s".formatted(kind, from, to));
    }
  }

  static Span moment(Kind kind, Instant at, String words) {
    return new Span(kind, at, at, words);
  }

  /** The same, without words. */
  Span silent() {
    return new Span(kind, from, to, "");
  }

  /** What a backup spends its time on. */
  public enum Kind {
    DRY_RUN,
    /** From the order of the pre-script on. */
    PRE_SCRIPT,
    /** The guest stood still, as it truly was. */
    FROZEN,
    /** The instance did not run, because the backup had stopped it; in a ledger, as was seen. */
    DOWN,
    /**
     * From the order of the pre-script to the sending of the post-script that proved the thaw. The
     * guest stood still somewhere from there on, and until a little after.
     */
    BETWEEN_SCRIPTS,
    /** The point in time of the set. */
    SNAPSHOT_SET,
    THAW,
    /** Thawed, before another attempt. */
    PAUSE,
    /** For the snapshots to complete. */
    WAITING,
    /** A snapshot completed, or failed. */
    SETTLED,
    /** The outcome is on record. */
    OUTCOME
  }
}
