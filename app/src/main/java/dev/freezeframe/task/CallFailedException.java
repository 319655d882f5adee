package dev.freezeframe.task;

/** A call of AWS was refused, or was not answered. */
public final class CallFailedException extends RuntimeException {

  CallFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
