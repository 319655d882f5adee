package dev.freezeframe.drill;

/** A drill goes on no more, because it is being taken away or has ended. Nothing is retried. */
public final class DrillOverException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DrillOverException(String message) {
    super(message);
  }
}
