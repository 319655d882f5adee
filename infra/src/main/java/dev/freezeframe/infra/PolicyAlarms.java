package dev.freezeframe.infra;

import dev.freezeframe.metric.Metric;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyName;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.constructs.Construct;

/** What is watched of each policy: its guests, and that it does not stop in silence. */
final class PolicyAlarms extends Alarms {

  /**
   * The alarms.
   *
   * @param paused whether no recovery point is due, of whatever policy
   */
  PolicyAlarms(Construct scope, String id, Notices notices, List<Policy> policies, boolean paused) {
    super(scope, id, notices);
    for (Policy policy : policies) {
      PolicyName name = policy.name();
      if (policy.scripts().isPresent()) {
        happened(
            name + "-not-thawed",
            "Nothing proves that a guest is thawed; it may be frozen still",
            Metrics.of(Metric.THAW_UNPROVED, name, "Sum", Metrics.SOON));
        happened(
            name + "-frozen-too-long",
            "A guest was frozen for longer than the policy's freeze budget",
            Metrics.of(Metric.FROZEN_OVER_BUDGET, name, "Sum", Metrics.SOON));
      }
      if (policy.enabled() && !paused) {
        lasts(
            name + "-no-recovery-point",
            "A recovery point was due and there is none, or nobody looks any more",
            Metrics.of(Metric.RECOVERY_POINT_OVERDUE, name, "Maximum", Duration.hours(1)),
            3);
      }
    }
  }
}
