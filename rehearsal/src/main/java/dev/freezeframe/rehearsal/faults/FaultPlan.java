package dev.freezeframe.rehearsal.faults;

import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.ExecutionFault;
import dev.freezeframe.rehearsal.cloud.InvocationFault;
import dev.freezeframe.rehearsal.ec2.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.SetFault;
import dev.freezeframe.rehearsal.ec2.SnapshotBehavior;
import dev.freezeframe.rehearsal.ssm.GuestFault;
import dev.freezeframe.rehearsal.ssm.ScriptBehavior;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The faults to inject, which each service asks for.
 *
 * <p>The first entry that concerns an occasion and has times left is the one that happens; only
 * events can have several faults at once. Times are counted per instance.
 */
public final class FaultPlan
    implements CallFault, InvocationFault, ExecutionFault, SetFault, GuestFault {
  private static final Duration INITIALIZING = Duration.ofSeconds(150);

  private final List<Fault> faults;
  private final InstantSource time;
  private final Map<String, Integer> happened = new HashMap<>();
  private final Map<String, Instant> windows = new HashMap<>();

  FaultPlan(List<Fault> faults, InstantSource time) {
    this.faults = List.copyOf(faults);
    this.time = time;
  }

  /** Nothing goes wrong. */
  public static FaultPlan none() {
    return new FaultPlan(List.of(), InstantSource.fixed(Instant.EPOCH));
  }

  @Override
  public void before(String action, boolean changes, Caller caller, String detail) {
    if (!action.equals("ec2:CreateSnapshots")) {
      return;
    }
    Optional<Fault> fault = next(InjectionPoint.CREATE_SNAPSHOTS, detail, any -> true);
    if (fault.isPresent()) {
      switch (fault.get().action()) {
        case THROTTLE -> throw Ec2Refusal.throttled();
        case PENDING_QUOTA ->
            throw Ec2Refusal.of(
                "PendingSnapshotLimitExceeded",
                "The maximum number of pending snapshots has been reached");
        default -> throw Ec2Refusal.failed();
      }
    }
  }

  @Override
  public boolean diesBefore(Caller caller) {
    return dies(FaultAction.CRASH_BEFORE, caller);
  }

  @Override
  public boolean diesAfter(Caller caller) {
    return dies(FaultAction.CRASH_AFTER, caller);
  }

  @Override
  public Optional<Duration> initializes(Caller caller) {
    return befalls(FaultAction.NOT_READY, caller)
        .map(fault -> fault.duration().orElse(INITIALIZING));
  }

  private boolean dies(FaultAction action, Caller caller) {
    return befalls(action, caller).isPresent();
  }

  private Optional<Fault> befalls(FaultAction action, Caller caller) {
    return next(
        InjectionPoint.TASK,
        caller.instanceId(),
        fault -> fault.action() == action && fault.task().orElseThrow().equals(caller.task()));
  }

  @Override
  public boolean abortsAfter(String execution, String instanceId, String state) {
    return next(
            InjectionPoint.EXECUTION,
            instanceId,
            fault -> fault.after().orElseThrow().equals(state))
        .isPresent();
  }

  @Override
  public boolean offline(String instanceId) {
    return next(InjectionPoint.AGENT, instanceId, fault -> true).isPresent();
  }

  @Override
  public ScriptBehavior script(String instanceId, String command) {
    Optional<InjectionPoint> where =
        InjectionPoint.of(command)
            .filter(
                found ->
                    found == InjectionPoint.DRY_RUN
                        || found == InjectionPoint.PRE_SCRIPT
                        || found == InjectionPoint.POST_SCRIPT);
    return where.flatMap(found -> script(instanceId, found)).orElse(ScriptBehavior.GOOD);
  }

  private Optional<ScriptBehavior> script(String instanceId, InjectionPoint where) {
    Optional<Instant> until = openWindow(instanceId, where);
    if (until.isPresent()) {
      return Optional.of(new ScriptBehavior.Undelivered(until));
    }
    return next(where, instanceId, any -> true).map(fault -> fate(fault, instanceId));
  }

  private ScriptBehavior fate(Fault fault, String instanceId) {
    return switch (fault.action()) {
      case EXIT -> new ScriptBehavior.Exits(fault.code());
      case TIME_OUT -> new ScriptBehavior.TimesOut();
      case HANG -> new ScriptBehavior.Hangs();
      case UNDELIVERED -> {
        Optional<Instant> until = fault.duration().map(time.instant()::plus);
        until.ifPresent(end -> windows.put(key(fault, instanceId), end));
        yield new ScriptBehavior.Undelivered(until);
      }
      default -> throw new IllegalStateException("no script can " + fault.action().word());
    };
  }

  /** When the time ends in which scripts of a kind don't reach a guest; empty: they do. */
  private Optional<Instant> openWindow(String instanceId, InjectionPoint where) {
    return concerning(where, instanceId)
        .map(fault -> windows.get(key(fault, instanceId)))
        .filter(end -> end != null && end.isAfter(time.instant()))
        .findFirst();
  }

  @Override
  public SnapshotBehavior fate(String instanceId) {
    Optional<Fault> snapshot = next(InjectionPoint.SNAPSHOT, instanceId, any -> true);
    return new SnapshotBehavior(
        snapshot.filter(fault -> fault.action() == FaultAction.ERROR).isPresent(),
        snapshot.flatMap(Fault::duration),
        event(instanceId, FaultAction.EARLY).isPresent(),
        event(instanceId, FaultAction.LOSE).isPresent(),
        event(instanceId, FaultAction.DOUBLE).isPresent(),
        event(instanceId, FaultAction.DELAY).flatMap(Fault::duration).orElse(Duration.ZERO));
  }

  private Optional<Fault> event(String instanceId, FaultAction action) {
    return next(InjectionPoint.EVENT, instanceId, fault -> fault.action() == action);
  }

  /** The fault of this occasion, counted. */
  private Optional<Fault> next(InjectionPoint where, String instanceId, Predicate<Fault> fits) {
    Optional<Fault> next =
        concerning(where, instanceId)
            .filter(fits)
            .filter(
                fault ->
                    fault.times().isEmpty()
                        || happened.getOrDefault(key(fault, instanceId), 0)
                            < fault.times().getAsInt())
            .findFirst();
    next.ifPresent(fault -> happened.merge(key(fault, instanceId), 1, Integer::sum));
    return next;
  }

  private Stream<Fault> concerning(InjectionPoint where, String instanceId) {
    return faults.stream().filter(fault -> fault.at() == where && fault.concerns(instanceId));
  }

  private static String key(Fault fault, String instanceId) {
    return fault.entry() + "/" + instanceId;
  }
}
