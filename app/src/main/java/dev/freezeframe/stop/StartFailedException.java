package dev.freezeframe.stop;

/** An instance that was stopped could not be started, or has not been so far. */
public final class StartFailedException extends RuntimeException {
  public StartFailedException(String message) {
    super(message);
  }

  public StartFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
