package dev.freezeframe.rehearsal.instance;

import java.time.Duration;

/** Lets stops and starts of instances go wrong. */
public interface InstanceFault {

  /** All goes well. */
  InstanceFault NONE = new InstanceFault() {};

  /** How much longer a stop takes; asked once for each. */
  default Duration slowsStop(String instanceId) {
    return Duration.ZERO;
  }

  /** The result of a start; asked once for each call that would start the instance. */
  default Start start(String instanceId) {
    return Start.STARTS;
  }

  /** The result of a start. */
  enum Start {
    STARTS,
    /** {@code InsufficientInstanceCapacity}: nothing is done. */
    REFUSED,
    /** It is accepted, and the instance goes from {@code pending} back to {@code stopped}. */
    FAILS
  }
}
