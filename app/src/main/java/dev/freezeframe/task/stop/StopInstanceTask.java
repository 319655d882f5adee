package dev.freezeframe.task.stop;

import dev.freezeframe.consistency.script.Agents;
import dev.freezeframe.consistency.script.Agents.Agent;
import dev.freezeframe.consistency.ssm.SsmAgents;
import dev.freezeframe.input.DurationText;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.policy.Stop;
import dev.freezeframe.slot.SlotHold;
import dev.freezeframe.slot.SlotsLostException;
import dev.freezeframe.stop.AlarmReading;
import dev.freezeframe.stop.Ec2InstancePower;
import dev.freezeframe.stop.InstancePower;
import dev.freezeframe.stop.InstancePower.PowerState;
import dev.freezeframe.stop.StopFacts;
import dev.freezeframe.stop.StopRefusedException;
import dev.freezeframe.stop.StopRow;
import dev.freezeframe.stop.StopRules;
import dev.freezeframe.stop.Stopping;
import dev.freezeframe.stop.Stopping.Place;
import dev.freezeframe.stop.Stopping.State;
import dev.freezeframe.stop.Turns;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.CaughtError;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.TaskResult;
import dev.freezeframe.task.backup.BackupInput;
import dev.freezeframe.task.backup.BackupState;
import dev.freezeframe.task.backup.HeldSlots;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Stops an instance for its set, and looks how far that is. Each look is one invocation; the state
 * machine waits in between.
 *
 * <p>The stop is on record before it is ordered, so that a start can follow whatever becomes of
 * this function. Once somebody is about to start the instance, nothing stops it any more.
 */
public final class StopInstanceTask extends JsonTask<BackupInput, Stopping> {
  /** After that the turn of an instance will not come any more. */
  static final Duration MAX_TURN = Duration.ofHours(24);

  /** An instance runs again within that time after its stop's time-out, or it is told. */
  static final Duration START_WITHIN = Duration.ofMinutes(15);

  private static final Duration LOOK = Duration.ofSeconds(15);

  /** The states of an instance that a stop leaves as it is. */
  private static final Set<String> NOT_RUNNING = Set.of("stopping", "stopped");

  /** Each look at a stop waits for a tenth of its age, so that two hours are about 60 looks. */
  private static final int SLOWER = 10;

  /** In the first minutes; then a day of turns is 250 waits, as of slots. */
  private static final Duration TURN = Duration.ofMinutes(1);

  private static final Duration LATER_TURN = Duration.ofMinutes(6);
  private static final Duration FIRST_TURNS = Duration.ofMinutes(10);

  private final InstancePower power;
  private final Agents agents;
  private final Ledger ledger;
  private final Turns turns;
  private final Clock clock;

  public StopInstanceTask() {
    this(new AwsDependencies());
  }

  public StopInstanceTask(TaskDependencies dependencies) {
    super(BackupInput.class);
    this.power = new Ec2InstancePower(dependencies.ec2(), dependencies.ec2WithoutRetries());
    this.agents = new SsmAgents(dependencies.ssm());
    this.ledger = dependencies.ledger();
    this.clock = dependencies.clock();
    this.turns = new Turns(ledger, clock);
  }

  @Override
  protected String explain(Stopping stopping) {
    return "%s: %s".formatted(stopping.state(), stopping.words());
  }

  /**
   * Looks, and does what follows.
   *
   * @throws SlotsLostException if the slots of the set have lapsed; nothing was stopped
   */
  @Override
  protected Stopping handle(BackupInput order) {
    Stop policy =
        order
            .work()
            .policy()
            .stop()
            .orElseThrow(() -> BackupState.missing("policy.stop", "how instances are stopped"));
    return ledger.stops(order.work().runId(), order.instanceId()).stream()
        .filter(row -> row.attempt().equals(order.attemptId()))
        .findFirst()
        .map(row -> follow(order, policy, row))
        .orElseGet(() -> begin(order, policy));
  }

  /** Who waits for its turn asks EC2 nothing: of a large fleet many wait at a time. */
  private Stopping begin(BackupInput order, Stop policy) {
    Optional<Place> place = before(order).flatMap(Stopping::place);
    if (place.isEmpty()) {
      return inspect(order, policy, Optional.empty());
    }
    return takesTurn(order, policy, place.get())
        ? inspect(order, policy, place)
        : inTurn(order, place.get());
  }

  /**
   * Asks EC2 before anything is stopped.
   *
   * @param place at which it had its turn; empty: it has not asked for one yet
   */
  private Stopping inspect(BackupInput order, Stop policy, Optional<Place> place) {
    Instant now = clock.instant();
    Optional<StopFacts> facts = power.facts(order.instanceId());
    Optional<String> refusal =
        facts.isEmpty()
            ? Optional.of("the instance does not exist any more")
            : StopRules.refusal(facts.get(), order.work().policy(), now);
    if (refusal.isPresent()) {
      return refused(order, place, refusal.get());
    }
    Place own =
        place.orElseGet(
            () ->
                new Place(
                    StopRules.group(facts.get(), policy),
                    StopRules.order(facts.get(), policy),
                    now));
    List<SlotHold> others = HeldSlots.ofOthers(ledger, order, now);
    Optional<String> busy =
        StopRules.busy(facts.get(), others.stream().map(SlotHold::execution).findFirst());
    if (busy.isPresent()) {
      return busy(order, own, others, busy.get());
    }
    Optional<String> notRunning = StopRules.notRunning(facts.get());
    if (notRunning.isPresent()) {
      return refused(order, place, notRunning.get());
    }
    if (place.isEmpty() && !takesTurn(order, policy, own)) {
      return inTurn(order, own);
    }
    HeldSlots.keep(ledger, order, now);
    Optional<Stopping> kept = keptByAlarms(order, policy, own);
    if (kept.isPresent()) {
      return kept.get();
    }
    return stop(order, policy, facts.get(), own.group());
  }

  private Stopping refused(BackupInput order, Optional<Place> place, String why) {
    place.ifPresent(waited -> leave(order, waited));
    return Stopping.refused(why);
  }

  /**
   * Waits without its turn. Of two that wait for each other's slots the one whose execution comes
   * later gives its own up, and takes them anew once the other is done.
   */
  private Stopping busy(BackupInput order, Place place, List<SlotHold> others, String why) {
    leave(order, place);
    if (place.since().plus(MAX_TURN).isBefore(clock.instant())) {
      return Stopping.refused(StopRules.notStopped(why));
    }
    if (others.stream().anyMatch(other -> other.execution().compareTo(order.execution()) < 0)) {
      ledger.lapseSlots(order.holder(), clock.instant());
    } else {
      keepSlots(order);
    }
    return Stopping.busy(pause(place), place, why);
  }

  /** What keeps it running is asked last, when nothing else does; empty: no alarm does. */
  private Optional<Stopping> keptByAlarms(BackupInput order, Stop policy, Place place) {
    if (policy.skipIfAlarm().isEmpty()) {
      return Optional.empty();
    }
    Optional<String> unreadable =
        order
            .work()
            .alarmProblem()
            .map(CaughtError::words)
            .map("the alarms of stop.skipIfAlarm could not be read: "::concat);
    Optional<AlarmReading> reading =
        order.work().alarms().filter(read -> read.isFresh(clock.instant()));
    if (unreadable.isEmpty() && reading.isEmpty()) {
      return Optional.of(Stopping.readAlarms(policy.skipIfAlarm(), place));
    }
    Optional<String> why =
        unreadable.or(() -> reading.flatMap(read -> read.refusal(policy.skipIfAlarm())));
    why.ifPresent(any -> leave(order, place));
    return why.map(StopRules::notStopped).map(Stopping::refused);
  }

  private Stopping inTurn(BackupInput order, Place place) {
    if (place.since().plus(MAX_TURN).isBefore(clock.instant())) {
      leave(order, place);
      return Stopping.givenUp(place);
    }
    return Stopping.inTurn(pause(place), place);
  }

  private Duration pause(Place place) {
    return place.since().plus(FIRST_TURNS).isAfter(clock.instant()) ? TURN : LATER_TURN;
  }

  private boolean takesTurn(BackupInput order, Stop policy, Place place) {
    return turns.take(
        new Turns.Question(
            order.work().policy().name(),
            place.group(),
            order.execution(),
            place.order(),
            policy.atOnce(),
            place.since(),
            pause(place),
            policy.timeout().plus(START_WITHIN)));
  }

  private void leave(BackupInput order, Place place) {
    turns.giveBack(order.work().policy().name(), place.group(), order.execution());
  }

  private Stopping stop(BackupInput order, Stop policy, StopFacts facts, String group) {
    boolean agent = agents.find(order.instanceId()).filter(Agent::online).isPresent();
    Stopping ordered = Stopping.ordered(LOOK, facts.launchedAt(), agent, StopRules.warning(facts));
    Instant now = clock.instant();
    StopRow row =
        StopRow.ordered(
            order.work().runId(),
            order.instanceId(),
            order.attemptId(),
            order.execution(),
            order.redrives(),
            group,
            now,
            facts.launchedAt(),
            now.plus(policy.timeout()).plus(START_WITHIN));
    if (!ledger.recordStop(row)) {
      return ordered; // Another invocation for the same state has been faster, and orders it.
    }
    Optional<String> before;
    try {
      before = power.stop(order.instanceId(), false);
    } catch (StopRefusedException refused) {
      return ordered.now(State.NOT_STOPPED, Duration.ZERO, false, refused.getMessage());
    }
    // Of the first call for this row alone: a later one may find what a lost one has stopped.
    return before.filter(NOT_RUNNING::contains).map(state -> ofOthers(row, state)).orElse(ordered);
  }

  /** Somebody stopped it since it was looked at, and nobody but him is to start it. */
  private Stopping ofOthers(StopRow row, String state) {
    String words =
        "somebody else had stopped it: it was %s when its stop was ordered".formatted(state);
    turns.giveBack(row);
    ledger.recordStopEnded(
        row.run(),
        row.instance(),
        row.attempt(),
        new StopRow.Ended(clock.instant(), "StopInstance", words));
    return Stopping.refused(StopRules.notStopped(words));
  }

  private Stopping follow(BackupInput order, Stop policy, StopRow row) {
    Stopping before =
        before(order)
            .orElseGet(() -> Stopping.ordered(LOOK, row.launchedAt(), false, Optional.empty()));
    if (row.startingAt().isPresent() || !row.open()) {
      return before.now(
          State.NOT_STOPPED, Duration.ZERO, false, "somebody has begun to start it again");
    }
    Optional<PowerState> found = power.look(order.instanceId());
    if (found.isEmpty() || found.get().gone()) {
      return before.now(State.NOT_STOPPED, Duration.ZERO, false, "the instance is gone");
    }
    Instant now = clock.instant();
    boolean forced = row.forcedAt().isPresent();
    if (found.get().name().equals("stopped")) {
      ledger.recordStopped(row.run(), row.instance(), row.attempt(), now);
      turns.keep(row);
      return stopped(before, row, forced);
    }
    Duration age = Duration.between(row.orderedAt(), now);
    if (age.compareTo(policy.timeout()) >= 0) {
      return before.now(
          State.NOT_STOPPED,
          Duration.ZERO,
          forced,
          "it has not stopped within %s: it is %s"
              .formatted(DurationText.inWords(policy.timeout()), found.get().name()));
    }
    return again(order, policy, row, before, found.get(), age);
  }

  /** A row that an invocation wrote which never answered has what its answer would have had. */
  private static Stopping stopped(Stopping before, StopRow row, boolean forced) {
    return new Stopping(
        State.STOPPED,
        0,
        Optional.empty(),
        before.place(),
        row.launchedAt(),
        forced,
        before.agent(),
        before.warning(),
        forced ? "it was stopped by force" : "it is stopped");
  }

  /** Orders the stop once more where EC2 shows nothing of it, or by force where it is time to. */
  private Stopping again(
      BackupInput order,
      Stop policy,
      StopRow row,
      Stopping before,
      PowerState state,
      Duration age) {
    boolean forced = row.forcedAt().isPresent();
    boolean force =
        forced || policy.forceAfter().filter(after -> age.compareTo(after) >= 0).isPresent();
    try {
      if (force && !forced) {
        ledger.recordForced(row.run(), row.instance(), row.attempt(), clock.instant());
        power.stop(order.instanceId(), true);
      } else if (state.name().equals("running")) {
        power.stop(order.instanceId(), force);
      }
    } catch (StopRefusedException refused) {
      return before.now(State.NOT_STOPPED, Duration.ZERO, force, refused.getMessage());
    }
    keepSlots(order);
    return before.now(
        State.WAITING, wait(policy, age, force), force, "the instance is " + state.name());
  }

  /** Not beyond the next thing to do. */
  private static Duration wait(Stop policy, Duration age, boolean forced) {
    Duration next =
        policy.forceAfter().filter(after -> !forced).orElse(policy.timeout()).minus(age);
    Duration slower = age.dividedBy(SLOWER);
    Duration look = slower.compareTo(LOOK) > 0 ? slower : LOOK;
    Duration left = next.compareTo(look) < 0 ? next : look;
    return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
  }

  /** Whether they have lapsed is decided where the set is ordered. */
  private void keepSlots(BackupInput order) {
    try {
      HeldSlots.keep(ledger, order, clock.instant());
    } catch (SlotsLostException lapsed) {
      return;
    }
  }

  private static Optional<Stopping> before(BackupInput order) {
    return order.work().stop().map(TaskResult::answer);
  }
}
