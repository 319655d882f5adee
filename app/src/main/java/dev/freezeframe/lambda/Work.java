package dev.freezeframe.lambda;

import dev.freezeframe.consistency.AttemptId;
import dev.freezeframe.consistency.DocumentPin;
import dev.freezeframe.consistency.PostScriptRun;
import dev.freezeframe.consistency.PreScriptRun;
import dev.freezeframe.ledger.OutcomeRow;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.RunId;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.target.VolumeId;
import dev.freezeframe.target.VolumeSelection;
import java.util.Map;
import java.util.Optional;

/**
 * The state of one execution of {@code snapshot-instance}, as far as it has come.
 *
 * <p>The names are those of the state machine file; what is empty has not happened.
 */
record Work(
    Policy policy,
    RunId runId,
    Attempt attempt,
    Optional<Answer<Inspection>> inspection,
    Optional<Answer<DryRun>> dryRun,
    Optional<Problem> scriptProblem,
    Optional<Answer<PreScriptRun>> preScript,
    Optional<Decision> withoutScripts,
    Optional<Answer<SnapshotSet>> set,
    Optional<Problem> createProblem,
    Optional<Answer<PostScriptRun>> thaw,
    Optional<Answer<PostScriptRun>> postScript,
    Optional<Problem> thawProblem,
    Optional<Answer<Completion>> completion,
    Optional<Problem> problem,
    Optional<Answer<Announced>> outcome) {

  Work {
    policy.checked();
    refuseOther(runId, policy);
  }

  /** A run of another policy would put its sets where that policy's are looked for. */
  static void refuseOther(RunId run, Policy policy) {
    if (!run.policy().equals(policy.name())) {
      throw new IllegalArgumentException(
          "run %s: expected one of the policy %s".formatted(run, policy.name()));
    }
  }

  /** The counters of the state machine. */
  record Attempt(int number, int scriptFailures, int refusals) {}

  /** The outcome that was announced, of which nothing is needed but that it was. */
  record Announced(OutcomeRow.Status status) {}

  /** Something that was decided. */
  record Decision(boolean decided) {}

  /**
   * What the dry run ended with.
   *
   * @param failure in words, where it failed and that does not decide
   */
  record DryRun(Optional<String> failure) {}

  /**
   * How far the snapshots are.
   *
   * @param settled whether there is nothing left to wait for
   * @param waitSeconds before the next look
   */
  record Completion(boolean settled, long waitSeconds, String words) {}

  Inspection inspected() {
    return inspection
        .map(Answer::answer)
        .orElseThrow(() -> new IllegalStateException("work: expected an inspection, found none"));
  }

  /** Whether a pre-script was to run; not if nothing could be inspected. */
  boolean inspectedPreScript() {
    return inspection.map(found -> found.answer().preScript()).orElse(false);
  }

  AttemptId attemptId(String execution) {
    return AttemptId.of(execution, attempt.number());
  }

  /** The set that was taken. */
  SnapshotSet taken() {
    return set.map(Answer::answer)
        .orElseThrow(() -> new IllegalStateException("work: expected a set, found none"));
  }

  /** The names under which the volumes of the set are attached, as far as they are known. */
  Map<VolumeId, String> devices() {
    return inspection
        .flatMap(found -> found.answer().volumes())
        .flatMap(VolumeSelection::devices)
        .orElse(Map.of());
  }

  /** The document as it was inspected. */
  DocumentPin document() {
    return inspected()
        .document()
        .orElseThrow(() -> new IllegalStateException("work: expected a document, found none"));
  }
}
