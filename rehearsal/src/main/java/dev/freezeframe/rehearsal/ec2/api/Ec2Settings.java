package dev.freezeframe.rehearsal.ec2.api;

import dev.freezeframe.rehearsal.cloud.Account;
import java.time.Duration;

/**
 * The account and its quotas; all of them are AWS's defaults, which an account can have raised.
 *
 * @param pendingPerAccount snapshots that may be pending at once
 * @param snapshotsPerRegion snapshots that may exist
 * @param visibleAfter how long a new snapshot is unknown to every call but the one that made it
 */
public record Ec2Settings(
    String region,
    String account,
    int pendingPerAccount,
    int snapshotsPerRegion,
    Duration visibleAfter) {

  /** An account as AWS opens it. */
  public static final Ec2Settings DEFAULTS =
      new Ec2Settings(Account.REGION, Account.ID, 100, 100_000, Duration.ofSeconds(2));

  /** The same account with another quota of pending snapshots. */
  public Ec2Settings withPendingPerAccount(int pending) {
    return new Ec2Settings(region, account, pending, snapshotsPerRegion, visibleAfter);
  }
}
