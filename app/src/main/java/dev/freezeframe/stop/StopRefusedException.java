package dev.freezeframe.stop;

/** EC2 refused to stop an instance; nothing is stopped. */
public final class StopRefusedException extends RuntimeException {
  public StopRefusedException(String message) {
    super(message);
  }

  public StopRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
