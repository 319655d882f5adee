package dev.freezeframe.ledger;

import dev.freezeframe.consistency.AttemptId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.policy.PolicyName;
import dev.freezeframe.policy.RunId;
import dev.freezeframe.snapshot.SnapshotId;
import dev.freezeframe.target.InstanceId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The ledger in one DynamoDB table, which {@link LedgerTable} defines. */
public final class DynamoLedger implements Ledger {
  private final DynamoRuns runs;
  private final DynamoSnapshots snapshots;
  private final RecoveryPoints recoveryPoints;

  public DynamoLedger(DynamoDbClient client, String table) {
    DynamoTable items = new DynamoTable(client, table);
    this.runs = new DynamoRuns(items);
    this.snapshots = new DynamoSnapshots(items);
    this.recoveryPoints = new DynamoRecoveryPoints(items);
  }

  @Override
  public RunRow claimRun(RunRow run) {
    return runs.claim(run);
  }

  @Override
  public PageRow recordPage(PageRow page) {
    return runs.record(page);
  }

  @Override
  public boolean recordFreeze(FreezeRow freeze) {
    return runs.record(freeze);
  }

  @Override
  public void recordThaw(RunId run, InstanceId instance, AttemptId attempt, FreezeRow.Thaw thaw) {
    runs.record(run, instance, attempt, thaw);
  }

  @Override
  public List<FreezeRow> freezes(RunId run, InstanceId instance) {
    return runs.freezes(run, instance);
  }

  @Override
  public void recordSnapshots(List<SnapshotRow> rows) {
    rows.forEach(snapshots::record);
  }

  @Override
  public SnapshotChange.Effect apply(SnapshotChange change) {
    return snapshots.apply(change);
  }

  @Override
  public List<SnapshotRow> snapshots(Collection<SnapshotId> ids) {
    return snapshots.find(ids);
  }

  @Override
  public List<SnapshotRow> snapshotsOf(RunId run) {
    return snapshots.ofRun(run);
  }

  @Override
  public void recordVerdict(
      Collection<SnapshotId> set,
      Consistency consistency,
      String reason,
      Optional<Instant> expiresAt) {
    snapshots.find(set).forEach(row -> snapshots.judge(row, consistency, reason, expiresAt));
  }

  @Override
  public OutcomeRow recordOutcome(OutcomeRow outcome) {
    return runs.record(outcome);
  }

  @Override
  public Optional<OutcomeRow> outcome(RunId run, InstanceId instance) {
    return runs.outcome(run, instance);
  }

  @Override
  public RunView run(RunId run) {
    return runs.find(run);
  }

  @Override
  public void recordSummary(RunId run, RunSummary summary) {
    runs.record(run, summary);
  }

  @Override
  public void recordRecoveryPoint(PolicyName policy, Instant pointInTime) {
    recoveryPoints.recordRecoveryPoint(policy, pointInTime);
  }

  @Override
  public Optional<Instant> newestRecoveryPoint(PolicyName policy) {
    return recoveryPoints.newestRecoveryPoint(policy);
  }

  @Override
  public void recordWatch(PolicyName policy, Watch watch) {
    recoveryPoints.recordWatch(policy, watch);
  }

  @Override
  public Optional<Watch> lastWatch(PolicyName policy) {
    return recoveryPoints.lastWatch(policy);
  }
}
