package dev.freezeframe.rehearsal.instance;

/** What IAM says to calls of one caller that stop and start instances. */
@FunctionalInterface
public interface InstancePermission {

  /** Of a caller that may stop and start everything. */
  InstancePermission ANY = (action, instanceId) -> true;

  /**
   * Whether the caller may do it to an instance.
   *
   * @param action such as {@code ec2:StopInstances}
   */
  boolean allows(String action, String instanceId);
}
