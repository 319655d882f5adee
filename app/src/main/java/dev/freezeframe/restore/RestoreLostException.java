package dev.freezeframe.restore;

/** A restore can never be undone, as what its target had before is gone; its message names it. */
public final class RestoreLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RestoreLostException(String message) {
    super(message);
  }
}
