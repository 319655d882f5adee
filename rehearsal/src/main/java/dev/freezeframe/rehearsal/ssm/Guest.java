package dev.freezeframe.rehearsal.ssm;

import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;

/**
 * The operating system of an instance, with its agent.
 *
 * <p>Scripts run one after another. One that has done its work and runs on past its time-out does
 * not hold up the next; one that hangs in a frozen guest does, until the guest is thawed.
 */
public final class Guest {
  private static final Duration LEAST = Duration.ofMillis(200);
  private static final Duration MOST = Duration.ofSeconds(1);
  private static final Duration TO_CANCEL = Duration.ofMillis(300);

  private final String instanceId;
  private final VirtualTime time;
  private final Seed seed;
  private final GuestState state;
  private final Deque<Delivered> waiting = new ArrayDeque<>();
  private int scripts;
  private int boots;
  private boolean busy;
  private boolean stuck;

  Guest(String instanceId, VirtualTime time, Seed seed) {
    this.instanceId = instanceId;
    this.time = time;
    this.seed = seed;
    this.state = new GuestState(time);
    state.whenThawed(this::unstick);
  }

  public String instanceId() {
    return instanceId;
  }

  /** Whether it stands still now. */
  public boolean frozen() {
    return state.frozen();
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

  /** A command has reached the agent. */
  void deliver(Invocation invocation, ScriptFate fate) {
    if (invocation.waiting()) {
      waiting.add(new Delivered(invocation, fate));
      next();
    }
  }

  /** The instance is stopped or terminated: nothing answers any more. */
  void gone() {
    boots++;
    waiting.clear();
    busy = false;
    stuck = false;
    state.gone();
  }

  private void next() {
    waiting.removeIf(delivered -> !delivered.invocation.waiting());
    if (!busy && !waiting.isEmpty()) {
      run(waiting.remove());
    }
  }

  private void run(Delivered delivered) {
    Invocation invocation = delivered.invocation;
    Instant startedAt = time.instant();
    Script script =
        Script.of(invocation.command().document(), invocation.command().values(), startedAt);
    Duration takes = seed.between("script/" + instanceId + "/" + scripts++, LEAST, MOST);
    busy = true;
    invocation.started(state.guestTime(startedAt));
    // most of a script's time goes before its deed: a sync, a look at what there is to freeze
    onThisBoot(Duration.ofMillis(takes.toMillis() * 6 / 10), () -> act(delivered, script, takes));
  }

  private void act(Delivered delivered, Script script, Duration takes) {
    Invocation invocation = delivered.invocation;
    Duration left = takes.minus(Duration.between(script.startedAt(), time.instant()));
    if (delivered.fate instanceof ScriptFate.Hangs) {
      hang(script);
    } else if (delivered.fate instanceof ScriptFate.TimesOut) {
      runOn(invocation, state.run(script), script.startedAt());
      idle();
    } else {
      ScriptOutcome outcome =
          delivered.fate instanceof ScriptFate.Exits exits
              ? state.exit(script, exits.code())
              : state.run(script);
      onThisBoot(left, () -> end(invocation, outcome));
    }
  }

  private void end(Invocation invocation, ScriptOutcome outcome) {
    if (!invocation.ended()) {
      invocation.ended(outcome, state.guestTime(time.instant()));
    }
    idle();
  }

  private void hang(Script script) {
    if (script.command().equals("pre-script")) {
      state.run(script);
    }
    if (state.frozen() && !script.command().equals("dry-run")) {
      stuck = true;
    } else {
      idle();
    }
  }

  /** Until the agent kills it, or is told to. */
  private void runOn(Invocation invocation, ScriptOutcome outcome, Instant startedAt) {
    Duration allowed =
        invocation.command().document().executionTimeout(invocation.command().values());
    int boot = boots;
    invocation.until(
        time.at(
            startedAt.plus(allowed),
            () -> {
              if (boot == boots) {
                invocation.killed(outcome, state.guestTime(time.instant()));
              }
            }));
    invocation.whenCancelled(
        () ->
            onThisBoot(
                TO_CANCEL,
                () -> invocation.givenUp(CommandInvocationStatus.CANCELLED, "Cancelled")));
  }

  private void idle() {
    busy = false;
    next();
  }

  private void unstick() {
    if (stuck) {
      stuck = false;
      idle();
    }
  }

  private void onThisBoot(Duration delay, Runnable event) {
    int boot = boots;
    time.after(
        delay,
        () -> {
          if (boot == boots) {
            event.run();
          }
        });
  }

  private record Delivered(Invocation invocation, ScriptFate fate) {}
}
