package dev.freezeframe.policy.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

  private static Schedule in(ZoneId zone) {
    return new Schedule("rate(1 day)", zone, Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Z", "+00:00", "UTC+1", "GMT+1"})
  void whatJavaTakesForATimeZoneAndTheSchedulerDoesNotIsRefused(String zone) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> in(ZoneId.of(zone)))
        .withMessageContaining("expected a name of the IANA database such as UTC");
  }

  @Test
  void onlyWhoAsksForTimesLooksIntoACronExpression() {
    Schedule never = new Schedule("cron(99 2 * * ? *)", TimeZones.UTC, Duration.ZERO);

    assertThatIllegalArgumentException()
        .isThrownBy(never::checkTimes)
        .withMessage("expression is 'cron(99 2 * * ? *)', expected minutes 0..59 with , - * /");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Schedule("rate(0 days)", TimeZones.UTC, Duration.ZERO));
  }

  @Test
  void universalTimeHasAName() {
    assertThatIllegalArgumentException().isThrownBy(() -> in(ZoneOffset.UTC));
    assertThat(in(TimeZones.UTC).timeZone().getId()).isEqualTo("UTC");
  }
}
