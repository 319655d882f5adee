package dev.freezeframe.rehearsal.run;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.metric.Measurements;
import dev.freezeframe.metric.Metric;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;

/** What tasks have measured, in the place of CloudWatch: sums, by policy and metric. */
public final class RecordedMetrics implements Measurements {
  private final Map<PolicyName, Map<Metric, Double>> sums = new ConcurrentHashMap<>();

  @Override
  public void record(PolicyName policy, Map<Metric, Double> values) {
    Map<Metric, Double> ofPolicy = sums.computeIfAbsent(policy, any -> new ConcurrentHashMap<>());
    values.forEach((metric, value) -> ofPolicy.merge(metric, value, Double::sum));
  }

  /** The sum of all values of a metric; empty: it was never measured. */
  public OptionalDouble sum(PolicyName policy, Metric metric) {
    Double sum = sums.getOrDefault(policy, Map.of()).get(metric);
    return sum == null ? OptionalDouble.empty() : OptionalDouble.of(sum);
  }
}
