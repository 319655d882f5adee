package dev.freezeframe.snapshot;

/**
 * No set was taken, for a reason that passes: a state of the instance, a freeze that is too old.
 */
public final class SnapshotsRefusedException extends RuntimeException {

  public SnapshotsRefusedException(String message) {
    super(message);
  }

  public SnapshotsRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
