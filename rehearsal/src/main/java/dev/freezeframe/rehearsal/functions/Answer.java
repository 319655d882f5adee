package dev.freezeframe.rehearsal.functions;

/** What an invocation was answered with. */
public sealed interface Answer {

  /** What the handler wrote, which is JSON and so UTF-8. */
  record Success(String payload) implements Answer {}

  /**
   * The function failed.
   *
   * @param errorType the exception's class name, {@code Runtime.ExitError} if the sandbox died,
   *     {@code Sandbox.Timedout} if it took too long
   */
  record FunctionError(String errorType, String errorMessage) implements Answer {}

  /**
   * Lambda did not invoke the function.
   *
   * @param code as Step Functions names it, such as {@code Lambda.TooManyRequestsException}
   */
  record Refused(String code, String message) implements Answer {}
}
