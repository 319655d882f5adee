package dev.freezeframe.rehearsal.ssm;

import dev.freezeframe.rehearsal.instance.ScriptBehavior;
import dev.freezeframe.rehearsal.ssm.document.DocumentStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.PlatformType;

/**
 * A command as the agent carries it out: the steps of its document, one after another.
 *
 * <p>The first step that freezes does what the document does to the guest; where none freezes, the
 * first that runs. The fate of a script is that of this step.
 */
final class Execution {
  private static final Duration TO_CANCEL = Duration.ofMillis(300);

  private final Invocation invocation;
  private final ScriptBehavior fate;
  private final PlatformType platform;
  private final Guest guest;
  private final List<DocumentStep> steps;
  private int next;
  private boolean deedDone;
  private boolean over;

  Execution(Invocation invocation, ScriptBehavior fate, PlatformType platform, Guest guest) {
    this.invocation = invocation;
    this.fate = fate;
    this.platform = platform;
    this.guest = guest;
    this.steps = invocation.command().document().steps();
  }

  Invocation invocation() {
    return invocation;
  }

  void begin() {
    invocation.started(guest.clock());
    proceed();
  }

  private void proceed() {
    while (next < steps.size() && !invocation.ended()) {
      DocumentStep step = steps.get(next++);
      Optional<String> why = leftOut(step);
      Optional<String> notUnderstood =
          why.isPresent()
              ? Optional.empty()
              : step.notUnderstood(platform, invocation.command().values());
      if (why.isPresent()) {
        invocation.add(StepResult.leftOut(step, why.get(), guest.clock()));
      } else if (notUnderstood.isPresent()) {
        add(step, StepResult.notUnderstood(step, notUnderstood.get(), guest.clock()));
      } else {
        perform(step);
        return;
      }
    }
    invocation.finish();
    guest.idle();
  }

  private Optional<String> leftOut(DocumentStep step) {
    boolean last = next == steps.size();
    if (over && !(step.lastWord() && last)) {
      return Optional.of(
          "Plugin with name %s and id %s skipped due to prior step with an exit condition"
              .formatted(step.plugin().action(), step.name()));
    }
    return step.leftOut(platform, invocation.command().values());
  }

  private void perform(DocumentStep step) {
    Script script = Script.of(step, invocation.command().values(), guest.now());
    if (invocation.command().document().drills() && !deedDone) {
      deedDone = true;
      drill(step, script);
      return;
    }
    Duration takes = guest.takes();
    // most of a script's time goes before its deed: a sync, a look at what there is to freeze
    guest.onThisBoot(Duration.ofMillis(takes.toMillis() * 6 / 10), () -> act(step, script, takes));
  }

  private void act(DocumentStep step, Script script, Duration takes) {
    Duration left = takes.minus(Duration.between(script.startedAt(), guest.now()));
    if (step.lacksProgram(platform)) {
      end(step, script, GuestState.notStarted());
      return;
    }
    boolean deed =
        !deedDone
            && (step.behaviour().freezes()
                || steps.stream().noneMatch(one -> one.behaviour().freezes()));
    if (!deed) {
      guest.onThisBoot(left, () -> end(step, script, GuestState.aside(step.name())));
      return;
    }
    deedDone = true;
    if (fate instanceof ScriptBehavior.Hangs) {
      guest.hang(script);
    } else if (fate instanceof ScriptBehavior.TimesOut) {
      runOn(step, script, guest.state().run(script));
      guest.idle();
    } else {
      ScriptOutcome outcome =
          fate instanceof ScriptBehavior.Exits exits
              ? guest.state().exit(script, exits.code())
              : guest.state().run(script);
      guest.onThisBoot(left, () -> end(step, script, outcome));
    }
  }

  private void drill(DocumentStep step, Script script) {
    DrillScript scripts = guest.drill();
    Duration slower = fate instanceof ScriptBehavior.Slow slow ? slow.by() : Duration.ZERO;
    DrillScript.Ending ending =
        fate instanceof ScriptBehavior.Exits exits
            ? scripts.exit(script, exits.code())
            : scripts.run(script, slower);
    if (fate instanceof ScriptBehavior.Hangs) {
      guest.idle();
    } else if (fate instanceof ScriptBehavior.TimesOut) {
      runOn(step, script, ending.outcome());
      guest.idle();
    } else {
      guest.onThisBoot(
          ending.takes(),
          () -> {
            if (script.command().equals("validate")) {
              guest.validated(ending.outcome().exitCode());
            }
            end(step, script, ending.outcome());
          });
    }
  }

  private void end(DocumentStep step, Script script, ScriptOutcome outcome) {
    Instant from = guest.clock(script.startedAt());
    add(step, StepResult.ended(step, outcome, from, guest.clock()));
    proceed();
  }

  /** Until the agent kills it, or is told to. */
  private void runOn(DocumentStep step, Script script, ScriptOutcome outcome) {
    Duration allowed = step.timeout(invocation.command().values());
    invocation.until(
        guest.atOnThisBoot(
            script.startedAt().plus(allowed),
            () -> {
              Instant from = guest.clock(script.startedAt());
              add(step, StepResult.killed(step, outcome, from, guest.clock()));
              proceed();
            }));
    invocation.whenCancelled(
        () ->
            guest.onThisBoot(
                TO_CANCEL,
                () -> invocation.givenUp(CommandInvocationStatus.CANCELLED, "Cancelled")));
  }

  private void add(DocumentStep step, StepResult result) {
    over |= result.ends(step);
    invocation.add(result);
  }
}
