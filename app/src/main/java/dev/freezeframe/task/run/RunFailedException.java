package dev.freezeframe.task.run;

/** A run ended with failed backups, and is recorded so; its execution fails. */
public final class RunFailedException extends RuntimeException {

  public RunFailedException(String message) {
    super(message);
  }
}
