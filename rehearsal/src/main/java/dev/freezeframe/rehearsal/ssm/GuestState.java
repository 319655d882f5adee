package dev.freezeframe.rehearsal.ssm;

import dev.freezeframe.rehearsal.instance.Freeze;
import dev.freezeframe.rehearsal.instance.Freeze.ThawedBy;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Whether a guest is frozen, and what its scripts make of that.
 *
 * <p>Exit codes are those of DLM's contract.
 */
final class GuestState {
  private static final int PRE_FAILED = 201;
  private static final int POST_FAILED = 202;
  private static final int AUTO_THAWED = 203;
  private static final int POST_SCRIPT_EXPECTED = 204;
  private static final int PRE_SCRIPT_EXPECTED = 205;
  private static final int NOT_READY = 206;

  private final VirtualTime time;
  private final Supplier<Attached> attached;
  private final List<Freeze> past = new ArrayList<>();
  private final Map<String, Instant> timerThaws = new HashMap<>();
  private final Set<String> over = new HashSet<>();
  private final Set<String> swap = new HashSet<>();
  private Freeze current;
  private VirtualTime.Timer timer;
  private Runnable whenThawed = () -> {};
  private Duration ahead = Duration.ZERO;

  /**
   * A guest that runs.
   *
   * @param attached the volumes that it has now
   */
  GuestState(VirtualTime time, Supplier<Attached> attached) {
    this.time = time;
    this.attached = attached;
  }

  /** By how much the guest's clock is ahead. */
  void runsAhead(Duration duration) {
    ahead = duration;
  }

  /** One of its volumes is used for swap. */
  void swapsTo(String volume) {
    swap.add(volume);
  }

  boolean swaps(String volume) {
    return swap.contains(volume);
  }

  Instant guestTime(Instant instant) {
    return instant.plus(ahead);
  }

  /** Told each time that the guest is no longer frozen. */
  void whenThawed(Runnable listener) {
    whenThawed = listener;
  }

  boolean frozen() {
    return current != null;
  }

  boolean unmounted() {
    return frozen() && current.unmounted();
  }

  List<Freeze> freezes() {
    List<Freeze> all = new ArrayList<>(past);
    Optional.ofNullable(current).ifPresent(all::add);
    return all;
  }

  /** What a step does that has no part in the deed. */
  static ScriptOutcome aside(String step) {
    return new ScriptOutcome(0, "INFO: %s completed\n".formatted(step), "");
  }

  /** The result of a script whose interpreter is not there, in the agent's words. */
  static ScriptOutcome notStarted() {
    return new ScriptOutcome(
        1, "", "failed to run commands: fork/exec /usr/bin/pwsh: no such file or directory\n");
  }

  /** Does what a script does. */
  ScriptOutcome run(Script script) {
    ScriptOutput printed = new ScriptOutput(script, this::guestTime);
    if (!script.behaviour().freezes()) {
      return harmless(script, printed);
    }
    return switch (script.command()) {
      case "dry-run" -> dryRun(script, printed);
      case "pre-script" -> preScript(script, printed);
      case "post-script" -> postScript(script, printed);
      default -> printed.crash(1, "there is no command " + script.command());
    };
  }

  /** Exits as if something had kept it from its deed. */
  ScriptOutcome exit(Script script, int code) {
    ScriptOutput printed = new ScriptOutput(script, this::guestTime);
    Instant now = time.instant();
    String cause = "as the rehearsal's faults have it";
    boolean post = script.command().equals("post-script");
    if (post && code == AUTO_THAWED) {
      if (frozen()) {
        printed.autoThawed(now);
        thaw(ThawedBy.TIMER);
      }
      timerThaws.remove(script.executionId());
      over.add(script.executionId());
      return printed.failed(code, cause, now);
    }
    return switch (code) {
      case PRE_FAILED -> printed.armed(script.startedAt()).failedToHold(code, cause, now);
      case POST_FAILED -> printed.thawing(now).thawFailed(cause, now).failed(code, cause, now);
      case AUTO_THAWED -> printed.failed(code, cause, now);
      case POST_SCRIPT_EXPECTED, PRE_SCRIPT_EXPECTED -> printed.refused(code, cause, now);
      case NOT_READY -> printed.problem(cause, now).refused(code, cause, now);
      default -> printed.crash(code, cause);
    };
  }

  /** The instance is gone, and its freeze with it. */
  void gone() {
    if (frozen()) {
      thaw(ThawedBy.INSTANCE_GONE);
    }
  }

  private ScriptOutcome harmless(Script script, ScriptOutput printed) {
    if (!Set.of("", "dry-run", "pre-script", "post-script").contains(script.command())) {
      return printed.crash(1, "Invalid command parameter passed.");
    }
    return printed.nothingHeld(time.instant()).ends();
  }

  private ScriptOutcome dryRun(Script script, ScriptOutput printed) {
    Instant now = time.instant();
    if (script.behaviour().stamps() && (frozen() || timerThaws.containsKey(script.executionId()))) {
      return printed.refused(
          POST_SCRIPT_EXPECTED, "a freeze is on: its post-script is expected", now);
    }
    return printed.dryRunOk(now).ends();
  }

  private ScriptOutcome preScript(Script script, ScriptOutput printed) {
    String id = script.executionId();
    Instant now = time.instant();
    if (frozen()) {
      return printed.refused(
          POST_SCRIPT_EXPECTED,
          "run %s holds a freeze: its post-script is expected".formatted(current.by()),
          now);
    }
    if (script.behaviour().stamps()) {
      if (timerThaws.containsKey(id)) {
        return printed.refused(POST_SCRIPT_EXPECTED, "this run was thawed by its timer", now);
      }
      if (over.contains(id)) {
        return printed.refused(POST_SCRIPT_EXPECTED, "this run's post-script came first", now);
      }
      printed.armed(script.startedAt());
    }
    if (script.behaviour().timed()) {
      timer = time.at(script.startedAt().plus(script.autoThaw()), this::timerFires);
    }
    Attached volumes = attached.get().swapping(swap);
    List<String> held = volumes.held(script.behaviour().holds());
    current = Freeze.begun(now, id, held, script.behaviour().unmounts());
    return printed
        .unmounting(now)
        .freezing(now)
        .frozen(now)
        .held(held, volumes.besides(held), now)
        .ends();
  }

  private ScriptOutcome postScript(Script script, ScriptOutput printed) {
    String id = script.executionId();
    boolean own = frozen() && (!script.behaviour().stamps() || current.by().equals(id));
    if (own) {
      printed.thawing(script.startedAt());
      thaw(ThawedBy.POST_SCRIPT);
      over.add(id);
      return printed.mounted(time.instant()).thawed(time.instant()).ends();
    }
    over.add(id);
    Instant timerThaw = timerThaws.remove(id);
    if (timerThaw != null && script.behaviour().stamps()) {
      return printed
          .autoThawed(timerThaw)
          .failed(AUTO_THAWED, "the timer thawed at " + guestTime(timerThaw), time.instant());
    }
    return printed.refused(
        PRE_SCRIPT_EXPECTED, "no pre-script of this run holds a freeze", time.instant());
  }

  private void timerFires() {
    timerThaws.put(current.by(), time.instant());
    thaw(ThawedBy.TIMER);
  }

  private void thaw(ThawedBy how) {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    past.add(current.ended(time.instant(), how));
    current = null;
    whenThawed.run();
  }
}
