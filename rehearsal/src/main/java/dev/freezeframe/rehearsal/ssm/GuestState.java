package dev.freezeframe.rehearsal.ssm;

import dev.freezeframe.rehearsal.ssm.Freeze.ThawedBy;
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

/**
 * Whether a guest is frozen, and what its scripts make of that.
 *
 * <p>Exit codes are those of DLM's contract.
 */
final class GuestState {
  private static final int AUTO_THAWED = 203;
  private static final int POST_SCRIPT_EXPECTED = 204;
  private static final int PRE_SCRIPT_EXPECTED = 205;

  private final VirtualTime time;
  private final List<Freeze> past = new ArrayList<>();
  private final Map<String, Instant> timerThaws = new HashMap<>();
  private final Set<String> over = new HashSet<>();
  private Freeze current;
  private VirtualTime.Timer timer;
  private Runnable whenThawed = () -> {};
  private Duration ahead = Duration.ZERO;

  GuestState(VirtualTime time) {
    this.time = time;
  }

  /** By how much the guest's clock is ahead. */
  void runsAhead(Duration duration) {
    ahead = duration;
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

  List<Freeze> freezes() {
    List<Freeze> all = new ArrayList<>(past);
    Optional.ofNullable(current).ifPresent(all::add);
    return all;
  }

  /** Does what a script does. */
  ScriptOutcome run(Script script) {
    Output output = new Output(script);
    if (!script.behaviour().freezes()) {
      return harmless(script, output);
    }
    return switch (script.command()) {
      case "dry-run" -> dryRun(script, output);
      case "pre-script" -> preScript(script, output);
      case "post-script" -> postScript(script, output);
      default -> output.fails(1, "there is no command " + script.command());
    };
  }

  /** Exits before anything is done. */
  ScriptOutcome exit(Script script, int code) {
    Output output = new Output(script);
    if (script.command().equals("post-script") && code == AUTO_THAWED) {
      if (frozen()) {
        Instant now = time.instant();
        output.stamp("auto-thawed", now);
        thaw(ThawedBy.TIMER);
      }
      timerThaws.remove(script.executionId());
      over.add(script.executionId());
    }
    return output.fails(code, "as the rehearsal's faults have it");
  }

  /** The instance is gone, and its freeze with it. */
  void gone() {
    if (frozen()) {
      thaw(ThawedBy.INSTANCE_GONE);
    }
  }

  private ScriptOutcome harmless(Script script, Output output) {
    if (!Set.of("", "dry-run", "pre-script", "post-script").contains(script.command())) {
      return output.fails(1, "Invalid command parameter passed.");
    }
    output.line("INFO: %s completed".formatted(script.command()));
    return output.ends();
  }

  private ScriptOutcome dryRun(Script script, Output output) {
    if (script.behaviour().timed() && (frozen() || timerThaws.containsKey(script.executionId()))) {
      return output.fails(POST_SCRIPT_EXPECTED, "a freeze is on: its post-script is expected");
    }
    output.stamp("dry-run-ok", time.instant());
    return output.ends();
  }

  private ScriptOutcome preScript(Script script, Output output) {
    String id = script.executionId();
    if (frozen()) {
      return output.fails(
          POST_SCRIPT_EXPECTED,
          "run %s holds a freeze: its post-script is expected".formatted(current.by()));
    }
    if (script.behaviour().timed()) {
      if (timerThaws.containsKey(id)) {
        return output.fails(POST_SCRIPT_EXPECTED, "this run was thawed by its timer");
      }
      if (over.contains(id)) {
        return output.fails(POST_SCRIPT_EXPECTED, "this run's post-script came first");
      }
      output.stamp("armed", script.startedAt());
      timer = time.at(script.startedAt().plus(script.autoThaw()), this::timerFires);
    }
    current = Freeze.begun(time.instant(), id);
    output.stamp("frozen", time.instant());
    return output.ends();
  }

  private ScriptOutcome postScript(Script script, Output output) {
    String id = script.executionId();
    boolean own = frozen() && (!script.behaviour().timed() || current.by().equals(id));
    if (own) {
      output.stamp("thawing", script.startedAt());
      thaw(ThawedBy.POST_SCRIPT);
      over.add(id);
      output.stamp("thawed", time.instant());
      return output.ends();
    }
    over.add(id);
    Instant timerThaw = timerThaws.remove(id);
    if (timerThaw != null) {
      output.stamp("auto-thawed", timerThaw);
      return output.fails(AUTO_THAWED, "the timer thawed at " + guestTime(timerThaw));
    }
    return output.fails(PRE_SCRIPT_EXPECTED, "no pre-script of this run holds a freeze");
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

  /** What a script prints; stamps only if its document does. */
  private final class Output {
    private final Script script;
    private final StringBuilder lines = new StringBuilder();

    Output(Script script) {
      this.script = script;
    }

    void line(String line) {
      lines.append(line).append('\n');
    }

    void stamp(String event, Instant at) {
      if (script.behaviour().timed()) {
        line(
            "FREEZEFRAME event=%s at=%s %s=%s"
                .formatted(
                    event,
                    millis(guestTime(at)),
                    script.behaviour().stamp(),
                    script.executionId()));
      }
    }

    ScriptOutcome ends() {
      return new ScriptOutcome(0, lines.toString(), "");
    }

    ScriptOutcome fails(int code, String cause) {
      if (script.behaviour().timed()) {
        stamp("failed", time.instant());
        lines.insert(lines.length() - 1, " code=%d cause=\"%s\"".formatted(code, cause));
        return new ScriptOutcome(code, lines.toString(), "");
      }
      return new ScriptOutcome(code, lines.toString(), "ERROR: " + cause + "\n");
    }
  }

  private static String millis(Instant instant) {
    return Invocation.ISO.format(instant);
  }
}
