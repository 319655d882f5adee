package dev.freezeframe.snapshot;

/**
 * No set was ordered, because an earlier call for the same attempt, of which nothing is known, may
 * still take it: it is looked for, once no such call can land any more, before another is ordered.
 */
public final class SnapshotsUncertainException extends RuntimeException {

  public SnapshotsUncertainException(String message) {
    super(message);
  }
}
