package dev.freezeframe.task.backup;

import dev.freezeframe.consistency.SetVerdict;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.policy.Scripts;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.stop.Stopping;
import dev.freezeframe.task.CaughtError;
import dev.freezeframe.task.TaskResult;
import java.util.List;
import java.util.Optional;

/**
 * How a backup ended: a pure function of the work and of what the ledger says of its set.
 *
 * @param verdict empty: there is no set
 */
record BackupOutcome(Status status, Optional<SetVerdict> verdict, String reason) {

  /**
   * Decides.
   *
   * @param rows of the set; empty if none
   * @param verdict on the set
   * @param thawProved whether every attempt that may have frozen the guest is known to be thawed
   */
  static BackupOutcome of(
      BackupState work, List<SnapshotRow> rows, Optional<SetVerdict> verdict, boolean thawProved) {
    if (!thawProved) {
      return new BackupOutcome(
          Status.FAILED,
          verdict,
          "could not confirm that the guest is thawed: %s"
              .formatted(
                  work.thawProblem().map(CaughtError::words).orElse("no post-script answered")));
    }
    if (rows.isEmpty()) {
      return withoutSet(work);
    }
    Optional<SnapshotRow> failed =
        rows.stream().filter(row -> row.state() == SnapshotState.ERROR).findFirst();
    if (failed.isPresent()) {
      return new BackupOutcome(
          Status.FAILED,
          verdict,
          "%s failed: %s"
              .formatted(
                  failed.get().snapshot(), failed.get().cause().orElse("EC2 gave no cause")));
    }
    if (rows.stream().anyMatch(row -> !row.state().settled())) {
      return new BackupOutcome(
          Status.FAILED,
          verdict,
          work.problem()
              .map(CaughtError::words)
              .or(() -> work.completion().map(last -> last.answer().words()))
              .orElse("the snapshots have not settled"));
    }
    return completed(work, verdict.orElseThrow());
  }

  /** The same outcome, of which there is something more to say. */
  BackupOutcome but(Optional<String> more) {
    return more.map(words -> new BackupOutcome(status, verdict, "%s; %s".formatted(reason, words)))
        .orElse(this);
  }

  /**
   * A policy that takes no less than application-consistent asks that its scripts hold. Where they
   * did, what their document passes over is said, and fails nothing: nobody can fix it by trying
   * again.
   */
  private static BackupOutcome completed(BackupState work, SetVerdict verdict) {
    String reason = verdict.whole().reason();
    boolean lessWillDo =
        work.policy().scripts().map(Scripts::fallBackToCrashConsistent).orElse(true);
    if (work.policy().stop().isPresent() && !verdict.heldSomething() && !forced(work)) {
      return new BackupOutcome(
          Status.FAILED,
          Optional.of(verdict),
          "the policy requires that the instance is stopped: " + reason);
    }
    return verdict.heldSomething() || lessWillDo || !work.policy().freezes()
        ? new BackupOutcome(Status.SUCCEEDED, Optional.of(verdict), reason)
        : new BackupOutcome(
            Status.FAILED,
            Optional.of(verdict),
            "the policy requires application-consistent sets: " + reason);
  }

  /** A policy that forces stops takes what they leave. */
  private static boolean forced(BackupState work) {
    return work.stopped().map(Stopping::forced).orElse(false);
  }

  private static BackupOutcome withoutSet(BackupState work) {
    Optional<Inspection> inspection = work.inspection().map(TaskResult::answer);
    if (inspection.isEmpty()) {
      return failed(work.problem().map(CaughtError::words).orElse("it could not be inspected"));
    }
    return switch (inspection.get().next()) {
      case SKIP -> skipped(inspection.get().reason());
      case FAIL -> failed(inspection.get().reason());
      case FALL_BACK ->
          inspection.get().fallBack()
              ? withoutSetOrdered(work)
              : skipped(
                  "%s, and the policy does not fall back".formatted(inspection.get().reason()));
      case DRY_RUN, CREATE -> withoutSetOrdered(work);
    };
  }

  /** Scripts failed and nothing was ordered, or something was and nothing was taken. */
  private static BackupOutcome withoutSetOrdered(BackupState work) {
    Optional<Stopping> notStopped =
        work.stop()
            .map(TaskResult::answer)
            .filter(stopping -> stopping.state() != Stopping.State.STOPPED);
    if (notStopped.isPresent() && work.stopProblem().isEmpty()) {
      return notStopped.get().state() == Stopping.State.REFUSED
          ? skipped(notStopped.get().words())
          : failed(notStopped.get().words());
    }
    if (work.createProblem().isEmpty()
        && work.problem().isEmpty()
        && work.scriptProblem().isPresent()) {
      return skipped(
          "%s, and the policy does not fall back".formatted(work.scriptProblem().get().words()));
    }
    return failed(
        work.problem()
            .or(work::createProblem)
            .or(work::stopProblem)
            .map(CaughtError::words)
            .orElse("no snapshot set was taken"));
  }

  private static BackupOutcome skipped(String reason) {
    return new BackupOutcome(Status.SKIPPED, Optional.empty(), reason);
  }

  private static BackupOutcome failed(String reason) {
    return new BackupOutcome(Status.FAILED, Optional.empty(), reason);
  }
}
