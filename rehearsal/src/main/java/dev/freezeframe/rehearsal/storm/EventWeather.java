package dev.freezeframe.rehearsal.storm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.rehearsal.events.EventFault;
import dev.freezeframe.rehearsal.events.SchedulerFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Events and schedules in a storm. */
final class EventWeather implements EventFault, SchedulerFault {
  private final Sky sky;
  private final Storm storm;

  EventWeather(Sky sky, Storm storm) {
    this.sky = sky;
    this.storm = storm;
  }

  @Override
  public List<Duration> deliveries(JsonNode event) {
    if (sky.strikes(WeatherKind.EVENT_LOST, "").isPresent()) {
      return List.of();
    }
    Duration late =
        sky.strikes(WeatherKind.EVENT_LATE, "").map(Weather::length).orElse(Duration.ZERO);
    return sky.strikes(WeatherKind.EVENT_TWICE, "")
        .map(twice -> List.of(late, late.plus(twice.length())))
        .orElse(List.of(late));
  }

  /** Asked before the clock moves, for each firing that is to come. */
  @Override
  public List<Duration> firings(String schedule, Instant scheduledAt) {
    Duration late = of(WeatherKind.SCHEDULE_LATE, scheduledAt).orElse(Duration.ZERO);
    return of(WeatherKind.SCHEDULE_TWICE, scheduledAt)
        .map(after -> List.of(late, late.plus(after)))
        .orElse(List.of(late));
  }

  private Optional<Duration> of(WeatherKind kind, Instant scheduledAt) {
    return storm.weather().stream()
        .filter(entry -> entry.kind() == kind)
        .filter(entry -> entry.concerns(entry.place(), scheduledAt.plusSeconds(60)))
        .findFirst()
        .map(
            entry -> {
              sky.met(kind);
              return entry.length();
            });
  }
}
