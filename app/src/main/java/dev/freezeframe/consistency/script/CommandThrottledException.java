package dev.freezeframe.consistency.script;

/** Systems Manager takes no command at the moment, for its rate; nothing was sent. */
public final class CommandThrottledException extends RuntimeException {

  public CommandThrottledException(String message, Throwable cause) {
    super(message, cause);
  }
}
