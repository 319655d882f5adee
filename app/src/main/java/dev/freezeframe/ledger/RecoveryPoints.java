package dev.freezeframe.ledger;

import dev.freezeframe.common.PolicyName;
import java.time.Instant;
import java.util.Optional;

/** The state of a policy: its newest recovery point, and when it was last watched. */
public interface RecoveryPoints {

  /**
   * Records that a policy has a set from which an instance can be restored; an older one never
   * replaces a newer.
   */
  void recordRecoveryPoint(PolicyName policy, Instant pointInTime);

  /** The newest recovery point of any instance of a policy. */
  Optional<Instant> newestRecoveryPoint(PolicyName policy);

  /** Records that somebody looks after a policy; an older look never replaces a newer. */
  void recordWatch(PolicyName policy, Watch watch);

  /** The last look after a policy; empty: there was none. */
  Optional<Watch> lastWatch(PolicyName policy);

  /**
   * A look after a policy.
   *
   * @param since when somebody began to look, without a long gap
   * @param at of this look
   */
  record Watch(Instant since, Instant at) {}
}
