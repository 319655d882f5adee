package dev.freezeframe.task.script;

import dev.freezeframe.metric.Metric;
import dev.freezeframe.policy.Policy;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** What there is to measure of a freeze that has ended. */
final class FreezeMetrics {
  private FreezeMetrics() {}

  /**
   * Measures.
   *
   * @param frozen by the guest's clock
   */
  static Map<Metric, Double> of(Policy policy, Duration frozen) {
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    values.put(Metric.FROZEN, frozen.toMillis() / 1000.0);
    boolean over =
        policy
            .scripts()
            .filter(scripts -> frozen.compareTo(scripts.freezeBudget()) > 0)
            .isPresent();
    if (over) {
      values.put(Metric.FROZEN_OVER_BUDGET, 1.0);
    }
    return values;
  }
}
