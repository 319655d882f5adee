package dev.freezeframe.snapshot;

/**
 * EC2 does not show a snapshot of each volume yet: the set of a call whose answer was lost is
 * looked for again.
 */
public final class SetNotVisibleException extends RuntimeException {

  public SetNotVisibleException(String message) {
    super(message);
  }
}
