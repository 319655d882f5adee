package dev.freezeframe.infra.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.infra.Synthesized;
import dev.freezeframe.metric.Metric;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FreezeframeDashboardTest {

  @ParameterizedTest
  @EnumSource(Metric.class)
  void everyMetricIsShownOrCallsSomebody(Metric metric) {
    String dashboard = Synthesized.resources("AWS::CloudWatch::Dashboard").values().toString();
    Set<String> alarmed = new TreeSet<>();
    Synthesized.resources("AWS::CloudWatch::Alarm")
        .values()
        .forEach(alarm -> alarmed.addAll(alarm.json().findValuesAsText("MetricName")));

    assertThat(
            alarmed.contains(metric.id())
                || dashboard.contains("\\\"Freezeframe\\\",\\\"%s\\\"".formatted(metric.id())))
        .isTrue();
  }
}
