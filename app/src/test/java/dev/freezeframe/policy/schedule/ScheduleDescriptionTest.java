package dev.freezeframe.policy.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleDescriptionTest {
  private static final Pattern TIME = Pattern.compile("\\d\\d:\\d\\d");

  private static Schedule cron(String fields) {
    return new Schedule("cron(%s)".formatted(fields), ZoneId.of("UTC"), Duration.ZERO);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 2 * * ? *          | Daily at 02:00 UTC
          5 * * * ? *          | Hourly at minute 5 UTC
          15 0/4 * * ? *       | Daily at 00:15, 04:15, 08:15, 12:15, 16:15 and 20:15 UTC (cron 15 0/4 * * ? *)
          0 0/2 * * ? *        | Every 2 hours UTC (cron 0 0/2 * * ? *)
          */10 * * * ? *       | Every 10 minutes UTC (cron */10 * * * ? *)
          * * * * ? *          | Every minute UTC (cron * * * * ? *)
          0/15 8-18 * * ? *    | Every 15 minutes from 08:00 to 18:45 UTC (cron 0/15 8-18 * * ? *)
          0 8-18 ? * MON-FRI * | Every Monday to Friday, every hour from 08:00 to 18:00 UTC (cron 0 8-18 ? * MON-FRI *)
          5,20 * * * ? *       | 48 times from 00:05 to 23:20 UTC (cron 5,20 * * * ? *)
          0 2 ? * FRI-MON *    | Every Friday to Monday at 02:00 UTC
          0 2 ? * 2/2 *        | Every Monday, Wednesday and Friday at 02:00 UTC
          0 2 ? * FRI#2 *      | On the second Friday of each month at 02:00 UTC (cron 0 2 ? * FRI#2 *)
          0 2 ? * 6L *         | On the last Friday of each month at 02:00 UTC (cron 0 2 ? * 6L *)
          0 2 ? * L *          | Every Saturday at 02:00 UTC (cron 0 2 ? * L *)
          0 2 ? MAR SUN *      | Every Sunday in March at 02:00 UTC (cron 0 2 ? MAR SUN *)
          30 22 1 * ? *        | Monthly on day 1 at 22:30 UTC
          30 22 1,15 * ? *     | Monthly on days 1 and 15 at 22:30 UTC
          30 22 1-7 * ? *      | Monthly on days 1 to 7 at 22:30 UTC
          30 22 1/2 * ? *      | Monthly on days 1, 3, 5, 7, 9, 11, 13 and 9 more up to 31 at 22:30 UTC
          30 22 L 1/3 ? *      | On the last day of January, April, July and October at 22:30 UTC (cron 30 22 L 1/3 ? *)
          30 22 15W * ? *      | On the weekday nearest to day 15 of each month at 22:30 UTC
          0 2 * JUN-AUG ? 2027 | Daily in June to August at 02:00 UTC in 2027 (cron 0 2 * JUN-AUG ? 2027)
          """)
  void aCronExpressionSaysWhenItFires(String fields, String words) {
    assertThat(ScheduleDescription.of(cron(fields))).isEqualTo(words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "15 0/4 * * ? *",
        "0 6,18 * * ? *",
        "7,37 3 * * ? *",
        "0 20/2 * * ? *",
        "0 9-17/4 * * ? *",
        "0/30 22-23 * * ? *"
      })
  void theTimesThatItNamesAreThoseAtWhichItFires(String fields) {
    Instant day = Instant.parse("2026-11-23T00:00:00Z");
    List<String> fired =
        FiringTimes.between(
                cron(fields),
                day.minusSeconds(1),
                day.plus(Duration.ofDays(1)).minusSeconds(1),
                day)
            .stream()
            .map(at -> at.atOffset(ZoneOffset.UTC).toLocalTime().toString())
            .toList();

    assertThat(TIME.matcher(ScheduleDescription.of(cron(fields))).results().map(MatchResult::group))
        .isNotEmpty()
        .containsExactlyElementsOf(fired);
  }

  @ParameterizedTest
  @CsvSource({"1 day, Every day", "6 hours, Every 6 hours"})
  void aRateSaysItsStep(String rate, String words) {
    Schedule schedule = new Schedule("rate(%s)".formatted(rate), ZoneId.of("UTC"), Duration.ZERO);

    assertThat(ScheduleDescription.of(schedule)).isEqualTo(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"99 2 * * ? *", "0 2 31 2 ? *"})
  void anExpressionThatNothingCanBeSaidOfIsNamed(String fields) {
    assertThat(ScheduleDescription.of(cron(fields))).isEqualTo("At cron(%s) UTC".formatted(fields));
  }
}
