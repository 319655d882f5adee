package dev.freezeframe.consistency.script;

/** Systems Manager knows no such managed instance; nothing was sent. */
public final class GuestGoneException extends RuntimeException {

  public GuestGoneException(String message, Throwable cause) {
    super(message, cause);
  }
}
