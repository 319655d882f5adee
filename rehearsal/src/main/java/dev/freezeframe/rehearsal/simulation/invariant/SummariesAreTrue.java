package dev.freezeframe.rehearsal.simulation.invariant;

import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.ledger.run.OutcomeRow;
import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.ledger.run.RunSummary;
import dev.freezeframe.ledger.run.RunView;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.snapshot.SnapshotState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run's summary counts what its instances came to, and what is counted as a success is there, or
 * was. Outcomes that were written after the summary are not its affair: by a redrive, or by a
 * function that ran on after its execution had been aborted.
 */
public final class SummariesAreTrue implements Invariant {

  @Override
  public String name() {
    return "a run's summary equals the truth";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    List<String> broken = new ArrayList<>();
    for (Policy policy : finalState.policies()) {
      for (Instant firing : finalState.simulation().firings(policy)) {
        RunId run = RunId.of(policy.name(), firing);
        RunView view = finalState.cloud().ledger().run(run);
        view.run()
            .flatMap(row -> row.summary())
            .filter(summary -> unchangedSince(run, view, summary, finalState))
            .ifPresent(summary -> compare(run, view, summary, broken));
        view.outcomes().stream()
            .filter(outcome -> outcome.status() == Status.SUCCEEDED)
            .forEach(outcome -> check(run, outcome, finalState, broken));
      }
    }
    return broken;
  }

  /** An outcome has the instant at which it was decided; its write may land later. */
  private static boolean unchangedSince(
      RunId run, RunView view, RunSummary summary, FinalState finalState) {
    return view.outcomes().stream().noneMatch(outcome -> outcome.at().isAfter(summary.at()))
        && finalState.cloud().api().calls().stream()
            .filter(call -> call.endedAt().isAfter(summary.at()))
            .filter(call -> call.action().startsWith("dynamodb:"))
            .noneMatch(call -> recordsOutcomeOf(run, call.caller()));
  }

  private static boolean recordsOutcomeOf(RunId run, Caller caller) {
    return caller.task().equals("RecordOutcome") && caller.execution().endsWith("-" + run);
  }

  private static void compare(RunId run, RunView view, RunSummary summary, List<String> broken) {
    int invalid = view.pages().stream().mapToInt(page -> page.invalid().size()).sum();
    String expected =
        "%d, %d, %d, %d"
            .formatted(
                count(view, Status.SUCCEEDED),
                count(view, Status.FAILED),
                count(view, Status.SKIPPED) + invalid,
                view.outcomes().stream()
                    .filter(
                        outcome ->
                            outcome.consistency().equals(Optional.of(Consistency.APPLICATION)))
                    .count());
    String found =
        "%d, %d, %d, %d"
            .formatted(
                summary.succeeded(), summary.failed(), summary.skipped(), summary.application());
    if (!found.equals(expected)) {
      broken.add(
          "expected %s succeeded, failed, skipped, application-consistent in %s, found %s"
              .formatted(expected, run, found));
    }
  }

  private static long count(RunView view, Status status) {
    return view.outcomes().stream().filter(outcome -> outcome.status() == status).count();
  }

  private static void check(
      RunId run, OutcomeRow outcome, FinalState finalState, List<String> broken) {
    for (SnapshotId id : outcome.snapshots()) {
      SnapshotHistory life = finalState.lives().get(id);
      boolean gone = life != null && !life.living();
      boolean there =
          finalState.snapshots().containsKey(id.value())
              && finalState.snapshots().get(id.value()).state().equals("completed");
      if (life == null || life.row().state() != SnapshotState.COMPLETED || !(gone || there)) {
        broken.add(
            "expected %s of %s in %s to be complete, as its success says, found %s"
                .formatted(
                    id,
                    outcome.instance(),
                    run,
                    life == null ? "no row" : life.row().state() + (there ? "" : ", not in EC2")));
      }
    }
    if (outcome.snapshots().isEmpty()) {
      broken.add(
          "expected snapshots of %s in %s, a success, found none"
              .formatted(outcome.instance(), run));
    }
  }
}
