package dev.freezeframe.infra.alarm;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.metric.Metric;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
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
