package dev.freezeframe.rehearsal.instance;

/** What IAM says to calls of one caller that change instances, volumes and images. */
@FunctionalInterface
public interface InstancePermission {

  /** Of a caller that may do everything. */
  InstancePermission ANY = (action, resourceId) -> true;

  /**
   * Whether the caller may do it to a thing.
   *
   * @param action such as {@code ec2:StopInstances}
   * @param resourceId of an instance, a volume, an image or a snapshot
   */
  boolean allows(String action, String resourceId);
}
