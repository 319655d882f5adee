package dev.freezeframe.snapshot;

/**
 * A set was refused where an earlier call, of which nothing is known, may have taken it: it is
 * looked for before another one is ordered.
 */
public final class SnapshotsUncertainException extends RuntimeException {

  public SnapshotsUncertainException(String message, Throwable cause) {
    super(message, cause);
  }
}
