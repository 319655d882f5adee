package dev.freezeframe.task.run;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.ledger.run.RunSummary;
import java.time.Instant;
import java.util.Optional;

/**
 * How a run ended: what the state machine decides by, and the detail of the event that it puts.
 *
 * @param complete false: other pages are still at work or have told of it, and nothing else is
 *     known
 * @param failed whether anything in it failed
 */
public record RunEvent(
    boolean complete,
    boolean failed,
    String reason,
    RunId runId,
    Optional<PolicyName> policy,
    Optional<Instant> scheduledAt,
    Optional<Counts> instances,
    Optional<Instant> endedAt) {

  /** Instances, by how their backups ended, and sets, by their verdict. */
  record Counts(int succeeded, int failed, int skipped, int application, int crash, int unknown) {}

  static RunEvent incomplete(RunId run) {
    return notForUs(run, "pages are still running");
  }

  static RunEvent toldByAnother(RunId run) {
    return notForUs(run, "another page has counted the run");
  }

  private static RunEvent notForUs(RunId run, String why) {
    return new RunEvent(
        false,
        false,
        why,
        run,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public static RunEvent of(
      RunId run, PolicyName policy, Instant scheduledAt, RunSummary summary, boolean failed) {
    return new RunEvent(
        true,
        failed,
        summary.sentence(),
        run,
        Optional.of(policy),
        Optional.of(scheduledAt),
        Optional.of(
            new Counts(
                summary.succeeded(),
                summary.failed(),
                summary.skipped(),
                summary.application(),
                summary.crash(),
                summary.unknown())),
        Optional.of(summary.at()));
  }
}
