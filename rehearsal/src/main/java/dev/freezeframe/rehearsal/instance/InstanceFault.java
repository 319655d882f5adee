package dev.freezeframe.rehearsal.instance;

import java.time.Duration;

/** Lets what is done to instances and their volumes go wrong. */
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

  /**
   * Whether a launch that was accepted comes to nothing for want of capacity; asked once for each.
   *
   * @param instanceId the instance that the caller is about; empty string if none
   */
  default boolean launchLacksCapacity(String instanceId) {
    return false;
  }

  /**
   * Whether EBS finds a key disabled, whatever KMS says; asked once for each call that makes an
   * encrypted volume.
   *
   * @param action such as {@code ec2:CreateVolume}
   * @param instanceId the instance that the caller is about; empty string if none
   */
  default boolean findsKeyDisabled(String action, String instanceId) {
    return false;
  }

  /** Whether a guest holds on to a volume that is to be detached; asked once for each call. */
  default boolean keepsBusy(String instanceId) {
    return false;
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
