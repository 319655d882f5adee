package dev.freezeframe.restore;

/** Somebody else holds the instance; its message says who. */
public final class RestoreConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RestoreConflictException(String message) {
    super(message);
  }
}
