package dev.freezeframe.rehearsal.states;

/** Step Functions refused a request. */
public final class StepFunctionsException extends RuntimeException {
  private final String code;

  /**
   * Refuses.
   *
   * @param code as the service has it, such as {@code ExecutionAlreadyExists}
   */
  StepFunctionsException(String code, String message) {
    super(message);
    this.code = code;
  }

  public String code() {
    return code;
  }

  /** The error that a Task state gets which made the request. */
  public String errorName() {
    return "StepFunctions.%sException".formatted(code);
  }
}
