package dev.freezeframe.task.backup;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.script.DocumentVersion;
import dev.freezeframe.consistency.script.PostScriptRun;
import dev.freezeframe.consistency.script.PreScriptRun;
import dev.freezeframe.inventory.VolumeSelection;
import dev.freezeframe.ledger.run.OutcomeRow;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.stop.AlarmReading;
import dev.freezeframe.stop.Starting;
import dev.freezeframe.stop.Stopping;
import dev.freezeframe.task.CaughtError;
import dev.freezeframe.task.InputRefusedException;
import dev.freezeframe.task.TaskResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The state of one execution of {@code snapshot-instance}, as far as it has come.
 *
 * <p>The names are those of the state machine file; what is empty has not happened.
 */
public record BackupState(
    Policy policy,
    RunId runId,
    Attempt attempt,
    Optional<TaskResult<Inspection>> inspection,
    Optional<TaskResult<DryRun>> dryRun,
    Optional<TaskResult<Slots>> slots,
    Optional<TaskResult<Stopping>> stop,
    Optional<AlarmReading> alarms,
    Optional<CaughtError> alarmProblem,
    Optional<CaughtError> stopProblem,
    Optional<TaskResult<Starting>> start,
    Optional<CaughtError> scriptProblem,
    Optional<TaskResult<PreScriptRun>> preScript,
    Optional<Decision> withoutScripts,
    Optional<TaskResult<SnapshotSet>> set,
    Optional<CaughtError> createProblem,
    Optional<TaskResult<PostScriptRun>> thaw,
    Optional<TaskResult<PostScriptRun>> postScript,
    Optional<CaughtError> thawProblem,
    Optional<TaskResult<Completion>> completion,
    Optional<CaughtError> problem,
    Optional<TaskResult<Announced>> outcome,
    Optional<AskedAgain> askedAgain,
    Optional<TaskResult<PostScriptRun>> thawAgain) {

  public BackupState {
    refuseOther(runId, policy);
  }

  /** A run of another policy would put its sets where that policy's are looked for. */
  static void refuseOther(RunId run, Policy policy) {
    if (!run.policy().equals(policy.name())) {
      throw new IllegalArgumentException(
          "runId is '%s', expected a run of the policy %s".formatted(run, policy.name()));
    }
  }

  /**
   * The counters of the state machine.
   *
   * @param overQuota how often EC2 refused a set that had slots, because others were faster
   * @param redrives of the execution when the attempt began; empty: it began before machines said
   *     so
   */
  public record Attempt(
      int number, int scriptFailures, int refusals, int overQuota, OptionalInt redrives) {
    public Attempt {
      if (number < 1) {
        throw new IllegalArgumentException("number is %d, expected 1 or more".formatted(number));
      }
    }
  }

  /** That a redriven execution asks a guest again whose thaw nothing proves. */
  record AskedAgain(int redrives) {}

  /**
   * How the set stands with its slots.
   *
   * @param taken whether it has them
   * @param inspectAgain whether the instance may have changed: it has waited for long, its set was
   *     refused, or it is being restored
   * @param waitSeconds before it asks again
   * @param place at which it waits; empty: it does not
   * @param since when it first had to wait; empty: it never had to
   * @param servedThen the place that had been served then
   * @param asked how often it has asked
   * @param overQuota how many refusals of EC2 are reckoned with
   */
  record Slots(
      boolean taken,
      boolean inspectAgain,
      long waitSeconds,
      Optional<Long> place,
      Optional<Instant> since,
      long servedThen,
      int asked,
      int overQuota,
      String words) {

    /** The set has its slots. */
    static Slots taken(boolean inspectAgain, Optional<Slots> before, int overQuota, String words) {
      return new Slots(
          true,
          inspectAgain,
          0,
          Optional.empty(),
          before.flatMap(Slots::since),
          before.map(Slots::servedThen).orElse(0L),
          before.map(Slots::asked).orElse(0) + 1,
          overQuota,
          words);
    }

    /** The same slots, of an instance that has to be inspected again. */
    Slots inspectedAgain(String why) {
      return new Slots(taken, true, waitSeconds, place, since, servedThen, asked, overQuota, why);
    }

    /** The set asks again after a while, at its place if it has one. */
    static Slots waiting(
        Duration wait,
        Optional<Long> place,
        Instant since,
        long servedThen,
        Optional<Slots> before,
        int overQuota,
        String words) {
      return new Slots(
          false,
          false,
          wait.toSeconds(),
          place,
          Optional.of(since),
          servedThen,
          before.map(Slots::asked).orElse(0) + 1,
          overQuota,
          words);
    }
  }

  /** The outcome that was announced, of which nothing is needed but that it was. */
  record Announced(OutcomeRow.Status status) {}

  /** Something that was decided, and how often the execution had been redriven by then. */
  record Decision(boolean decided, int redrives) {}

  /**
   * The result of the dry run.
   *
   * @param failure as text, where it failed and that does not decide
   * @param document that was run; empty: a version ran it that did not say so
   * @param launchedAt of the instance's last start before it
   */
  public record DryRun(
      Optional<String> failure, Optional<DocumentVersion> document, Optional<Instant> launchedAt) {
    public static DryRun of(Inspection inspection, Optional<String> failure) {
      return new DryRun(failure, inspection.document(), inspection.launchedAt());
    }
  }

  /**
   * How far the snapshots are.
   *
   * @param settled whether there is nothing left to wait for
   * @param waitSeconds before the next look
   */
  record Completion(boolean settled, long waitSeconds, String words) {}

  public Inspection inspected() {
    return inspection
        .map(TaskResult::answer)
        .orElseThrow(() -> missing("inspection", "the answer of InspectInstance"));
  }

  /** Whether a pre-script was to run; not if nothing could be inspected. */
  boolean inspectedPreScript() {
    return inspection.map(found -> found.answer().preScript()).orElse(false);
  }

  /**
   * Whether the execution was redriven since the last state before CreateSnapshots: then a function
   * may be at work for the same attempt, which its execution's end did not stop.
   *
   * @param redrives so far
   */
  boolean redrivenWhileOrdering(int redrives) {
    if (attempt.redrives().isEmpty()) {
      // It knows no better than that it has waited once.
      return redrives > 0 && createProblem.filter(CaughtError::uncertain).isEmpty();
    }
    return IntStream.of(
            attempt.redrives().getAsInt(),
            inspection.map(TaskResult::redrives).orElse(0),
            dryRun.map(TaskResult::redrives).orElse(0),
            slots.map(TaskResult::redrives).orElse(0),
            stop.map(TaskResult::redrives).orElse(0),
            preScript.map(TaskResult::redrives).orElse(0),
            withoutScripts.map(Decision::redrives).orElse(0))
        .allMatch(known -> known < redrives);
  }

  /**
   * Whether the execution was redriven since its outcome was announced or its guest asked again.
   *
   * @param redrives so far
   */
  boolean redrivenSinceItEnded(int redrives) {
    return redrives
        > Math.max(
            outcome.map(TaskResult::redrives).orElse(0),
            askedAgain.map(AskedAgain::redrives).orElse(0));
  }

  /** How the instance was stopped for the set; empty: it was not. */
  Optional<Stopping> stopped() {
    return stop.map(TaskResult::answer)
        .filter(stopping -> stopping.state() == Stopping.State.STOPPED);
  }

  /** Whether the guest is to be frozen for the set. */
  boolean freezes() {
    return inspected().preScript() && withoutScripts.isEmpty();
  }

  /**
   * The dry run that was made before a wait for slots, if it still says what a new one would: it
   * was of the same document, no script has failed since, and the instance was not started anew.
   */
  public Optional<DryRun> earlierDryRun() {
    return dryRun
        .map(TaskResult::answer)
        .filter(earlier -> attempt.scriptFailures() == 0 && earlier.document().isPresent())
        .filter(earlier -> earlier.equals(DryRun.of(inspected(), earlier.failure())));
  }

  AttemptId attemptId(String execution) {
    return AttemptId.of(execution, attempt.number());
  }

  /** The set that was taken. */
  SnapshotSet taken() {
    return set.map(TaskResult::answer)
        .orElseThrow(() -> missing("set", "the answer of CreateSnapshots"));
  }

  /** The names under which the volumes of the set are attached, as far as they are known. */
  Map<VolumeId, String> devices() {
    return inspection
        .flatMap(found -> found.answer().volumes())
        .flatMap(VolumeSelection::devices)
        .orElse(Map.of());
  }

  /** The document as it was inspected. */
  public DocumentVersion document() {
    return inspected()
        .document()
        .orElseThrow(() -> missing("inspection.answer.document", "the document that runs"));
  }

  /** The field of an earlier state is missing; no second try finds it. */
  public static InputRefusedException missing(String field, String expected) {
    return new InputRefusedException("work.%s is missing, expected %s".formatted(field, expected));
  }
}
