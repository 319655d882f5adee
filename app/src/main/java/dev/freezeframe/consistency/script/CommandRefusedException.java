package dev.freezeframe.consistency.script;

/** Systems Manager does not take a command, and would not take it again; nothing was sent. */
public final class CommandRefusedException extends RuntimeException {

  public CommandRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
