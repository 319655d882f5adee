package dev.freezeframe.restore.view;

/**
 * How much can be attached to an instance of a type, by {@code EbsInfo} of DescribeInstanceTypes.
 *
 * @param most {@code MaximumEbsAttachments}
 * @param shared whether network interfaces and local disks count too ({@code AttachmentLimitType})
 * @param localDisks of the type
 */
public record AttachmentLimit(int most, boolean shared, int localDisks) {

  /** How many volumes fit in all beside so many network interfaces. */
  public int volumes(int interfaces) {
    return shared ? most - interfaces - localDisks : most;
  }
}
