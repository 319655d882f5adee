package dev.freezeframe.stop;

/** An instance is on its way, or another backup has it; the state machine looks again. */
public final class InstanceBusyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InstanceBusyException(String message) {
    super(message);
  }
}
