package dev.freezeframe.operator.doctor.check.fleet;

/**
 * A quota that runs meet, as Service Quotas knows it.
 *
 * @param check the name of its check
 * @param service its code
 * @param code of the quota
 * @param name that Service Quotas has for it; another one under the same code is another quota
 * @param byDefault what an ordinary account has
 */
public record Quota(String check, String service, String code, String name, int byDefault) {
  /** Docs of EBS: 100 in each Region; it cannot be raised by the console. */
  public static final Quota PENDING_SNAPSHOTS =
      new Quota(
          "quota pending snapshots", "ebs", "L-94D7AB7D", "Pending snapshots per account", 100);

  /** Docs of EBS: 100,000 in each Region. */
  public static final Quota SNAPSHOTS =
      new Quota("quota snapshots", "ebs", "L-309BACF6", "Snapshots per Region", 100_000);

  /** Docs of Lambda: 1,000; new accounts have less. */
  public static final Quota CONCURRENCY =
      new Quota("quota concurrency", "lambda", "L-B99A9384", "Concurrent executions", 1_000);
}
