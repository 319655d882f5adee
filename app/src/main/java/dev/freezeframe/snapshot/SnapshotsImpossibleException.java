package dev.freezeframe.snapshot;

/** No set was taken, and another call would not take one either. */
public final class SnapshotsImpossibleException extends RuntimeException {

  public SnapshotsImpossibleException(String message, Throwable cause) {
    super(message, cause);
  }
}
