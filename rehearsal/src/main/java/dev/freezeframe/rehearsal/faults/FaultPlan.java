package dev.freezeframe.rehearsal.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.ExecutionFault;
import dev.freezeframe.rehearsal.cloud.InvocationFault;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.deployment.AlarmFault;
import dev.freezeframe.rehearsal.ec2.snapshot.SetFault;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotBehavior;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotOrigin.Damage;
import dev.freezeframe.rehearsal.events.EventFault;
import dev.freezeframe.rehearsal.events.SchedulerFault;
import dev.freezeframe.rehearsal.instance.GuestFault;
import dev.freezeframe.rehearsal.instance.InstanceFault;
import dev.freezeframe.rehearsal.instance.ScriptBehavior;
import dev.freezeframe.rehearsal.run.EmbeddedCloud;
import dev.freezeframe.rehearsal.run.Faults;
import dev.freezeframe.rehearsal.run.ManualFault;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The faults to inject, which each service asks for: those of a file, or of a simulation.
 *
 * <p>The first entry that concerns an occasion and has times left is the one that happens; only
 * calls and events can have several faults at once. Times are counted per instance.
 */
public final class FaultPlan
    implements CallFault,
        InvocationFault,
        ExecutionFault,
        SetFault,
        InstanceFault,
        GuestFault,
        EventFault,
        SchedulerFault,
        AlarmFault,
        ManualFault {
  private static final Duration INITIALIZING = Duration.ofSeconds(150);

  private final Injector injector;
  private final CallFaults calls;
  private final ScriptFaults scripts;
  private final ManualFaults manual;
  private final ManualAborts aborts;

  /** A plan of which nobody watches what people do. */
  public FaultPlan(List<Fault> faults, Seed seed, VirtualTime time) {
    this(faults, seed, time, ManualActionListener.NONE);
  }

  /**
   * A plan.
   *
   * @param seed of the random draws
   * @param listener is told what people do by hand
   */
  public FaultPlan(List<Fault> faults, Seed seed, VirtualTime time, ManualActionListener listener) {
    this.injector = new Injector(faults, seed, time);
    this.calls = new CallFaults(injector, time);
    this.scripts = new ScriptFaults(injector, time);
    this.aborts = new ManualAborts(injector);
    this.manual = new ManualFaults(injector, aborts, listener);
  }

  /** This plan, for every service. */
  public Faults faults() {
    return new Faults(this, this, this, this, this, this, this, this, this, this);
  }

  /** How often each kind happened. */
  public SortedMap<FaultAction, Integer> met() {
    return injector.met();
  }

  /** How often one kind happened. */
  public int met(FaultAction action) {
    return injector.met().getOrDefault(action, 0);
  }

  @Override
  public void before(String action, boolean changes, Caller caller, String detail) {
    calls.before(action, changes, caller, detail);
    if (changes) {
      aborts.duringCall(caller);
    }
  }

  @Override
  public void after(String action, boolean changes, Caller caller, String detail) {
    calls.after(action, changes, caller, detail);
  }

  @Override
  public boolean diesBefore(Caller caller) {
    return befalls(FaultAction.CRASH_BEFORE, caller).isPresent();
  }

  @Override
  public boolean diesAfter(Caller caller) {
    return befalls(FaultAction.CRASH_AFTER, caller).isPresent();
  }

  @Override
  public Optional<Duration> initializes(Caller caller) {
    return befalls(FaultAction.NOT_READY, caller)
        .map(fault -> fault.argument().duration().orElse(INITIALIZING));
  }

  private Optional<Fault> befalls(FaultAction action, Caller caller) {
    return injector.nextOfTask(action, caller.instanceId(), caller.task());
  }

  @Override
  public boolean abortsAfter(String execution, String instanceId, String state) {
    return injector
        .next(InjectionPoint.EXECUTION, instanceId, fault -> fault.occasions().concernState(state))
        .isPresent();
  }

  @Override
  public boolean offline(String instanceId) {
    return injector.happens(InjectionPoint.AGENT, FaultAction.OFFLINE, instanceId);
  }

  @Override
  public ScriptBehavior script(String instanceId, String command) {
    return scripts.behavior(instanceId, command);
  }

  @Override
  public SnapshotBehavior fate(String instanceId) {
    Optional<Fault> first =
        injector.next(InjectionPoint.SNAPSHOT, instanceId, fault -> damage(fault).isEmpty());
    boolean fails = first.filter(fault -> fault.action() == FaultAction.SNAPSHOT_ERROR).isPresent();
    return new SnapshotBehavior(
        fails,
        (fails ? besides(first.orElseThrow(), instanceId) : first)
            .flatMap(slow -> slow.argument().duration()),
        event(instanceId, FaultAction.EARLY).isPresent(),
        event(instanceId, FaultAction.LOSE).isPresent(),
        event(instanceId, FaultAction.DOUBLE).isPresent(),
        event(instanceId, FaultAction.DELAY)
            .map(fault -> fault.argument().length())
            .orElse(Duration.ZERO),
        injector
            .next(InjectionPoint.SNAPSHOT, instanceId, fault -> damage(fault).isPresent())
            .flatMap(FaultPlan::damage));
  }

  /** What it does to the data of a snapshot; empty: nothing. */
  private static Optional<Damage> damage(Fault fault) {
    return switch (fault.action()) {
      case UNREADABLE -> Optional.of(Damage.UNREADABLE);
      case DAMAGED -> Optional.of(Damage.DAMAGED);
      default -> Optional.empty();
    };
  }

  /** A set that fails may be slow as well, if both are left to chance. */
  private Optional<Fault> besides(Fault error, String instanceId) {
    return error.occasions().percent().isEmpty()
        ? Optional.empty()
        : injector.next(
            InjectionPoint.SNAPSHOT,
            instanceId,
            fault -> fault.action() == FaultAction.SLOW && fault.occasions().percent().isPresent());
  }

  @Override
  public boolean busy(String instanceId) {
    return injector.happens(InjectionPoint.UNMOUNT, FaultAction.BUSY, instanceId);
  }

  @Override
  public Duration slowsStop(String instanceId) {
    return length(InjectionPoint.STOP, FaultAction.STOP_SLOW, instanceId);
  }

  @Override
  public Start start(String instanceId) {
    return injector
        .next(InjectionPoint.START, instanceId, any -> true)
        .map(fault -> fault.action() == FaultAction.CAPACITY ? Start.REFUSED : Start.FAILS)
        .orElse(Start.STARTS);
  }

  @Override
  public boolean launchLacksCapacity(String instanceId) {
    return injector.happens(InjectionPoint.RUN_INSTANCES, FaultAction.LAUNCH_FAILS, instanceId);
  }

  @Override
  public boolean bootHangs(String instanceId) {
    return injector.happens(InjectionPoint.RUN_INSTANCES, FaultAction.BOOT_HANGS, instanceId);
  }

  @Override
  public boolean lacksAgent(String instanceId) {
    return injector.happens(InjectionPoint.RUN_INSTANCES, FaultAction.NO_AGENT, instanceId);
  }

  @Override
  public boolean findsKeyDisabled(String action, String instanceId) {
    return CallFaults.placeOf(action)
        .filter(where -> injector.happens(where, FaultAction.KMS_DISABLED, instanceId))
        .isPresent();
  }

  @Override
  public Duration slowsCreation(String instanceId) {
    return length(InjectionPoint.CREATE_VOLUME, FaultAction.VOLUME_SLOW, instanceId);
  }

  @Override
  public Duration slowsAttachment(String instanceId) {
    return length(InjectionPoint.ATTACH_VOLUME, FaultAction.ATTACHMENT_SLOW, instanceId);
  }

  @Override
  public Duration keepsBusy(String instanceId) {
    return length(InjectionPoint.DETACH_VOLUME, FaultAction.DETACHMENT_BUSY, instanceId);
  }

  private Duration length(InjectionPoint where, FaultAction action, String instanceId) {
    return injector
        .next(where, action, instanceId)
        .map(fault -> fault.argument().length())
        .orElse(Duration.ZERO);
  }

  private Optional<Fault> event(String instanceId, FaultAction action) {
    return injector.next(InjectionPoint.EVENT, action, instanceId);
  }

  @Override
  public Reading reading() {
    return injector
        .next(
            InjectionPoint.ALARM,
            "",
            fault ->
                fault.action() == FaultAction.ALARM_THROTTLE
                    || fault.action() == FaultAction.ALARM_ERROR)
        .map(
            fault ->
                fault.action() == FaultAction.ALARM_THROTTLE ? Reading.THROTTLED : Reading.FAILS)
        .orElse(Reading.ANSWERED);
  }

  @Override
  public State state(String name) {
    return injector
        .next(InjectionPoint.ALARM, "", fault -> fault.argument().name().equals(Optional.of(name)))
        .map(
            fault ->
                switch (fault.action()) {
                  case IN_ALARM -> State.ALARM;
                  case INSUFFICIENT_DATA -> State.INSUFFICIENT_DATA;
                  default -> State.MISSING;
                })
        .orElse(State.OK);
  }

  @Override
  public List<Duration> deliveries(JsonNode event) {
    if (injector.happens(InjectionPoint.BUS, FaultAction.BUS_LOSE, "")) {
      return List.of();
    }
    return twice(
        injector.next(InjectionPoint.BUS, FaultAction.BUS_DELAY, ""),
        injector.next(InjectionPoint.BUS, FaultAction.BUS_TWICE, ""));
  }

  /** Asked before the clock moves, for each firing that is to come. */
  @Override
  public List<Duration> firings(String schedule, Instant scheduledAt) {
    return twice(
        ofSchedule(FaultAction.SCHEDULE_DELAY, scheduledAt),
        ofSchedule(FaultAction.SCHEDULE_TWICE, scheduledAt));
  }

  private Optional<Fault> ofSchedule(FaultAction action, Instant scheduledAt) {
    return injector.next(
        InjectionPoint.SCHEDULE, "", scheduledAt, fault -> fault.action() == action);
  }

  private static List<Duration> twice(Optional<Fault> delay, Optional<Fault> again) {
    Duration late = delay.map(fault -> fault.argument().length()).orElse(Duration.ZERO);
    return again
        .map(fault -> List.of(late, late.plus(fault.argument().length())))
        .orElse(List.of(late));
  }

  @Override
  public void begin(EmbeddedCloud cloud) {
    aborts.in(cloud);
    manual.schedule(cloud);
  }
}
