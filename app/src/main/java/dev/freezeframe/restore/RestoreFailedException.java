package dev.freezeframe.restore;

/** A restore cannot go on, and is undone; its message says why. Nothing is gained by a retry. */
public final class RestoreFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RestoreFailedException(String message) {
    super(message);
  }

  public RestoreFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
