package dev.freezeframe.ledger.run;

import static java.time.temporal.ChronoUnit.MILLIS;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How one instance's backup ended.
 *
 * @param execution ARN of the execution that did it
 * @param consistency of its set, which is that of the set's weakest volume; empty if none
 * @param proof what APPLICATION rests on; empty: it is less, or the row is older than that
 * @param attempt the last attempt; empty if none was made
 * @param preScript the result of the last pre-script; empty if none was sent
 * @param frozen how long the guest was frozen, as far as can be told; empty if it was not
 */
public record OutcomeRow(
    RunId run,
    InstanceId instance,
    String execution,
    Status status,
    Optional<Consistency> consistency,
    Optional<Proof> proof,
    String reason,
    Optional<AttemptId> attempt,
    Optional<String> preScript,
    Optional<String> postScript,
    int attempts,
    Optional<Duration> frozen,
    List<SnapshotId> snapshots,
    Instant at) {

  public OutcomeRow {
    snapshots = List.copyOf(snapshots);
    frozen = frozen.map(time -> time.truncatedTo(MILLIS));
    at = at.truncatedTo(MILLIS);
  }

  /** How a backup ends. */
  public enum Status {
    SUCCEEDED,
    FAILED,
    /** Not made, by a decision that the policy allows. */
    SKIPPED
  }
}
