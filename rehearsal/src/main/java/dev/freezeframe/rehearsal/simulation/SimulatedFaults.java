package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.ExecutionFault;
import dev.freezeframe.rehearsal.cloud.InvocationFault;
import dev.freezeframe.rehearsal.ec2.SnapshotBehavior;
import dev.freezeframe.rehearsal.run.Faults;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A simulation as the embedded services ask for it. */
final class SimulatedFaults {
  private final FaultInjector injector;

  SimulatedFaults(FaultInjector injector) {
    this.injector = injector;
  }

  /**
   * The faults of every service.
   *
   * @param watcher sees every call that the simulation lets through, before it takes effect
   */
  Faults faults(Simulation simulation, VirtualTime time, CallFault watcher) {
    EventFaults events = new EventFaults(injector, simulation);
    return new Faults(
        new CallFaults(injector, time).and(watcher),
        invocations(),
        executions(),
        new GuestFaults(injector, time),
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
        return injector
            .occurs(
                FaultType.FUNCTION_INACTIVE,
                caller.instanceId(),
                entry -> recycled.add(caller.task() + "/" + entry.number()))
            .map(RandomFault::length);
      }

      @Override
      public boolean diesBefore(Caller caller) {
        return injector.occurs(FaultType.FUNCTION_DIES_FIRST, caller.instanceId()).isPresent();
      }

      @Override
      public boolean diesAfter(Caller caller) {
        return injector.occurs(FaultType.FUNCTION_DIES_LAST, caller.instanceId()).isPresent();
      }
    };
  }

  private ExecutionFault executions() {
    return new ExecutionFault() {
      @Override
      public boolean abortsAfter(String execution, String instanceId, String state) {
        return injector.occurs(FaultType.ABORTED, instanceId).isPresent();
      }
    };
  }

  private SnapshotBehavior fate(String instance) {
    return new SnapshotBehavior(
        injector.occurs(FaultType.SNAPSHOT_FAILS, instance).isPresent(),
        injector.occurs(FaultType.SNAPSHOT_SLOW, instance).map(RandomFault::length),
        injector.occurs(FaultType.SNAPSHOT_EARLY, instance).isPresent(),
        false,
        false,
        Duration.ZERO);
  }
}
