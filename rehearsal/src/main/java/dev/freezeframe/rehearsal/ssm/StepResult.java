package dev.freezeframe.rehearsal.ssm;

import dev.freezeframe.rehearsal.ssm.document.DocumentStep;
import java.time.Instant;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;

/**
 * How one step of a command ended, or that it was left out.
 *
 * @param startedAt by the guest's clock, as {@code endedAt}
 */
record StepResult(
    String name,
    CommandInvocationStatus status,
    int code,
    Instant startedAt,
    Instant endedAt,
    String stdout,
    String stderr) {
  private static final int KILLED = 137;
  private static final int SUCCESS_AND_EXIT = 168;
  private static final int FAILURE_AND_EXIT = 169;

  /** Left out, which the agent counts as a success. */
  static StepResult leftOut(DocumentStep step, String why, Instant at) {
    return new StepResult(step.name(), CommandInvocationStatus.SUCCESS, 0, at, at, why, "");
  }

  /** Failed by the agent before it ran; that its code is 1 is assumed. */
  static StepResult notUnderstood(DocumentStep step, String why, Instant at) {
    return new StepResult(step.name(), CommandInvocationStatus.FAILED, 1, at, at, "", why);
  }

  /** Killed by the agent, as it ran too long. */
  static StepResult killed(DocumentStep step, ScriptOutcome outcome, Instant from, Instant to) {
    return new StepResult(
        step.name(),
        CommandInvocationStatus.TIMED_OUT,
        KILLED,
        from,
        to,
        outcome.stdout(),
        outcome.stderr());
  }

  /** Ended by itself; {@code onFailure} may make a success of a failure. */
  static StepResult ended(DocumentStep step, ScriptOutcome outcome, Instant from, Instant to) {
    boolean good = outcome.exitCode() == 0 || outcome.exitCode() == SUCCESS_AND_EXIT;
    boolean pardoned = !good && step.onFailure().equals("successAndExit");
    return new StepResult(
        step.name(),
        good || pardoned ? CommandInvocationStatus.SUCCESS : CommandInvocationStatus.FAILED,
        pardoned ? SUCCESS_AND_EXIT : outcome.exitCode(),
        from,
        to,
        outcome.stdout(),
        outcome.stderr());
  }

  /** Whether the agent leaves out what comes after it. */
  boolean ends(DocumentStep step) {
    return code == SUCCESS_AND_EXIT
        || code == FAILURE_AND_EXIT
        || (status == CommandInvocationStatus.FAILED && step.onFailure().equals("exit"))
        || (status == CommandInvocationStatus.SUCCESS && step.onSuccess().equals("exit"));
  }
}
