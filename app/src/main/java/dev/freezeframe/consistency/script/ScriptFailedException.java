package dev.freezeframe.consistency.script;

/** A script ran, or could not be run, and said no; trying the same again at once is pointless. */
public final class ScriptFailedException extends RuntimeException {

  public ScriptFailedException(String message) {
    super(message);
  }
}
