package dev.freezeframe.task;

/**
 * A service of AWS refused a call for its rate, again and again; the same call may be made later.
 */
public final class ThrottledException extends RuntimeException {

  ThrottledException(String message, Throwable cause) {
    super(message, cause);
  }
}
