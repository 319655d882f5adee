package dev.freezeframe.policy.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiringTimesTest {
  private static final Instant ANCHOR = Instant.parse("2026-11-22T12:00:00Z");

  private static Schedule cron(String fields, String zone) {
    return new Schedule("cron(" + fields + ")", ZoneId.of(zone), Duration.ZERO);
  }

  private static Schedule rate(String rate) {
    return new Schedule("rate(" + rate + ")", ZoneId.of("UTC"), Duration.ZERO);
  }

  private static List<String> between(Schedule schedule, String from, String to) {
    return FiringTimes.between(schedule, Instant.parse(from), Instant.parse(to), ANCHOR).stream()
        .map(Instant::toString)
        .toList();
  }

  @Test
  void aTimeThatTheClocksSkipInSpringIsSkipped() {
    assertThat(
            between(
                cron("30 2 * * ? *", "Europe/Berlin"),
                "2027-03-27T00:00:00Z",
                "2027-03-29T12:00:00Z"))
        .containsExactly("2027-03-27T01:30:00Z", "2027-03-29T00:30:00Z");
  }

  @Test
  void aTimeThatTheClocksRepeatInAutumnFiresOnceTheFirstTime() {
    assertThat(
            between(
                cron("30 2 * * ? *", "Europe/Berlin"),
                "2027-10-30T00:00:00Z",
                "2027-11-01T12:00:00Z"))
        .containsExactly("2027-10-30T00:30:00Z", "2027-10-31T00:30:00Z", "2027-11-01T01:30:00Z");
  }

  @Test
  void inTheRepeatedHourNothingFiresASecondTime() {
    assertThat(
            between(
                cron("0/30 * * * ? *", "Europe/Berlin"),
                "2027-10-31T00:00:00Z",
                "2027-10-31T02:30:00Z"))
        .containsExactly("2027-10-31T00:30:00Z", "2027-10-31T02:00:00Z", "2027-10-31T02:30:00Z");
  }

  @Test
  void theNextTimeIsFoundFromWithinTheRepeatedHour() {
    assertThat(
            FiringTimes.next(
                cron("30 2 * * ? *", "Europe/Berlin"),
                Instant.parse("2027-10-31T01:10:00Z"),
                ANCHOR))
        .contains(Instant.parse("2027-11-01T01:30:00Z"));
  }

  @Test
  void aDailyTimeMovesWithTheClocksOfItsZone() {
    assertThat(
            between(
                cron("0 9 * * ? *", "America/New_York"),
                "2027-03-13T00:00:00Z",
                "2027-03-14T23:00:00Z"))
        .containsExactly("2027-03-13T14:00:00Z", "2027-03-14T13:00:00Z");
  }

  @Test
  void theStartIsExcludedAndTheEndIsIncluded() {
    assertThat(between(cron("0 2 * * ? *", "UTC"), "2026-11-22T02:00:00Z", "2026-11-24T02:00:00Z"))
        .containsExactly("2026-11-23T02:00:00Z", "2026-11-24T02:00:00Z");
  }

  @Test
  void secondsAfterATimeItIsPast() {
    assertThat(
            between(cron("0 2 * * ? *", "UTC"), "2026-11-22T01:59:59.999Z", "2026-11-22T02:00:00Z"))
        .containsExactly("2026-11-22T02:00:00Z");
    assertThat(
            between(cron("0 2 * * ? *", "UTC"), "2026-11-22T02:00:00.001Z", "2026-11-23T01:59:59Z"))
        .isEmpty();
  }

  @Test
  void aScheduleWhoseYearsAreOverNeverFiresAgain() {
    assertThat(FiringTimes.next(cron("0 2 1 1 ? 2025", "UTC"), ANCHOR, ANCHOR)).isEmpty();
  }

  @Test
  void aRateFiresAtItsAnchorAndThenEachPeriod() {
    assertThat(between(rate("6 hours"), "2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z"))
        .containsExactly("2026-11-22T12:00:00Z", "2026-11-22T18:00:00Z", "2026-11-23T00:00:00Z");
  }

  @Test
  void aRateCountsFromItsAnchorAndNotFromTheQuestion() {
    assertThat(FiringTimes.next(rate("1 day"), Instant.parse("2026-11-25T12:00:00.001Z"), ANCHOR))
        .contains(Instant.parse("2026-11-26T12:00:00Z"));
  }

  @Test
  void aDayOfARateHas24HoursWhateverTheClocksDo() {
    Schedule daily = new Schedule("rate(1 day)", ZoneId.of("Europe/Berlin"), Duration.ZERO);

    assertThat(between(daily, "2027-03-27T12:00:00Z", "2027-03-29T12:00:00Z"))
        .containsExactly("2027-03-28T12:00:00Z", "2027-03-29T12:00:00Z");
  }
}
