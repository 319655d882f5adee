package dev.freezeframe.ledger;

import dev.freezeframe.consistency.AttemptId;
import dev.freezeframe.consistency.SetVerdict;
import dev.freezeframe.policy.PolicyName;
import dev.freezeframe.policy.RunId;
import dev.freezeframe.snapshot.SnapshotId;
import dev.freezeframe.target.InstanceId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The ledger in one DynamoDB table, which {@link LedgerTable} defines. */
public final class DynamoLedger implements Ledger {
  private final DynamoRuns runs;
  private final DynamoSnapshots snapshots;
  private final RecoveryPoints recoveryPoints;
  private final DynamoExpiry expiry;
  private final DynamoGroups groups;
  private final DynamoPlans plans;

  public DynamoLedger(DynamoDbClient client, String table) {
    DynamoTable items = new DynamoTable(client, table);
    this.runs = new DynamoRuns(items);
    this.snapshots = new DynamoSnapshots(items);
    this.recoveryPoints = new DynamoRecoveryPoints(items);
    this.expiry = new DynamoExpiry(items);
    this.groups = new DynamoGroups(items);
    this.plans = new DynamoPlans(items);
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
  public void recordNotSent(
      RunId run, InstanceId instance, AttemptId attempt, FreezeRow.Thaw notSent) {
    runs.recordNotSent(run, instance, attempt, notSent);
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
    rows.stream().map(SnapshotRow::group).distinct().forEach(groups::record);
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
      Collection<SnapshotId> set, SetVerdict verdict, Optional<Instant> expiresAt) {
    snapshots
        .find(set)
        .forEach(
            row ->
                snapshots.judge(
                    row, DynamoSnapshotItem.verdict(row.set(), row.volume(), verdict, expiresAt)));
  }

  @Override
  public void recordVerdict(
      Collection<SnapshotId> set, SetVerdict verdict, Optional<Instant> expiresAt, Terms terms) {
    snapshots
        .find(set)
        .forEach(
            row ->
                snapshots.judge(
                    row,
                    DynamoSnapshotItem.verdict(row.set(), row.volume(), verdict, expiresAt)
                        .withMap("terms", DynamoTermsItem.map(terms))
                        .with("setSize", set.size())));
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
  public List<RunId> runs(Instant from, Instant before) {
    return runs.due(from, before);
  }

  @Override
  public boolean recordSummary(RunId run, RunSummary summary, String execution) {
    return runs.record(run, summary, execution);
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

  @Override
  public List<LivingSnapshot> due(LocalDate day, Instant now) {
    return expiry.due(day, now);
  }

  @Override
  public Optional<LocalDate> dueFrom() {
    return groups.dueFrom();
  }

  @Override
  public void beginDueFrom(LocalDate day) {
    groups.beginDueFrom(day);
  }

  @Override
  public void recordDueFrom(LocalDate day, LocalDate today) {
    groups.recordDueFrom(day, today);
  }

  @Override
  public Iterator<LivingSnapshot> newestFirst(GroupKey group, int page) {
    return expiry.newestFirst(group, page);
  }

  @Override
  public List<GroupKey> groups(Optional<GroupKey> after, int most) {
    return groups.find(after, most);
  }

  @Override
  public void recordExpiry(
      Collection<SnapshotId> ids, Optional<Instant> expiresAt, Optional<String> held) {
    snapshots.find(ids).forEach(row -> expiry.record(row, expiresAt, held));
  }

  @Override
  public boolean recordDeleting(SnapshotId snapshot, Deletion intended) {
    return expiry.recordDeleting(snapshot, intended);
  }

  @Override
  public boolean recordDeletion(SnapshotId snapshot, Deletion deletion) {
    return expiry.record(snapshot, deletion);
  }

  @Override
  public boolean recordVanished(SnapshotId snapshot, Instant noticedAt) {
    return expiry.recordVanished(snapshot, noticedAt);
  }

  @Override
  public void recordReturned(SnapshotId snapshot) {
    snapshots.find(List.of(snapshot)).forEach(expiry::recordReturned);
  }

  @Override
  public void recordAdoption(SnapshotId snapshot, Adoption adoption) {
    expiry.record(snapshot, adoption);
  }

  @Override
  public List<SnapshotLife> lives(Collection<SnapshotId> ids) {
    return expiry.lives(ids);
  }

  @Override
  public void recordPlanPage(PlanPage page) {
    plans.record(page);
  }

  @Override
  public PlanRow recordPlan(PlanRow plan) {
    return plans.record(plan);
  }

  @Override
  public Optional<PlanRow> plan(String plan) {
    return plans.find(plan);
  }

  @Override
  public Optional<PlanPage> planPage(String plan, int number) {
    return plans.find(plan, number);
  }
}
