package dev.freezeframe.task.run;

/** An execution has ended and its outcome is not on record yet. */
public final class OutcomeMissingException extends RuntimeException {

  public OutcomeMissingException(String message) {
    super(message);
  }
}
