package dev.freezeframe.task.backup;

/**
 * A backup ended as failed, and is recorded so; its execution fails, so that it can be redriven.
 */
public final class BackupFailedException extends RuntimeException {

  public BackupFailedException(String message) {
    super(message);
  }
}
