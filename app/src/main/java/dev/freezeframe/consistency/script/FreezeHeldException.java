package dev.freezeframe.consistency.script;

/**
 * The guest stands still for another run (exit code 204), such as a second policy's; trying again
 * when that has thawed it is worth while.
 */
public final class FreezeHeldException extends RuntimeException {

  public FreezeHeldException(String message) {
    super(message);
  }
}
