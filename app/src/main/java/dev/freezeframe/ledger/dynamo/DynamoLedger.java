package dev.freezeframe.ledger.dynamo;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.SetVerdict;
import dev.freezeframe.ledger.Adoption;
import dev.freezeframe.ledger.Deletion;
import dev.freezeframe.ledger.FreezeRow;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.IndexedSnapshot;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.OutcomeRow;
import dev.freezeframe.ledger.PageRow;
import dev.freezeframe.ledger.PlanGroups;
import dev.freezeframe.ledger.PlanPage;
import dev.freezeframe.ledger.PlanRow;
import dev.freezeframe.ledger.RecoveryPoints;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.ledger.RunRow;
import dev.freezeframe.ledger.RunSummary;
import dev.freezeframe.ledger.RunView;
import dev.freezeframe.ledger.SnapshotChange;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.slot.SlotHold;
import dev.freezeframe.slot.SlotLook;
import dev.freezeframe.slot.SlotQueue;
import dev.freezeframe.slot.SlotWait;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The ledger in one DynamoDB table, which {@link LedgerTable} defines. */
public final class DynamoLedger implements Ledger {
  private final DynamoRuns runs;
  private final DynamoSnapshots snapshots;
  private final RecoveryPoints recoveryPoints;
  private final DynamoExpiry expiry;
  private final DynamoGroups groups;
  private final DynamoPlans plans;
  private final DynamoSlots slots;

  public DynamoLedger(DynamoDbClient client, String table) {
    DynamoTable items = new DynamoTable(client, table);
    this.runs = new DynamoRuns(items);
    this.snapshots = new DynamoSnapshots(items);
    this.recoveryPoints = new DynamoRecoveryPoints(items);
    this.expiry = new DynamoExpiry(items);
    this.groups = new DynamoGroups(items);
    this.plans = new DynamoPlans(items);
    this.slots = new DynamoSlots(items);
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
      Collection<SnapshotId> set,
      SetVerdict verdict,
      Optional<Instant> expiresAt,
      RetentionSettings terms) {
    snapshots
        .find(set)
        .forEach(
            row ->
                snapshots.judge(
                    row,
                    DynamoSnapshotItem.verdict(row.set(), row.volume(), verdict, expiresAt)
                        .withMap("terms", DynamoRetentionSettingsItem.map(terms))
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
  public Stream<IndexedSnapshot> due(LocalDate day, Instant now) {
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
  public List<IndexedSnapshot> members(GroupKey group) {
    return expiry.members(group);
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
  public List<SnapshotHistory> lives(Collection<SnapshotId> ids) {
    return expiry.lives(ids);
  }

  @Override
  public void recordPlanGroups(PlanGroups page) {
    plans.record(page);
  }

  @Override
  public Optional<PlanGroups> planGroups(String plan, int number) {
    return plans.groups(plan, number);
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
    return plans.page(plan, number);
  }

  @Override
  public SlotQueue slotQueue() {
    return slots.slotQueue();
  }

  @Override
  public boolean recordSlotQueue(SlotQueue next) {
    return slots.recordSlotQueue(next);
  }

  @Override
  public Optional<SlotLook> slotLook() {
    return slots.slotLook();
  }

  @Override
  public void recordSlotLook(SlotLook look) {
    slots.recordSlotLook(look);
  }

  @Override
  public List<SlotHold> slotHolds() {
    return slots.slotHolds();
  }

  @Override
  public Optional<SlotHold> slotHold(String execution) {
    return slots.slotHold(execution);
  }

  @Override
  public void recordSlotHold(SlotHold hold) {
    slots.recordSlotHold(hold);
  }

  @Override
  public void recordSlotSnapshots(String execution, Set<SnapshotId> set, Instant at) {
    slots.recordSlotSnapshots(execution, set, at);
  }

  @Override
  public void giveSlotsBack(String execution, Set<SnapshotId> settled) {
    slots.giveSlotsBack(execution, settled);
  }

  @Override
  public void giveSlotsBack(String execution) {
    slots.giveSlotsBack(execution);
  }

  @Override
  public void lapseSlots(String execution, Instant until) {
    slots.lapseSlots(execution, until);
  }

  @Override
  public List<SlotWait> firstSlotWaits(int most) {
    return slots.firstSlotWaits(most);
  }

  @Override
  public void recordSlotWait(SlotWait wait) {
    slots.recordSlotWait(wait);
  }

  @Override
  public void removeSlotWait(String execution, long place) {
    slots.removeSlotWait(execution, place);
  }
}
