package dev.freezeframe.rehearsal.cloud;

/** Lets Lambda invocations die. */
public interface InvocationFault {

  /** None dies. */
  InvocationFault NONE = new InvocationFault() {};

  /** Whether this invocation dies before it does anything. */
  default boolean diesBefore(Caller caller) {
    return false;
  }

  /** Whether this invocation dies when all is done and nothing answered. */
  default boolean diesAfter(Caller caller) {
    return false;
  }
}
