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
   * Whether the operating system of a launched instance never comes up, though the instance runs;
   * asked once for each launch.
   *
   * @param instanceId the instance that the caller is about; empty string if none
   */
  default boolean bootHangs(String instanceId) {
    return false;
  }

  /**
   * Whether the agent of a launched instance never registers, though its user data runs; asked once
   * for each launch.
   *
   * @param instanceId the instance that the caller is about; empty string if none
   */
  default boolean lacksAgent(String instanceId) {
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

  /**
   * How much longer a volume takes that a call makes; asked once for each call.
   *
   * @param instanceId the instance that the caller is about; empty string if none
   */
  default Duration slowsCreation(String instanceId) {
    return Duration.ZERO;
  }

  /** How much longer a volume takes to be attached to an instance; asked once for each call. */
  default Duration slowsAttachment(String instanceId) {
    return Duration.ZERO;
  }

  /**
   * How long an attachment to an instance is busy that is to be detached, even if the instance is
   * stopped; asked once for each call.
   */
  default Duration keepsBusy(String instanceId) {
    return Duration.ZERO;
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
