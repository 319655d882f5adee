package dev.freezeframe.rehearsal.ssm;

import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.instance.Freeze;
import dev.freezeframe.rehearsal.instance.ScriptBehavior;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.PlatformType;

/**
 * The operating system of an instance, with its agent.
 *
 * <p>Scripts run one after another. One that has done its work and runs on past its time-out does
 * not hold up the next; one that hangs in a frozen guest does, until the guest is thawed.
 */
public final class Guest {
  private static final Duration MIN = Duration.ofMillis(200);
  private static final Duration MAX = Duration.ofSeconds(1);

  /** The agent's defaultZombieProcessTimeout. */
  private static final Duration LOST_AFTER = Duration.ofMinutes(1);

  private final String instanceId;
  private final VirtualTime time;
  private final Seed seed;
  private final GuestState state;
  private final Supplier<DrillScript.Machine> machine;
  private final Deque<Execution> waiting = new ArrayDeque<>();

  /** What the agent has begun, as it notes it on its disk; what has ended is left out in time. */
  private final List<Execution> begun = new ArrayList<>();

  /** How each validation of a drill truly ended, by its exit code. */
  private final List<Integer> validations = new ArrayList<>();

  private int scripts;
  private int boots;
  private boolean busy;
  private boolean stuck;

  /**
   * A guest.
   *
   * @param machine what a drill document finds there
   */
  Guest(
      String instanceId,
      VirtualTime time,
      Seed seed,
      Supplier<Attached> attached,
      Supplier<DrillScript.Machine> machine) {
    this.machine = machine;
    this.instanceId = instanceId;
    this.time = time;
    this.seed = seed;
    this.state = new GuestState(time, attached);
    state.whenThawed(this::unstick);
  }

  public String instanceId() {
    return instanceId;
  }

  /** Whether it stands still now, frozen or unmounted. */
  public boolean frozen() {
    return state.frozen();
  }

  /** Whether a script has unmounted its file systems, and none has mounted them again. */
  public boolean unmounted() {
    return state.unmounted();
  }

  /** Every time that it stood still, in order; the last may not have ended. */
  public List<Freeze> freezes() {
    return state.freezes();
  }

  /** How long it has stood still in all. */
  public Duration frozenFor() {
    return freezes().stream()
        .map(freeze -> freeze.lasted(time.instant()))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Puts its clock ahead of AWS's, or behind if negative. */
  public void runsAhead(Duration duration) {
    state.runsAhead(duration);
  }

  /** Uses a volume for swap: no script can hold that. */
  public void swapsTo(String volume) {
    state.swapsTo(volume);
  }

  /** A command has reached the agent. */
  void deliver(Invocation invocation, ScriptBehavior fate, PlatformType platform) {
    if (invocation.waiting()) {
      waiting.add(new Execution(invocation, fate, platform, this));
      next();
    }
  }

  /** The instance is stopped or terminated: nothing answers any more. */
  void gone() {
    boots++;
    busy = false;
    stuck = false;
    state.gone();
  }

  /**
   * The agent is back after a stop. It finds what it had begun, and that nothing of it runs any
   * more: a minute later it reports that as failed, and runs none of it again. What it had not
   * begun it runs now.
   */
  void online() {
    List<Execution> lost = List.copyOf(begun);
    onThisBoot(
        LOST_AFTER,
        () ->
            lost.forEach(
                execution ->
                    execution.invocation().givenUp(CommandInvocationStatus.FAILED, "Failed")));
    next();
  }

  private void next() {
    waiting.removeIf(execution -> !execution.invocation().waiting());
    if (!busy && !waiting.isEmpty()) {
      busy = true;
      Execution first = waiting.remove();
      begun.removeIf(execution -> execution.invocation().ended());
      begun.add(first);
      first.begin();
    }
  }

  /** A script that never answers. */
  void hang(Script script) {
    if (script.command().equals("pre-script")) {
      state.run(script);
    }
    if (state.frozen() && !script.command().equals("dry-run")) {
      stuck = true;
    } else {
      idle();
    }
  }

  /** The agent is free for the next command. */
  void idle() {
    busy = false;
    next();
  }

  private void unstick() {
    if (stuck) {
      stuck = false;
      idle();
    }
  }

  /** A validation of a drill has ended. */
  void validated(int exitCode) {
    validations.add(exitCode);
  }

  /** How each validation of a drill that ran to its end on it truly ended, by its exit code. */
  public List<Integer> validations() {
    return List.copyOf(validations);
  }

  /** The scripts of drill documents, on the machine as it is now. */
  DrillScript drill() {
    return new DrillScript(seed, this::clock, machine.get());
  }

  /** Whether one of its volumes is used for swap. */
  boolean swaps(String volume) {
    return state.swaps(volume);
  }

  GuestState state() {
    return state;
  }

  /** In true time. */
  Instant now() {
    return time.instant();
  }

  /** By its own clock. */
  Instant clock() {
    return clock(time.instant());
  }

  Instant clock(Instant instant) {
    return state.guestTime(instant);
  }

  /** How long the next script takes. */
  Duration takes() {
    return seed.between("script/" + instanceId + "/" + scripts++, MIN, MAX);
  }

  void onThisBoot(Duration delay, Runnable event) {
    time.after(delay, unlessGone(event));
  }

  VirtualTime.Timer atOnThisBoot(Instant instant, Runnable event) {
    return time.at(instant, unlessGone(event));
  }

  private Runnable unlessGone(Runnable event) {
    int boot = boots;
    return () -> {
      if (boot == boots) {
        event.run();
      }
    };
  }
}
