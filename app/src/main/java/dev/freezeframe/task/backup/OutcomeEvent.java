package dev.freezeframe.task.backup;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.Proof;
import dev.freezeframe.consistency.SetVerdict;
import dev.freezeframe.consistency.Verdict;
import dev.freezeframe.consistency.script.DocumentVersion;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.run.OutcomeRow;
import dev.freezeframe.policy.Scripts;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.snapshot.SnapshotState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a backup ended: what the state machine decides by, and the detail of the event that it puts.
 *
 * <p>{@code docs/events.md} explains each field.
 */
public record OutcomeEvent(
    PolicyName policy,
    RunId runId,
    InstanceId instanceId,
    String execution,
    OutcomeRow.Status status,
    Optional<Consistency> consistency,
    Optional<Proof> proof,
    String reason,
    Optional<String> document,
    Optional<Long> timeoutSeconds,
    Optional<AttemptId> executionId,
    int attempts,
    Optional<String> preScript,
    Optional<String> postScript,
    Optional<Double> frozenSeconds,
    Optional<Instant> pointInTime,
    List<Member> snapshots,
    Instant endedAt,
    Optional<RestoreFacts> restore) {

  /** One snapshot of the set, and what it is worth by itself. */
  public record Member(
      SnapshotId snapshotId,
      VolumeId volumeId,
      SnapshotState state,
      Optional<Consistency> consistency,
      Optional<Proof> proof) {
    static Member of(SnapshotRow row, Optional<Verdict> verdict) {
      return new Member(
          row.snapshot(),
          row.volume(),
          row.state(),
          verdict.map(Verdict::consistency),
          verdict.flatMap(Verdict::proof));
    }
  }

  static OutcomeEvent of(
      BackupState work,
      OutcomeRow outcome,
      List<SnapshotRow> rows,
      Optional<SetVerdict> verdict,
      Optional<RestoreFacts> facts) {
    return new OutcomeEvent(
        work.policy().name(),
        outcome.run(),
        outcome.instance(),
        outcome.execution(),
        outcome.status(),
        outcome.consistency(),
        outcome.proof(),
        outcome.reason(),
        work.inspection().flatMap(found -> found.answer().document()).map(DocumentVersion::name),
        work.policy().scripts().map(Scripts::timeout).map(Duration::toSeconds),
        outcome.attempt(),
        outcome.attempts(),
        outcome.preScript(),
        outcome.postScript(),
        outcome.frozen().map(frozen -> frozen.toMillis() / 1000.0),
        rows.stream().map(SnapshotRow::pointInTime).findFirst(),
        rows.stream().map(row -> Member.of(row, verdict.map(set -> set.of(row.volume())))).toList(),
        outcome.at(),
        facts.map(RestoreFacts::forEvent));
  }
}
