package dev.freezeframe.rehearsal.cloud;

import java.time.Duration;
import java.util.Optional;

/** Lets Lambda invocations die. */
public interface InvocationFault {

  /** None dies. */
  InvocationFault NONE = new InvocationFault() {};

  /**
   * For how long Lambda initializes the function, which was inactive until this invocation.
   *
   * @return empty: it is active
   */
  default Optional<Duration> initializes(Caller caller) {
    return Optional.empty();
  }

  /** Whether this invocation dies before it does anything. */
  default boolean diesBefore(Caller caller) {
    return false;
  }

  /** Whether this invocation dies when all is done and nothing answered. */
  default boolean diesAfter(Caller caller) {
    return false;
  }
}
