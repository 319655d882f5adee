package dev.freezeframe.snapshot;

/**
 * No set was taken, for a quota or a rate of EC2 that others have used up: slots are awaited once
 * more.
 */
public final class SnapshotsOverQuotaException extends RuntimeException {

  public SnapshotsOverQuotaException(String message, Throwable cause) {
    super(message, cause);
  }
}
