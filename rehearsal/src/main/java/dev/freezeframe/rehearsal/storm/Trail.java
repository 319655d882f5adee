package dev.freezeframe.rehearsal.storm;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What people did by hand, as far as it bears on what the system may be blamed for. */
final class Trail {
  /** What is done by hand so shortly before a call cannot be known to its caller. */
  private static final Duration UNKNOWABLE = Duration.ofMinutes(15);

  private final Map<String, List<Instant>> stopped = new HashMap<>();
  private final Map<String, List<Instant>> started = new HashMap<>();
  private final Map<String, Instant> lastTouched = new HashMap<>();

  void stopped(String instance, Instant at) {
    stopped.computeIfAbsent(instance, any -> new ArrayList<>()).add(at);
  }

  void started(String instance, Instant at) {
    started.computeIfAbsent(instance, any -> new ArrayList<>()).add(at);
  }

  /** Someone did something to a snapshot of an instance. */
  void touched(String instance, Instant at) {
    lastTouched.put(instance, at);
  }

  boolean touchedShortlyBefore(String instance, Instant now) {
    Instant last = lastTouched.get(instance);
    return last != null && now.isBefore(last.plus(UNKNOWABLE));
  }

  /** Whether an instance truly stood still at an instant because it did not run. */
  boolean wasStopped(Machine machine, Instant at) {
    boolean running = machine.running();
    List<Instant> stops = stopped.getOrDefault(machine.instanceId(), List.of());
    List<Instant> starts = started.getOrDefault(machine.instanceId(), List.of());
    Instant last = Instant.MIN;
    for (Instant stop : stops) {
      if (!stop.isAfter(at) && !stop.isBefore(last)) {
        running = false;
        last = stop;
      }
    }
    for (Instant start : starts) {
      if (!start.isAfter(at) && !start.isBefore(last)) {
        running = true;
        last = start;
      }
    }
    return !running;
  }
}
