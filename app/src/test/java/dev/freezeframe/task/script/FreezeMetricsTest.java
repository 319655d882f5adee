package dev.freezeframe.task.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.metric.Metric;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FreezeMetricsTest {
  private static final Policy POLICY =
      new PolicyReader()
          .read(
              "daily.yaml",
              "name: daily\nscripts: {document: freezeframe-filesystem, freezeBudget: 10s}\n");

  @Test
  void aFreezeWithinItsBudgetIsMeasured() {
    assertThat(FreezeMetrics.of(POLICY, Duration.ofMillis(2_500)))
        .isEqualTo(Map.of(Metric.FROZEN, 2.5));
    assertThat(FreezeMetrics.of(POLICY, Duration.ofSeconds(10)))
        .isEqualTo(Map.of(Metric.FROZEN, 10.0));
  }

  @Test
  void aFreezeThatIsLongerThanItsBudgetCounts() {
    assertThat(FreezeMetrics.of(POLICY, Duration.ofMillis(10_001)))
        .isEqualTo(Map.of(Metric.FROZEN, 10.001, Metric.FROZEN_OVER_BUDGET, 1.0));
  }
}
