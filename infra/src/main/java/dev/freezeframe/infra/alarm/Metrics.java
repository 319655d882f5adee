package dev.freezeframe.infra.alarm;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.metric.Metric;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.events.IRule;
import software.amazon.awscdk.services.stepfunctions.StateMachine;

/**
 * Metrics as alarms and the dashboard ask for them.
 *
 * <p>Maps are sorted: their order is that of the template, which is to be the same at every synth.
 */
final class Metrics {
  /** As often as an alarm looks that is to call somebody soon. */
  static final Duration SOON = Duration.minutes(5);

  /** As often as CloudWatch has it at no extra charge: for a guest that may be frozen. */
  static final Duration AT_ONCE = Duration.minutes(1);

  private Metrics() {}

  /** One of ours, of one policy. */
  static IMetric of(Metric metric, PolicyName policy, String statistic, Duration period) {
    return software.amazon.awscdk.services.cloudwatch.Metric.Builder.create()
        .namespace(Metric.NAMESPACE)
        .metricName(metric.id())
        .dimensionsMap(Map.of(Metric.POLICY, policy.value()))
        .statistic(statistic)
        .period(period)
        .label(metric.id())
        .build();
  }

  /** Executions of a machine that ended otherwise than well. */
  static IMetric brokenExecutions(StateMachine machine) {
    return software.amazon.awscdk.services.cloudwatch.MathExpression.Builder.create()
        .expression("failed + timedOut + aborted")
        .usingMetrics(
            new TreeMap<>(
                Map.of(
                    "failed", machine.metricFailed(sums()),
                    "timedOut", machine.metricTimedOut(sums()),
                    "aborted", machine.metricAborted(sums()))))
        .period(SOON)
        .label("failed, timed out or aborted")
        .build();
  }

  /**
   * The same, as soon as CloudWatch has it.
   *
   * <p>A term without data leaves a sum without data, and whether Step Functions reports zeros is
   * undocumented. So each term is filled; an alarm on it has to look at several periods, since the
   * last one may be filled before its data has come (CloudWatch guide, "Using metric math": FILL).
   */
  static IMetric brokenThaws(StateMachine machine) {
    return filledSum(
        "failed, timed out or aborted",
        Map.of(
            "failed", machine.metricFailed(sums(AT_ONCE)),
            "timedOut", machine.metricTimedOut(sums(AT_ONCE)),
            "aborted", machine.metricAborted(sums(AT_ONCE))));
  }

  /**
   * Events that EventBridge delivered again, because Step Functions refused to start the machine,
   * and transitions of its executions that Step Functions put off.
   */
  static IMetric lateThaws(IRule rule, StateMachine machine) {
    return filledSum(
        "started late, or put off",
        Map.of(
            "retried",
            software.amazon.awscdk.services.cloudwatch.Metric.Builder.create()
                .namespace("AWS/Events")
                .metricName("RetryInvocationAttempts")
                .dimensionsMap(Map.of("RuleName", rule.getRuleName()))
                .statistic("Sum")
                .period(AT_ONCE)
                .build(),
            "throttled",
            machine.metricThrottled(sums(AT_ONCE))));
  }

  private static IMetric filledSum(String label, Map<String, IMetric> terms) {
    return software.amazon.awscdk.services.cloudwatch.MathExpression.Builder.create()
        .expression(
            new TreeMap<>(terms)
                .keySet().stream().map("FILL(%s, 0)"::formatted).collect(Collectors.joining(" + ")))
        .usingMetrics(new TreeMap<>(terms))
        .period(AT_ONCE)
        .label(label)
        .build();
  }

  static software.amazon.awscdk.services.cloudwatch.MetricOptions sums() {
    return sums(SOON);
  }

  static software.amazon.awscdk.services.cloudwatch.MetricOptions sums(Duration period) {
    return software.amazon.awscdk.services.cloudwatch.MetricOptions.builder()
        .statistic("Sum")
        .period(period)
        .build();
  }
}
