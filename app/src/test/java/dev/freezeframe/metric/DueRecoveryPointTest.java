package dev.freezeframe.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.policy.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DueRecoveryPointTest {
  private static final Duration GRACE = Duration.ofHours(6);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cron(0 2 * * ? *)    | 0  | 2026-11-22T08:00:00Z | 2026-11-22T02:00:00Z",
        "cron(0 2 * * ? *)    | 0  | 2026-11-22T07:59:59Z | 2026-11-21T02:00:00Z",
        "cron(0 2 * * ? *)    | 30 | 2026-11-22T08:29:59Z | 2026-11-21T02:00:00Z",
        "cron(0 4 ? * SUN *)  | 0  | 2026-11-27T12:00:00Z | 2026-11-22T04:00:00Z",
        "cron(0 4 1 1 ? *)    | 0  | 2026-11-27T12:00:00Z | 2026-01-01T04:00:00Z",
        "rate(1 day)          | 0  | 2026-11-22T08:00:00Z | 2026-11-21T02:00:00Z",
        "rate(6 hours)        | 60 | 2026-11-22T13:00:00Z | 2026-11-22T00:00:00Z",
      })
  void aRecoveryPointIsDueOnceItsGraceIsOver(
      String expression, int window, Instant now, Instant due) {
    Schedule schedule = new Schedule(expression, ZoneId.of("UTC"), Duration.ofMinutes(window));

    assertThat(DueRecoveryPoint.of(schedule, now, GRACE)).contains(due);
  }
}
