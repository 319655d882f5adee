package dev.freezeframe.operator.dlm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.input.JsonTree;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartTimesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "24 | 03:00 | 0 3 * * ? *",
        "12 | 17:30 | 30 5,17 * * ? *",
        "6 | 23:05 | 5 5,11,17,23 * * ? *",
        "1 | 09:15 | 15 * * * ? *",
      })
  void anIntervalFromATimeOfDayIsThoseHours(int interval, String time, String cron) {
    assertThat(
            convert(
                """
                {"Interval": %d, "IntervalUnit": "HOURS", "Times": ["%s"]}"""
                    .formatted(interval, time)))
        .isEqualTo(Map.of("cron", cron));
  }

  @ParameterizedTest
  @CsvSource({"1, 1 hour", "8, 8 hours"})
  void anIntervalAloneIsARate(int interval, String rate) {
    assertThat(convert("{\"Interval\": %d}".formatted(interval))).isEqualTo(Map.of("rate", rate));
  }

  private static Map<String, Object> convert(String rule) {
    return StartTimes.convert(
        DlmObject.of(JsonTree.parse("dlm.json", rule, "an object")), new ArrayList<>());
  }
}
