package dev.freezeframe.rehearsal.cloud;

import java.util.List;
import java.util.function.Function;

/**
 * The request rates of an account in a Region.
 *
 * <p>Those of EC2 are the token buckets that its developer guide documents. Systems Manager
 * documents none for Run Command: its rates here are assumptions, on the low side.
 */
public final class RequestRates implements Function<String, TokenBucket> {

  /** Follows the action where a Describe call has neither filter, nor ids, nor pagination. */
  public static final String UNFILTERED = " (unfiltered)";

  /** Follows the action where its instances count, and not its calls ("resource tokens"). */
  public static final String INSTANCES = " (instances)";

  /**
   * Changes of EC2 that have no row of their own. The developer guide has a bucket for each action
   * of this category; here they share one, which is the harsher side.
   */
  public static final String EC2_MUTATING = "ec2 (mutating actions)";

  private static final List<Row> ROWS =
      List.of(
          new Row("ec2:StartInstances", 5, 2),
          new Row(EC2_MUTATING, 50, 5),
          new Row("ec2:RunInstances", 5, 2),
          new Row("ec2:TerminateInstances", 100, 5),
          new Row("ec2:RunInstances" + INSTANCES, 1000, 2),
          new Row("ec2:TerminateInstances" + INSTANCES, 1000, 20),
          new Row("ec2:DeregisterImage", 100, 5),
          new Row("ec2:StartInstances" + INSTANCES, 1000, 2),
          new Row("ec2:StopInstances" + INSTANCES, 1000, 20),
          new Row("ec2:CreateSnapshots", 100, 5),
          new Row("ec2:CreateSnapshot", 100, 5),
          new Row("ec2:DeleteSnapshot", 100, 5),
          new Row("ec2:CreateVolume", 100, 5),
          new Row("ec2:DeleteVolume", 100, 5),
          new Row("ec2:ModifySnapshotAttribute", 100, 5),
          new Row("ec2:CreateTags", 100, 10),
          new Row("ec2:DeleteTags", 100, 10),
          new Row("ec2:CopySnapshot", 50, 5),
          new Row("ec2:LockSnapshot", 50, 5),
          new Row("ec2:ModifySnapshotTier", 50, 5),
          new Row("ec2:DescribeSnapshots" + UNFILTERED, 50, 10),
          new Row("ec2:DescribeInstances" + UNFILTERED, 50, 10),
          new Row("ec2:DescribeVolumes" + UNFILTERED, 50, 10),
          new Row("ec2:Describe*", 100, 20),
          new Row("kms:DescribeKey", 2000, 2000),
          new Row("ssm:GetCommandInvocation", 100, 60),
          new Row("ssm:*", 40, 20));

  private final double factor;
  private final double ssm;

  private RequestRates(double factor, double ssm) {
    this.factor = factor;
    this.ssm = ssm;
  }

  /** The defaults of an account. */
  public static RequestRates documented() {
    return new RequestRates(1, 1);
  }

  /** All rates raised, as AWS does for accounts that ask. */
  public static RequestRates raised(double factor) {
    return new RequestRates(factor, 1);
  }

  /** The same, with a part of what is assumed of Systems Manager: others use the rest. */
  public RequestRates withSsm(double part) {
    return new RequestRates(factor, part);
  }

  /** A full bucket of the first row that names the action; unlimited if none does. */
  @Override
  public TokenBucket apply(String bucket) {
    for (Row row : ROWS) {
      if (row.names(bucket)) {
        double all = row.action.startsWith("ssm:") ? factor * ssm : factor;
        return new TokenBucket(row.size * all, row.perSecond * all);
      }
    }
    return TokenBucket.unlimited();
  }

  private record Row(String action, double size, double perSecond) {
    boolean names(String bucket) {
      return action.endsWith("*")
          ? bucket.startsWith(action.substring(0, action.length() - 1))
          : bucket.equals(action);
    }
  }
}
