package dev.freezeframe.infra.alarm;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.policy.Policy;
import software.amazon.awscdk.Duration;
import software.constructs.Construct;

/** What is watched of a policy: its guests, and that it does not stop in silence. */
public final class PolicyAlarms extends Alarms {
  /** For how many minutes an alarm of a guest stays on, so that its end is no all-clear. */
  private static final int STAYS_ON = 15;

  /** In hours: drills are chosen once a day, if the policy says nothing else. */
  private static final int A_DAY = 24;

  /**
   * The alarms.
   *
   * @param paused whether no recovery point is due, of whatever policy
   */
  public PolicyAlarms(
      Construct scope, String id, AlarmTopic notices, Policy policy, boolean paused) {
    super(scope, id, notices);
    PolicyName name = policy.name();
    if (policy.freezes()) {
      happenedLately(
          of(name, "not-thawed"),
          "Nothing proves that a guest is thawed; it may be frozen still",
          Metrics.of(Metric.THAW_UNPROVED, name, "Sum", Metrics.AT_ONCE),
          STAYS_ON);
      happened(
          of(name, "frozen-too-long"),
          "A guest was frozen for longer than the policy's freeze budget",
          Metrics.of(Metric.FROZEN_OVER_BUDGET, name, "Sum", Metrics.SOON));
    }
    if (policy.stop().isPresent()) {
      happenedLately(
          of(name, "start-failed"),
          "An instance that was stopped for its set could not be started; it is tried again",
          Metrics.of(Metric.START_FAILED, name, "Sum", Metrics.AT_ONCE),
          STAYS_ON);
      happenedLately(
          of(name, "stopped-too-long"),
          "An instance that was stopped for its set should run again by now, and does not",
          Metrics.of(Metric.STOPPED_TOO_LONG, name, "Sum", Metrics.AT_ONCE),
          STAYS_ON);
    }
    if (policy.drill().isPresent()) {
      happened(
          of(name, "drill-failed"),
          "A set could not be restored or is damaged, or two drills of it in a row said nothing",
          Metrics.of(Metric.DRILLS_FAILED, name, "Sum", Metrics.SOON));
      if (policy.enabled() && !paused) {
        happenedLately(
            of(name, "undrilled"),
            "The time in which each instance is to be drilled is over for some",
            Metrics.of(Metric.UNDRILLED, name, "Maximum", Duration.hours(1)),
            A_DAY);
      }
    }
    if (policy.enabled() && !paused) {
      lasts(
          of(name, "no-recovery-point"),
          "A recovery point was due and none exists, or nobody looks any more",
          Metrics.of(Metric.RECOVERY_POINT_OVERDUE, name, "Maximum", Duration.hours(1)),
          3);
    }
  }

  private static Name of(PolicyName policy, String amiss) {
    return new Name(policy + "-" + amiss, "POLICY-" + amiss);
  }
}
