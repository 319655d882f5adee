package dev.freezeframe.rehearsal.run;

import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.ExecutionFault;
import dev.freezeframe.rehearsal.states.EnteredState;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** An operator who aborts executions, each once and in a state of its own, and redrives them. */
final class Stops implements ExecutionFault, CallFault {
  private static final Duration GLANCE = Duration.ofMillis(5);

  /** From when a call is under way while its execution is stopped until it lands. */
  static final Duration ON_THE_WAY = Duration.ofSeconds(20);

  /** Where in a state an execution is stopped. */
  enum Where {
    ENTERED,
    /** A call that changes something has left its function, and lands much later. */
    CALLING,
    CALLED,
    LEFT
  }

  /** A state, and where in it an execution is stopped. */
  record Stop(String state, Where where) {}

  private final Map<String, Stop> plans = new TreeMap<>();
  private final Function<Execution, String> key;
  private final Predicate<Execution> meant;
  private final Duration later;
  private final Duration patience;
  private final Map<String, Stop> stopped = new TreeMap<>();
  private final Set<String> toRedrive = new HashSet<>();
  private final Map<String, Execution> redriven = new HashMap<>();
  private EmbeddedCloud cloud;
  private boolean watching;

  /**
   * Makes one.
   *
   * @param plans by the key of an execution
   * @param later from when an execution was stopped until it is redriven
   * @param patience for how long it is watched whether executions come where they are stopped
   */
  Stops(
      Map<String, Stop> plans,
      Function<Execution, String> key,
      Predicate<Execution> meant,
      Duration later,
      Duration patience) {
    this.plans.putAll(plans);
    this.key = key;
    this.meant = meant;
    this.later = later;
    this.patience = patience;
  }

  /** Watches what was started by then, or is while something else runs. */
  void watch(EmbeddedCloud given, Instant from) {
    cloud = given;
    Instant end = from.plus(patience);
    cloud.time().at(from, () -> watch(end));
  }

  /** What was stopped, by key. */
  Map<String, Stop> stopped() {
    return stopped;
  }

  /** What was redriven, by ARN. */
  Map<String, Execution> redriven() {
    return redriven;
  }

  private void glance(Instant end) {
    for (Execution execution : cloud.states().executions()) {
      Stop plan = meant.test(execution) ? plans.get(key.apply(execution)) : null;
      if (plan == null) {
        continue;
      }
      if (plan.where() == Where.ENTERED && isIn(execution, plan.state())) {
        stop(key.apply(execution), execution);
      }
      if (execution.status() == ExecutionStatus.ABORTED && toRedrive.add(execution.arn())) {
        cloud.time().after(later, () -> redrive(execution, end));
      }
    }
    boolean running =
        cloud.states().executions().stream()
            .anyMatch(execution -> execution.status() == ExecutionStatus.RUNNING);
    if (running && toRedrive.size() < plans.size() && cloud.time().instant().isBefore(end)) {
      cloud.time().after(GLANCE, () -> glance(end));
    } else {
      watching = false;
    }
  }

  private void redrive(Execution execution, Instant end) {
    redriven.put(execution.arn(), execution);
    cloud.states().redrive(execution.arn());
    watch(end);
  }

  private void watch(Instant end) {
    if (!watching) {
      watching = true;
      cloud.time().after(GLANCE, () -> glance(end));
    }
  }

  private void stop(String name, Execution execution) {
    if (stopped.putIfAbsent(name, plans.get(name)) == null) {
      cloud.states().abort(execution.arn());
    }
  }

  private static boolean isIn(Execution execution, String state) {
    List<EnteredState> states = execution.states();
    for (int last = states.size() - 1; last >= 0; last--) {
      if (states.get(last).depth() == 0) {
        return execution.status() == ExecutionStatus.RUNNING
            && states.get(last).name().equals(state);
      }
    }
    return false;
  }

  @Override
  public boolean abortsAfter(String execution, String instanceId, String state) {
    Execution leaving = cloud.states().execution(execution);
    return meant.test(leaving)
        && new Stop(state, Where.LEFT).equals(plans.get(key.apply(leaving)))
        && isIn(leaving, state)
        && stopped.putIfAbsent(key.apply(leaving), plans.get(key.apply(leaving))) == null;
  }

  @Override
  public void before(String action, boolean changes, Caller caller, String detail) {
    if (stopsAt(Where.CALLING, changes, caller)) {
      Execution execution = cloud.states().execution(caller.execution());
      stop(key.apply(execution), execution);
      cloud.time().pause(ON_THE_WAY);
    }
  }

  private boolean stopsAt(Where where, boolean changes, Caller caller) {
    if (!changes || cloud == null || caller.execution().isEmpty()) {
      return false;
    }
    Execution execution = cloud.states().execution(caller.execution());
    Stop plan = meant.test(execution) ? plans.get(key.apply(execution)) : null;
    return plan != null
        && plan.where() == where
        && isIn(execution, plan.state())
        && !stopped.containsKey(key.apply(execution));
  }

  @Override
  public void after(String action, boolean changes, Caller caller, String detail) {
    if (stopsAt(Where.CALLED, changes, caller)) {
      Execution execution = cloud.states().execution(caller.execution());
      cloud.time().after(Duration.ZERO, () -> stop(key.apply(execution), execution));
    }
  }
}
