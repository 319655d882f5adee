package dev.freezeframe.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.PolicyName;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbeddedMetricsTest {
  private final List<String> lines = new ArrayList<>();
  private final EmbeddedMetrics metrics =
      new EmbeddedMetrics(
          lines::add, Clock.fixed(Instant.parse("2026-11-22T02:00:00Z"), ZoneOffset.UTC));

  @Test
  void aMeasurementIsOneLineThatCloudWatchUnderstands() {
    metrics.record(new PolicyName("daily"), Map.of(Metric.FROZEN, 1.25, Metric.COMPLETED, 1.0));

    assertThat(lines)
        .containsExactly(
            """
            {"_aws":{"Timestamp":1795312800000,"CloudWatchMetrics":[{"Namespace":"Freezeframe",\
            "Dimensions":[["Policy"]],"Metrics":[{"Name":"Completed","Unit":"Count"},\
            {"Name":"FrozenSeconds","Unit":"Seconds"}]}]},"Policy":"daily","Completed":1.0,\
            "FrozenSeconds":1.25}""");
  }

  @Test
  void nothingMeasuredIsNothingWritten() {
    metrics.record(new PolicyName("daily"), Map.of());

    assertThat(lines).isEmpty();
  }

  @Test
  void noTwoMetricsHaveOneName() {
    assertThat(Metric.values()).extracting(Metric::id).doesNotHaveDuplicates();
  }
}
