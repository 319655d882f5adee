package dev.freezeframe.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.common.Json;
import dev.freezeframe.input.InvalidInputException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyStopTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static Policy read(String yaml) {
    return new PolicyReader().read("policies/weekly.yaml", yaml);
  }

  @Test
  void holdStopIsEnoughAndAllElseHasItsDefault() {
    assertThat(read("{name: weekly, hold: stop}").stop())
        .contains(
            new Stop(
                Duration.ofMinutes(10),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1,
                Optional.empty(),
                List.of()));
  }

  @Test
  void everyFieldIsRead() {
    assertThat(
            read("""
                    name: weekly
                    hold: stop
                    stop:
                      timeout: 30m
                      forceAfter: 20m
                      window: 22:00-05:30
                      groupByTag: cluster
                      atOnce: 3
                      orderByTag: stop-order
                      skipIfAlarm: [restoring, orders late]
                    """)
                .stop())
        .contains(
            new Stop(
                Duration.ofMinutes(30),
                Optional.of(Duration.ofMinutes(20)),
                Optional.of(new DailyWindow(LocalTime.of(22, 0), LocalTime.of(5, 30))),
                Optional.of("cluster"),
                3,
                Optional.of("stop-order"),
                List.of("restoring", "orders late")));
  }

  @Test
  void aPolicyWithoutItStopsNothing() {
    assertThat(read("name: weekly").stop()).isEmpty();
    assertThat(read("{name: weekly, scripts: {document: own}}").stop()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{hold: pause}|hold is 'pause', expected stop",
        "{hold: stop, scripts: {document: own}}"
            + "|hold is set beside scripts, expected one of the two",
        "{stop: {timeout: 5m}}"
            + "|stop is set without hold: stop, expected the two together, or neither",
        "{hold: stop, stop: {timeout: 5s}}|stop.timeout is '5s', expected 1m..2h",
        "{hold: stop, stop: {forceAfter: 10m}}"
            + "|stop.forceAfter is '10m', expected less than timeout, 10m",
        "{hold: stop, stop: {atOnce: 0}}|stop.atOnce is 0, expected 1..100",
        "{hold: stop, stop: {window: 5-22}}"
            + "|stop.window is '5-22', expected a time of day such as 22:00-05:00, from one time"
            + " to another one",
        "{hold: stop, stop: {window: 25:00-05:00}}"
            + "|stop.window is '25:00-05:00', expected a time of day such as 22:00-05:00, from one"
            + " time to another one",
        "{hold: stop, stop: {window: 05:00-05:00}}"
            + "|stop.window is '05:00-05:00', expected a time of day such as 22:00-05:00, from one"
            + " time to another one",
        "{hold: stop, stop: {skipIfAlarm: restoring}}"
            + "|stop.skipIfAlarm is 'restoring', expected a list of 0..5",
        "{hold: stop, stop: {skipIfAlarm: [a, b, c, d, e, f]}}"
            + "|stop.skipIfAlarm is a list of 6, expected a list of 0..5",
        "{hold: stop, stop: {skipIfAlarm: ['']}}"
            + "|stop.skipIfAlarm[0] is '', expected a text of 1..255 visible characters",
        "{hold: stop, stop: {at-once: 2}}|stop.at-once is unknown (line 1), expected atOnce"
      })
  void whatIsWrongIsSaidInOneSentence(String fields, String fault) {
    assertThatThrownBy(() -> read("{name: weekly, " + fields.substring(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("policies/weekly.yaml: " + fault);
  }

  @ParameterizedTest
  @CsvSource({
    "22:00-05:00, 2026-11-28T21:00:00Z, true", // 22:00 in Berlin
    "22:00-05:00, 2026-11-28T20:59:59Z, false",
    "22:00-05:00, 2026-11-29T03:59:59Z, true",
    "22:00-05:00, 2026-11-29T04:00:00Z, false",
    "01:00-05:00, 2026-11-28T00:00:00Z, true",
    "01:00-05:00, 2026-11-28T04:00:00Z, false",
    "01:00-05:00, 2026-11-27T23:59:59Z, false"
  })
  void aWindowBeginsAndEndsByTheClocksOfItsTimeZone(String window, String instant, boolean inside) {
    assertThat(DailyWindow.parse(window).orElseThrow().contains(Instant.parse(instant), BERLIN))
        .isEqualTo(inside);
  }

  @Test
  void aRunIsGivenItWholeAndAnOlderPolicyWithoutItIsReadToo() throws IOException {
    Policy weekly = read("{name: weekly, hold: stop, stop: {window: 01:00-05:00, atOnce: 2}}");
    String json = Json.mapper().writeValueAsString(weekly);

    assertThat(Json.mapper().readValue(json, Policy.class)).isEqualTo(weekly);
    assertThat(Json.mapper().readValue(json.replace(",\"skipIfAlarm\":[]", ""), Policy.class))
        .as("of a run that began before there was the field")
        .isEqualTo(weekly);
    assertThat(Json.mapper().writeValueAsString(read("name: weekly"))).doesNotContain("\"stop\"");
  }
}
