package dev.freezeframe.rehearsal.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.rehearsal.events.EventFault;
import dev.freezeframe.rehearsal.events.SchedulerFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Events and schedules in a simulation. */
final class EventFaults implements EventFault, SchedulerFault {
  private final FaultInjector injector;
  private final Simulation simulation;

  EventFaults(FaultInjector injector, Simulation simulation) {
    this.injector = injector;
    this.simulation = simulation;
  }

  @Override
  public List<Duration> deliveries(JsonNode event) {
    if (injector.occurs(FaultType.EVENT_LOST, "").isPresent()) {
      return List.of();
    }
    Duration late =
        injector.occurs(FaultType.EVENT_LATE, "").map(RandomFault::length).orElse(Duration.ZERO);
    return injector
        .occurs(FaultType.EVENT_TWICE, "")
        .map(twice -> List.of(late, late.plus(twice.length())))
        .orElse(List.of(late));
  }

  /** Asked before the clock moves, for each firing that is to come. */
  @Override
  public List<Duration> firings(String schedule, Instant scheduledAt) {
    Duration late = of(FaultType.SCHEDULE_LATE, scheduledAt).orElse(Duration.ZERO);
    return of(FaultType.SCHEDULE_TWICE, scheduledAt)
        .map(after -> List.of(late, late.plus(after)))
        .orElse(List.of(late));
  }

  private Optional<Duration> of(FaultType kind, Instant scheduledAt) {
    return simulation.randomFaults().stream()
        .filter(entry -> entry.kind() == kind)
        .filter(entry -> entry.concerns(entry.place(), scheduledAt.plusSeconds(60)))
        .findFirst()
        .map(
            entry -> {
              injector.met(kind);
              return entry.length();
            });
  }
}
