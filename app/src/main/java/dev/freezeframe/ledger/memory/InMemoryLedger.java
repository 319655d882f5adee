package dev.freezeframe.ledger.memory;

import static java.util.Comparator.comparing;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.SetVerdict;
import dev.freezeframe.ledger.Adoption;
import dev.freezeframe.ledger.Deletion;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.IndexedSnapshot;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.PlanGroups;
import dev.freezeframe.ledger.PlanPage;
import dev.freezeframe.ledger.PlanRow;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.ledger.SnapshotChange;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.run.FreezeRow;
import dev.freezeframe.ledger.run.OutcomeRow;
import dev.freezeframe.ledger.run.PageRow;
import dev.freezeframe.ledger.run.RunRow;
import dev.freezeframe.ledger.run.RunSummary;
import dev.freezeframe.ledger.run.RunView;
import dev.freezeframe.restore.InspectedInstance;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.slot.SlotHold;
import dev.freezeframe.slot.SlotHolder;
import dev.freezeframe.slot.SlotLook;
import dev.freezeframe.slot.SlotQueue;
import dev.freezeframe.slot.SlotWait;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.stop.StopRow;
import dev.freezeframe.stop.StopTurns;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A ledger in memory, for simulations and tests; it keeps the same contract as the one in DynamoDB.
 *
 * <p>Each call takes effect whole: what a call in DynamoDB leaves half done, this one cannot show.
 */
public class InMemoryLedger extends InMemoryDrills implements Ledger {
  private final Map<RunId, String> summedUpBy = new TreeMap<>();
  private final Map<RunId, RunRow> runs = new HashMap<>();
  private final Map<PageKey, PageRow> pages = new HashMap<>();
  private final Map<FreezeKey, FreezeRow> freezes = new HashMap<>();
  private final Set<FreezeKey> notSent = new HashSet<>();
  private final Map<InstanceKey, OutcomeRow> outcomes = new HashMap<>();
  private final Map<SnapshotId, SnapshotRow> snapshots = new TreeMap<>();
  private final Map<SnapshotId, SnapshotChange> early = new HashMap<>();
  private final Map<PolicyName, Instant> recoveryPoints = new HashMap<>();
  private final Map<PolicyName, Watch> watches = new HashMap<>();
  private final Map<SnapshotId, Life> lives = new HashMap<>();
  private final TreeSet<GroupKey> groups = new TreeSet<>();
  private final Map<String, PlanRow> plans = new HashMap<>();
  private final Map<PlanPageKey, PlanPage> planPages = new HashMap<>();
  private final Map<PlanPageKey, PlanGroups> planGroups = new HashMap<>();
  private Optional<LocalDate> dueFrom = Optional.empty();
  private SlotQueue slotQueue = SlotQueue.empty();
  private Optional<SlotLook> slotLook = Optional.empty();
  private final Map<SlotHolder, SlotHold> slotHolds =
      new TreeMap<>(comparing(SlotHolder::instance).thenComparing(SlotHolder::execution));
  private final Map<String, SlotWait> slotWaits = new TreeMap<>();

  private final Map<FreezeKey, StopRow> stops = new HashMap<>();
  private final Map<String, StopTurns> stopTurns = new HashMap<>();
  private final Map<InstanceKey, InspectedInstance> inspections = new HashMap<>();
  private final Map<AttemptId, RestoreFacts> facts = new HashMap<>();

  private record PageKey(RunId run, int page) {}

  private record FreezeKey(RunId run, InstanceId instance, AttemptId attempt) {}

  private record PlanPageKey(String plan, int number) {}

  /** What the row of a snapshot does not hold. */
  private static final class Life {
    private Optional<RetentionSettings> terms = Optional.empty();
    private OptionalInt setSize = OptionalInt.empty();
    private Optional<String> held = Optional.empty();
    private Optional<Deletion> deleting = Optional.empty();
    private Optional<Deletion> deletion = Optional.empty();
    private Optional<Instant> vanishedAt = Optional.empty();
    private Optional<Adoption> adoption = Optional.empty();

    boolean living() {
      return deletion.isEmpty() && vanishedAt.isEmpty();
    }
  }

  private record InstanceKey(RunId run, InstanceId instance) {}

  @Override
  public synchronized RunRow claimRun(RunRow run) {
    runs.putIfAbsent(run.run(), run);
    return runs.get(run.run());
  }

  @Override
  public synchronized PageRow recordPage(PageRow page) {
    PageKey key = new PageKey(page.run(), page.page());
    pages.putIfAbsent(key, page);
    return pages.get(key);
  }

  @Override
  public synchronized boolean recordFreeze(FreezeRow freeze) {
    var key = new FreezeKey(freeze.run(), freeze.instance(), freeze.attempt());
    FreezeRow before = freezes.get(key);
    if (before != null && !(notSent.remove(key) && before.thaws().size() == 1)) {
      return false;
    }
    freezes.put(key, freeze);
    return true;
  }

  @Override
  public synchronized void recordNotSent(
      RunId run, InstanceId instance, AttemptId attempt, FreezeRow.Thaw why) {
    var key = new FreezeKey(run, instance, attempt);
    if (freezes.containsKey(key)) {
      notSent.add(key);
      recordThaw(run, instance, attempt, why);
    }
  }

  @Override
  public synchronized void recordThaw(
      RunId run, InstanceId instance, AttemptId attempt, FreezeRow.Thaw thaw) {
    freezes.computeIfPresent(
        new FreezeKey(run, instance, attempt), (key, freeze) -> with(freeze, thaw));
  }

  private static FreezeRow with(FreezeRow freeze, FreezeRow.Thaw thaw) {
    List<FreezeRow.Thaw> thaws = new ArrayList<>(freeze.thaws());
    Optional<FreezeRow.Thaw> before =
        thaws.stream()
            .filter(other -> other.sentAt().equals(thaw.sentAt()) && other.by().equals(thaw.by()))
            .findFirst();
    if (before.map(FreezeRow.Thaw::proved).orElse(false) && !thaw.proved()) {
      return freeze;
    }
    before.ifPresent(thaws::remove);
    thaws.add(thaw);
    return new FreezeRow(
        freeze.run(),
        freeze.instance(),
        freeze.number(),
        freeze.attempt(),
        freeze.execution(),
        freeze.redrives(),
        freeze.document(),
        freeze.timeoutSeconds(),
        freeze.orderedAt(),
        freeze.thawFollows(),
        thaws);
  }

  @Override
  public synchronized List<FreezeRow> freezes(RunId run, InstanceId instance) {
    return run(run).freezes().stream()
        .filter(freeze -> freeze.instance().equals(instance))
        .toList();
  }

  @Override
  public synchronized boolean recordStop(StopRow stop) {
    FreezeKey key = new FreezeKey(stop.run(), stop.instance(), stop.attempt());
    return stops.putIfAbsent(key, stop) == null;
  }

  @Override
  public synchronized void recordStopped(
      RunId run, InstanceId instance, AttemptId attempt, Instant at) {
    change(run, instance, attempt, row -> withTimes(row, at(at), none(), none(), none()));
  }

  @Override
  public synchronized void recordForced(
      RunId run, InstanceId instance, AttemptId attempt, Instant at) {
    change(run, instance, attempt, row -> withTimes(row, none(), at(at), none(), none()));
  }

  @Override
  public synchronized void recordStarting(
      RunId run, InstanceId instance, AttemptId attempt, Instant at) {
    change(run, instance, attempt, row -> withTimes(row, none(), none(), at(at), none()));
  }

  @Override
  public synchronized void recordStartOrdered(
      RunId run, InstanceId instance, AttemptId attempt, Instant at) {
    change(run, instance, attempt, row -> withTimes(row, none(), none(), none(), at(at)));
  }

  @Override
  public synchronized void recordStartTried(
      RunId run, InstanceId instance, AttemptId attempt, StopRow.Tries tries) {
    change(
        run,
        instance,
        attempt,
        row ->
            with(
                row,
                row.stoppedAt(),
                row.forcedAt(),
                row.startingAt(),
                row.startOrderedAt(),
                Optional.of(tries),
                row.ended()));
  }

  @Override
  public synchronized void recordStopEnded(
      RunId run, InstanceId instance, AttemptId attempt, StopRow.Ended ended) {
    change(
        run,
        instance,
        attempt,
        row ->
            with(
                row,
                row.stoppedAt(),
                row.forcedAt(),
                row.startingAt(),
                row.startOrderedAt(),
                row.tries(),
                row.ended().or(() -> Optional.of(ended))));
  }

  private void change(
      RunId run, InstanceId instance, AttemptId attempt, UnaryOperator<StopRow> how) {
    stops.computeIfPresent(new FreezeKey(run, instance, attempt), (key, row) -> how.apply(row));
  }

  private static Optional<Instant> at(Instant at) {
    return Optional.of(at);
  }

  private static Optional<Instant> none() {
    return Optional.empty();
  }

  /** The first time of each stands. */
  private static StopRow withTimes(
      StopRow row,
      Optional<Instant> stoppedAt,
      Optional<Instant> forcedAt,
      Optional<Instant> startingAt,
      Optional<Instant> startOrderedAt) {
    return with(
        row,
        row.stoppedAt().or(() -> stoppedAt),
        row.forcedAt().or(() -> forcedAt),
        row.startingAt().or(() -> startingAt),
        row.startOrderedAt().or(() -> startOrderedAt),
        row.tries(),
        row.ended());
  }

  private static StopRow with(
      StopRow row,
      Optional<Instant> stoppedAt,
      Optional<Instant> forcedAt,
      Optional<Instant> startingAt,
      Optional<Instant> startOrderedAt,
      Optional<StopRow.Tries> tries,
      Optional<StopRow.Ended> ended) {
    return new StopRow(
        row.run(),
        row.instance(),
        row.attempt(),
        row.execution(),
        row.redrives(),
        row.group(),
        row.orderedAt(),
        row.launchedAt(),
        row.startBy(),
        stoppedAt,
        forcedAt,
        startingAt,
        startOrderedAt,
        tries,
        ended);
  }

  @Override
  public synchronized List<StopRow> stops(RunId run, InstanceId instance) {
    return stops.values().stream()
        .filter(stop -> stop.run().equals(run) && stop.instance().equals(instance))
        .sorted(comparing(StopRow::orderedAt).thenComparing(StopRow::attempt))
        .toList();
  }

  @Override
  public synchronized List<StopRow> openStops() {
    return stops.values().stream()
        .filter(StopRow::open)
        .sorted(comparing(StopRow::orderedAt).thenComparing(StopRow::attempt))
        .toList();
  }

  @Override
  public synchronized StopTurns stopTurns(PolicyName policy, String group) {
    return stopTurns.getOrDefault(turnsKey(policy, group), StopTurns.none(policy, group));
  }

  @Override
  public synchronized boolean recordStopTurns(StopTurns next) {
    boolean newest = stopTurns(next.policy(), next.group()).version() == next.version() - 1;
    if (newest) {
      stopTurns.put(turnsKey(next.policy(), next.group()), next);
    }
    return newest;
  }

  private static String turnsKey(PolicyName policy, String group) {
    return policy + "#" + group;
  }

  @Override
  public synchronized void recordInspection(InspectedInstance inspected) {
    inspections.merge(
        new InstanceKey(inspected.run(), inspected.instance()),
        inspected,
        (before, after) -> after.at().isBefore(before.at()) ? before : after);
  }

  @Override
  public synchronized Optional<InspectedInstance> inspection(RunId run, InstanceId instance) {
    return Optional.ofNullable(inspections.get(new InstanceKey(run, instance)));
  }

  @Override
  public synchronized void recordFacts(RestoreFacts of) {
    facts.putIfAbsent(of.set(), of);
  }

  @Override
  public synchronized Optional<RestoreFacts> facts(AttemptId set) {
    return Optional.ofNullable(facts.get(set));
  }

  @Override
  public synchronized List<RestoreFacts> facts(Collection<AttemptId> sets) {
    return new TreeSet<>(sets).stream().map(facts::get).filter(Objects::nonNull).toList();
  }

  /** Rows of deleted snapshots stay here, and the facts with them. */
  @Override
  public void recordFactsExpiry(AttemptId set, Instant deletedAt) {}

  @Override
  public synchronized void recordSnapshots(List<SnapshotRow> rows) {
    for (SnapshotRow row : rows) {
      groups.add(row.group());
      if (!snapshots.containsKey(row.snapshot())) {
        SnapshotRow pending = row.asRecorded();
        SnapshotChange change = early.remove(row.snapshot());
        snapshots.put(row.snapshot(), change == null ? pending : pending.settled(change));
      }
    }
  }

  @Override
  public synchronized SnapshotChange.Effect apply(SnapshotChange change) {
    SnapshotRow row = snapshots.get(change.snapshot());
    if (row == null) {
      early.putIfAbsent(change.snapshot(), change);
      return SnapshotChange.Effect.KEPT_EARLY;
    }
    if (row.state().settled()) {
      return SnapshotChange.Effect.ALREADY_SETTLED;
    }
    snapshots.put(row.snapshot(), row.settled(change));
    return SnapshotChange.Effect.APPLIED;
  }

  @Override
  public synchronized List<SnapshotRow> snapshots(Collection<SnapshotId> ids) {
    return new TreeSet<>(ids).stream().map(snapshots::get).filter(Objects::nonNull).toList();
  }

  /** Every snapshot that has a row, whatever became of it. */
  public synchronized Set<SnapshotId> snapshotIds() {
    return Set.copyOf(snapshots.keySet());
  }

  @Override
  public synchronized List<SnapshotRow> snapshotsOf(RunId run) {
    return snapshots.values().stream().filter(row -> row.run().equals(run)).toList();
  }

  @Override
  public synchronized void recordVerdict(
      Collection<SnapshotId> set, SetVerdict verdict, Optional<Instant> expiresAt) {
    for (SnapshotRow row : snapshots(set)) {
      if (life(row.snapshot()).living()) {
        snapshots.put(row.snapshot(), row.judged(verdict, expiresAt));
      }
    }
  }

  @Override
  public synchronized void recordVerdict(
      Collection<SnapshotId> set,
      SetVerdict verdict,
      Optional<Instant> expiresAt,
      RetentionSettings terms) {
    recordVerdict(set, verdict, expiresAt);
    for (SnapshotRow row : snapshots(set)) {
      Life life = life(row.snapshot());
      if (life.living()) {
        life.terms = Optional.of(terms);
        life.setSize = OptionalInt.of(set.size());
      }
    }
  }

  private Life life(SnapshotId snapshot) {
    return lives.computeIfAbsent(snapshot, any -> new Life());
  }

  private IndexedSnapshot living(SnapshotRow row, Optional<SnapshotState> state) {
    Life life = life(row.snapshot());
    return new IndexedSnapshot(
        row.snapshot(),
        row.set(),
        row.policy(),
        row.instance(),
        row.pointInTime(),
        state,
        row.consistency(),
        row.expiresAt(),
        life.terms,
        life.setSize);
  }

  private Stream<SnapshotRow> livingRows() {
    return snapshots.values().stream().filter(row -> life(row.snapshot()).living());
  }

  @Override
  public synchronized Stream<IndexedSnapshot> due(LocalDate day, Instant now) {
    return livingRows()
        .filter(
            row ->
                row.expiresAt()
                    .filter(at -> !at.isAfter(now))
                    .map(at -> at.atOffset(ZoneOffset.UTC).toLocalDate().equals(day))
                    .orElse(false))
        .map(row -> living(row, Optional.empty()))
        .toList()
        .stream();
  }

  @Override
  public synchronized Optional<LocalDate> dueFrom() {
    return dueFrom;
  }

  @Override
  public synchronized void beginDueFrom(LocalDate day) {
    dueFrom = dueFrom.or(() -> Optional.of(day));
  }

  @Override
  public synchronized void recordDueFrom(LocalDate day, LocalDate today) {
    dueFrom =
        Optional.of(
            dueFrom.filter(before -> before.isAfter(day) && !before.isAfter(today)).orElse(day));
  }

  @Override
  public synchronized List<IndexedSnapshot> members(GroupKey group) {
    return livingRows()
        .filter(row -> row.group().equals(group))
        .map(row -> living(row, Optional.of(row.state())))
        .toList();
  }

  @Override
  public synchronized List<GroupKey> groups(Optional<GroupKey> after, int most) {
    return groups.stream()
        .filter(group -> after.map(last -> group.compareTo(last) > 0).orElse(true))
        .limit(most)
        .toList();
  }

  @Override
  public synchronized void recordExpiry(
      Collection<SnapshotId> ids, Optional<Instant> expiresAt, Optional<String> held) {
    for (SnapshotRow row : snapshots(ids)) {
      if (life(row.snapshot()).living()) {
        snapshots.put(row.snapshot(), row.expiring(expiresAt));
        life(row.snapshot()).held = held;
        if (held.isPresent()) {
          life(row.snapshot()).deleting = Optional.empty();
        }
      }
    }
  }

  @Override
  public synchronized boolean recordDeleting(SnapshotId snapshot, Deletion intended) {
    boolean living = snapshots.containsKey(snapshot) && life(snapshot).living();
    if (living) {
      life(snapshot).deleting = Optional.of(intended);
    }
    return living;
  }

  @Override
  public synchronized boolean recordDeletion(SnapshotId snapshot, Deletion deletion) {
    boolean living = snapshots.containsKey(snapshot) && life(snapshot).living();
    if (living) {
      life(snapshot).deletion = Optional.of(deletion);
      life(snapshot).held = Optional.empty();
      life(snapshot).deleting = Optional.empty();
    }
    return living;
  }

  @Override
  public synchronized boolean recordVanished(SnapshotId snapshot, Instant noticedAt) {
    boolean living = snapshots.containsKey(snapshot) && life(snapshot).living();
    if (living) {
      life(snapshot).vanishedAt = Optional.of(noticedAt);
      life(snapshot).held = Optional.empty();
      life(snapshot).deleting = Optional.empty();
    }
    return living;
  }

  @Override
  public synchronized void recordReturned(SnapshotId snapshot) {
    if (life(snapshot).vanishedAt.isPresent()) {
      life(snapshot).vanishedAt = Optional.empty();
      snapshots.computeIfPresent(snapshot, (id, row) -> row.expiring(Optional.empty()));
    }
  }

  @Override
  public synchronized void recordAdoption(SnapshotId snapshot, Adoption adoption) {
    if (snapshots.containsKey(snapshot) && life(snapshot).adoption.isEmpty()) {
      life(snapshot).adoption = Optional.of(adoption);
    }
  }

  @Override
  public synchronized List<SnapshotHistory> lives(Collection<SnapshotId> ids) {
    return snapshots(ids).stream()
        .map(
            row -> {
              Life life = life(row.snapshot());
              return new SnapshotHistory(
                  row,
                  life.terms,
                  life.held,
                  life.deleting,
                  life.deletion,
                  life.vanishedAt,
                  life.adoption);
            })
        .toList();
  }

  @Override
  public synchronized void recordPlanPage(PlanPage page) {
    planPages.merge(
        new PlanPageKey(page.plan(), page.number()),
        page,
        (before, after) -> after.at().isAfter(before.at()) ? after : before);
  }

  @Override
  public synchronized void recordPlanGroups(PlanGroups page) {
    planGroups.putIfAbsent(new PlanPageKey(page.plan(), page.number()), page);
  }

  @Override
  public synchronized Optional<PlanGroups> planGroups(String plan, int number) {
    return Optional.ofNullable(planGroups.get(new PlanPageKey(plan, number)));
  }

  @Override
  public synchronized PlanRow recordPlan(PlanRow plan) {
    plans.putIfAbsent(plan.plan(), plan);
    return plans.get(plan.plan());
  }

  @Override
  public synchronized Optional<PlanRow> plan(String plan) {
    return Optional.ofNullable(plans.get(plan));
  }

  @Override
  public synchronized Optional<PlanPage> planPage(String plan, int number) {
    return Optional.ofNullable(planPages.get(new PlanPageKey(plan, number)));
  }

  @Override
  public synchronized OutcomeRow recordOutcome(OutcomeRow outcome) {
    return outcomes.merge(
        new InstanceKey(outcome.run(), outcome.instance()),
        outcome,
        (before, after) ->
            isLess(before.status(), after.status()) && !after.at().isBefore(before.at())
                ? after
                : before);
  }

  private static boolean isLess(OutcomeRow.Status before, OutcomeRow.Status after) {
    return before == OutcomeRow.Status.FAILED
        || (before == OutcomeRow.Status.SKIPPED && after == OutcomeRow.Status.SUCCEEDED);
  }

  @Override
  public synchronized Optional<OutcomeRow> outcome(RunId run, InstanceId instance) {
    return Optional.ofNullable(outcomes.get(new InstanceKey(run, instance)));
  }

  @Override
  public synchronized RunView run(RunId run) {
    return new RunView(
        Optional.ofNullable(runs.get(run)),
        pages.values().stream().filter(page -> page.run().equals(run)).toList(),
        freezes.values().stream().filter(freeze -> freeze.run().equals(run)).toList(),
        stops.values().stream().filter(stop -> stop.run().equals(run)).toList(),
        outcomes.values().stream().filter(outcome -> outcome.run().equals(run)).toList());
  }

  @Override
  public synchronized List<RunId> runs(Instant from, Instant before) {
    return runs.values().stream()
        .filter(run -> !run.scheduledAt().isBefore(from) && run.scheduledAt().isBefore(before))
        .sorted(comparing(RunRow::scheduledAt).thenComparing(RunRow::run))
        .map(RunRow::run)
        .toList();
  }

  @Override
  public synchronized boolean recordSummary(RunId run, RunSummary summary, String execution) {
    RunRow row = runs.get(run);
    if (row == null) {
      throw new IllegalStateException(
          "summary of %s: expected a run that an execution has claimed, found none".formatted(run));
    }
    boolean own = execution.equals(summedUpBy.get(run));
    boolean later = row.summary().map(before -> !summary.at().isBefore(before.at())).orElse(true);
    boolean news =
        row.summary().map(before -> !at(before.at(), summary).equals(before)).orElse(true);
    if (later && (own || news)) {
      summedUpBy.put(run, execution);
      runs.put(
          run,
          new RunRow(
              row.run(),
              row.policy(),
              row.scheduledAt(),
              row.execution(),
              row.startedAt(),
              Optional.of(summary)));
    }
    return own || (later && news);
  }

  private static RunSummary at(Instant at, RunSummary summary) {
    return new RunSummary(
        summary.succeeded(),
        summary.failed(),
        summary.skipped(),
        summary.application(),
        summary.crash(),
        summary.unknown(),
        summary.sentence(),
        at);
  }

  @Override
  public synchronized void recordRecoveryPoint(PolicyName policy, Instant pointInTime) {
    recoveryPoints.merge(policy, pointInTime, (one, other) -> one.isBefore(other) ? other : one);
  }

  @Override
  public synchronized Optional<Instant> newestRecoveryPoint(PolicyName policy) {
    return Optional.ofNullable(recoveryPoints.get(policy));
  }

  @Override
  public synchronized void recordWatch(PolicyName policy, Watch watch) {
    watches.merge(policy, watch, (one, other) -> one.at().isBefore(other.at()) ? other : one);
  }

  @Override
  public synchronized Optional<Watch> lastWatch(PolicyName policy) {
    return Optional.ofNullable(watches.get(policy));
  }

  @Override
  public synchronized SlotQueue slotQueue() {
    return slotQueue;
  }

  @Override
  public synchronized boolean recordSlotQueue(SlotQueue next) {
    if (slotQueue.version() != next.version() - 1) {
      return false;
    }
    slotQueue = next;
    return true;
  }

  @Override
  public synchronized Optional<SlotLook> slotLook() {
    return slotLook;
  }

  @Override
  public synchronized void recordSlotLook(SlotLook look) {
    if (slotLook.filter(newer -> !newer.at().isBefore(look.at())).isEmpty()) {
      slotLook = Optional.of(look);
    }
  }

  @Override
  public synchronized List<SlotHold> slotHolds() {
    return List.copyOf(slotHolds.values());
  }

  @Override
  public synchronized List<SlotHold> slotHolds(InstanceId instance) {
    return slotHolds.values().stream().filter(hold -> hold.instance().equals(instance)).toList();
  }

  @Override
  public synchronized Optional<SlotHold> slotHold(SlotHolder holder) {
    return Optional.ofNullable(slotHolds.get(holder));
  }

  @Override
  public synchronized void recordSlotHold(SlotHold hold) {
    slotHolds.put(hold.holder(), hold);
  }

  @Override
  public synchronized void recordSlotSnapshots(SlotHolder holder, Set<SnapshotId> set, Instant at) {
    slotHolds.computeIfPresent(
        holder, (key, hold) -> hold.recordedAt().isPresent() ? hold : hold.recorded(set, at));
  }

  @Override
  public synchronized void giveSlotsBack(SlotHolder holder, Set<SnapshotId> settled) {
    slotHolds.computeIfPresent(holder, (key, hold) -> hold.without(settled));
  }

  @Override
  public synchronized void giveSlotsBack(SlotHolder holder) {
    slotHolds.remove(holder);
  }

  @Override
  public synchronized void lapseSlots(SlotHolder holder, Instant until) {
    slotHolds.computeIfPresent(
        holder,
        (key, hold) ->
            hold.recordedAt().isEmpty() && hold.until().isAfter(until) ? hold.until(until) : hold);
  }

  @Override
  public synchronized List<SlotWait> firstSlotWaits(int most) {
    return slotWaits.values().stream()
        .sorted(comparing(SlotWait::place).thenComparing(SlotWait::execution))
        .limit(most)
        .toList();
  }

  @Override
  public synchronized void recordSlotWait(SlotWait wait) {
    slotWaits.put(wait.place() + "#" + wait.execution(), wait);
  }

  @Override
  public synchronized void removeSlotWait(String execution, long place) {
    slotWaits.remove(place + "#" + execution);
  }
}
