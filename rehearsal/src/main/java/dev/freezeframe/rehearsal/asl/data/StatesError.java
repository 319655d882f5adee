package dev.freezeframe.rehearsal.asl.data;

/**
 * An error in the sense of the language: it has a name, by which {@code Retry} and {@code Catch}
 * know it, and a cause for people.
 */
public final class StatesError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public static final String ALL = "States.ALL";
  public static final String RUNTIME = "States.Runtime";
  public static final String TIMEOUT = "States.Timeout";
  public static final String TASK_FAILED = "States.TaskFailed";
  public static final String DATA_LIMIT = "States.DataLimitExceeded";

  private final String name;

  public StatesError(String name, String cause) {
    super(cause, null, false, false);
    this.name = name;
  }

  /** What cannot be processed: SFDG, "Handling errors": never retried, never caught. */
  public static StatesError runtime(String cause) {
    return new StatesError(RUNTIME, cause);
  }

  public static StatesError timeout() {
    return new StatesError(TIMEOUT, TIMEOUT);
  }

  public String name() {
    return name;
  }

  /**
   * Whether a name in {@code ErrorEquals} means this error. {@code States.ALL} means neither {@code
   * States.Runtime} nor {@code States.DataLimitExceeded}; {@code States.TaskFailed} means all that
   * fails a task but a time-out (SFDG, "Handling errors in Step Functions workflows").
   */
  public boolean isNamed(String expected, boolean ofTask) {
    if (name.equals(RUNTIME) || name.equals(DATA_LIMIT)) {
      return false;
    }
    return expected.equals(name)
        || expected.equals(ALL)
        || (ofTask && expected.equals(TASK_FAILED) && !name.equals(TIMEOUT));
  }
}
