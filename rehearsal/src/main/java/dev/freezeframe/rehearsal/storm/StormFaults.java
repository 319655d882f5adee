package dev.freezeframe.rehearsal.storm;

import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.ExecutionFault;
import dev.freezeframe.rehearsal.cloud.InvocationFault;
import dev.freezeframe.rehearsal.ec2.SetFate;
import dev.freezeframe.rehearsal.run.Faults;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A storm as the embedded services ask for it. */
final class StormFaults {
  private final Sky sky;

  StormFaults(Sky sky) {
    this.sky = sky;
  }

  /**
   * The faults of every service.
   *
   * @param watcher sees every call that the storm lets through, before it takes effect
   */
  Faults faults(Storm storm, VirtualTime time, CallFault watcher) {
    EventWeather events = new EventWeather(sky, storm);
    return new Faults(
        new CallWeather(sky, time).and(watcher),
        invocations(),
        executions(),
        new GuestWeather(sky, time),
        this::fate,
        events,
        events);
  }

  private InvocationFault invocations() {
    return new InvocationFault() {
      private final Set<String> recycled = new HashSet<>();

      /** Each function once for each entry: it would never be ready else. */
      @Override
      public Optional<Duration> initializes(Caller caller) {
        return sky.strikes(
                WeatherKind.FUNCTION_INACTIVE,
                caller.instanceId(),
                entry -> recycled.add(caller.task() + "/" + entry.number()))
            .map(Weather::length);
      }

      @Override
      public boolean diesBefore(Caller caller) {
        return sky.strikes(WeatherKind.FUNCTION_DIES_FIRST, caller.instanceId()).isPresent();
      }

      @Override
      public boolean diesAfter(Caller caller) {
        return sky.strikes(WeatherKind.FUNCTION_DIES_LAST, caller.instanceId()).isPresent();
      }
    };
  }

  private ExecutionFault executions() {
    return new ExecutionFault() {
      @Override
      public boolean abortsAfter(String execution, String instanceId, String state) {
        return sky.strikes(WeatherKind.ABORTED, instanceId).isPresent();
      }
    };
  }

  private SetFate fate(String instance) {
    return new SetFate(
        sky.strikes(WeatherKind.SNAPSHOT_FAILS, instance).isPresent(),
        sky.strikes(WeatherKind.SNAPSHOT_SLOW, instance).map(Weather::length),
        sky.strikes(WeatherKind.SNAPSHOT_EARLY, instance).isPresent(),
        false,
        false,
        Duration.ZERO);
  }
}
