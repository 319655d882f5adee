package dev.freezeframe.rehearsal.functions;

import java.util.List;

/** What an invocation was answered with. */
public sealed interface Answer {

  /** What the handler wrote, which is JSON and so UTF-8. */
  record Success(String payload) implements Answer {}

  /**
   * The function failed.
   *
   * @param stackTrace down to the handler, a line for each frame, as the Java runtime writes it
   * @param errorType the exception's class name, {@code Runtime.ExitError} if the sandbox died,
   *     {@code Sandbox.Timedout} if it took too long
   */
  record FunctionError(String errorType, String errorMessage, List<String> stackTrace)
      implements Answer {

    public FunctionError {
      stackTrace = List.copyOf(stackTrace);
    }

    /** A failure of the runtime itself. */
    public FunctionError(String errorType, String errorMessage) {
      this(errorType, errorMessage, List.of());
    }
  }

  /**
   * Lambda did not invoke the function.
   *
   * @param code as Step Functions names it, such as {@code Lambda.TooManyRequestsException}
   */
  record Refused(String code, String message) implements Answer {}
}
