package dev.freezeframe.consistency.script;

import dev.freezeframe.common.LogSafe;
import dev.freezeframe.consistency.marker.ScriptMarkers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One script as it ran.
 *
 * @param commandId of Run Command
 * @param ending how it ended
 * @param exitCode of the script; -1 if it did not exit
 * @param sentAt just before it was sent, by AWS's clock
 * @param knownAt when its end was known, by AWS's clock
 * @param startedAt by the guest's clock
 * @param endedAt by the guest's clock
 * @param outputTail the last of its standard output and error
 */
public record ScriptRun(
    String commandId,
    Ending ending,
    int exitCode,
    Instant sentAt,
    Instant knownAt,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    String outputTail) {

  private static final int EXPLAINED = 300;

  /** The code of a script that did not exit. */
  private static final int NO_EXIT = -1;

  /** By which the agent ends a document early, as a success. */
  private static final int SUCCESS_AND_EXIT = 168;

  /** Of Linux, real-time signals included. */
  private static final int LAST_SIGNAL = 64;

  /** How a script can end. */
  public enum Ending {
    SUCCEEDED,
    FAILED,
    /** It started and did not end within its time. */
    TIMED_OUT,
    /** It never reached the guest. */
    UNDELIVERED,
    CANCELLED
  }

  /** A script of whose end nothing was heard in its time. */
  public static ScriptRun unheard(String commandId, Instant sentAt, Instant givenUpAt) {
    return new ScriptRun(
        commandId,
        Ending.TIMED_OUT,
        NO_EXIT,
        sentAt,
        givenUpAt,
        Optional.empty(),
        Optional.empty(),
        "");
  }

  public boolean succeeded() {
    return ending == Ending.SUCCEEDED;
  }

  /**
   * Why its success does not say that its script did its work; empty: nothing doubts it.
   *
   * <p>A step that the agent leaves out has the status Skipped, which it counts "as a form of
   * success" (amazon-ssm-agent, contracts/aggregator.go), and a step that failed under {@code
   * onFailure: successAndExit} gets the status Success and the code 168 (runpluginutil.go).
   */
  public Optional<String> doubt() {
    if (!succeeded()) {
      return Optional.empty();
    }
    if (exitCode < 0) {
      return Optional.of(" succeeded without running a step: the agent left out all of them");
    }
    return exitCode == SUCCESS_AND_EXIT
        ? Optional.of(" ended with 168, as which the agent also passes off a step that failed")
        : Optional.empty();
  }

  /** Its result. */
  public String describe() {
    return switch (ending) {
      case SUCCEEDED -> "succeeded";
      case FAILED -> ExitCode.describe(exitCode);
      case TIMED_OUT ->
          "timed out %d s after it was sent"
              .formatted(Duration.between(sentAt, knownAt).toSeconds());
      case UNDELIVERED -> "was not delivered to the guest";
      case CANCELLED -> "was cancelled";
    };
  }

  /** Its result and the causes that it names; where it names none, the last that it printed. */
  public String explain() {
    List<String> causes = ScriptMarkers.of(outputTail).causes();
    if (!causes.isEmpty()) {
      return "%s: %s".formatted(describe(), LogSafe.of(String.join("; ", causes), EXPLAINED));
    }
    String printed = LogSafe.endOf(outputTail, EXPLAINED);
    if (printed.isEmpty()) {
      return describe();
    }
    return "%s; its output ends with '%s'".formatted(describe(), printed);
  }

  /**
   * Returns the exception for a pre-script or dry run that did not succeed.
   *
   * @return a {@link FreezeHeldException} if the guest stands still for another run, else a {@link
   *     ScriptFailedException}
   */
  public RuntimeException failure(String script) {
    String what = "the %s %s".formatted(script, explain());
    return contractCode().equals(Optional.of(ExitCode.POST_SCRIPT_EXPECTED))
        ? new FreezeHeldException(what)
        : new ScriptFailedException(what);
  }

  /**
   * Whether it exited by itself, and not well: it was not killed, neither for its time nor by a
   * signal, which a shell tells by 128 and the number of the signal.
   */
  public boolean exitedBadly() {
    return ending == Ending.FAILED && (exitCode <= 128 || exitCode > 128 + LAST_SIGNAL);
  }

  /** The code of DLM's contract that it exited with. */
  public Optional<ExitCode> contractCode() {
    return ending == Ending.FAILED ? ExitCode.of(exitCode) : Optional.empty();
  }
}
