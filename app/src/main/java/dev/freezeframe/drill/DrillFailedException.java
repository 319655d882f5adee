package dev.freezeframe.drill;

/** What is left of a drill could not be taken away; its message says what, and why. */
public final class DrillFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DrillFailedException(String message) {
    super(message);
  }
}
