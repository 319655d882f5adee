package dev.freezeframe.retention;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RateLimiter;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.SetVerdict;
import dev.freezeframe.consistency.Verdict;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.PlanPage;
import dev.freezeframe.ledger.PlanPages;
import dev.freezeframe.ledger.PlanRow;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.ledger.SnapshotChange;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.memory.InMemoryLedger;
import dev.freezeframe.snapshot.Ec2Snapshot;
import dev.freezeframe.snapshot.Ec2Snapshots;
import dev.freezeframe.snapshot.Ownership;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.snapshot.SnapshotTags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A fleet that is backed up and whose snapshots end, with time that passes only when told. */
final class Fleet {
  static final PolicyName DAILY = new PolicyName("daily");

  final InMemoryLedger ledger = new InMemoryLedger();
  final FakeEc2Snapshots live = new FakeEc2Snapshots();
  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          throw new UnsupportedOperationException("UTC will do");
        }

        @Override
        public Instant instant() {
          return now;
        }
      };
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private PlanPages cut = PlanPages.DEFAULT;
  private int snapshots;
  private int executions;
  private int planCalls;
  private ExpiryPlanner.Portion portion = ExpiryPlanner.Portion.DEFAULT;

  Instant now() {
    return now;
  }

  Clock clock() {
    return clock;
  }

  void passTo(String instant) {
    now = Instant.parse(instant);
  }

  void pass(Duration duration) {
    now = now.plus(duration);
  }

  /** A call plans from now on no more than so many snapshots, and a group of them at a time. */
  void portionPlans(int most) {
    portion = new ExpiryPlanner.Portion(most, Integer.MAX_VALUE, 1);
  }

  /** Plans from now on have pages of so many snapshots. */
  void cutPlans(int most) {
    cut = new PlanPages(most, PlanPages.DEFAULT.bytes());
  }

  static InstanceId instance(int number) {
    return new InstanceId("i-%017x".formatted(number));
  }

  static GroupKey group(int instance) {
    return new GroupKey(DAILY, instance(instance));
  }

  /** A set that was taken now, with the state in which all its members settle. */
  record Taken(AttemptId set, int instance, Instant pointInTime, List<SnapshotId> members) {}

  Taken take(
      int instance,
      int members,
      SnapshotState state,
      Consistency consistency,
      RetentionSettings terms) {
    Taken taken = create(instance, members);
    record(taken);
    taken.members().forEach(id -> settle(id, state));
    judge(taken, consistency, terms);
    return taken;
  }

  Taken take(int instance, Consistency consistency, RetentionSettings terms) {
    return take(instance, 2, SnapshotState.COMPLETED, consistency, terms);
  }

  /** Creates a set in EC2 alone. */
  Taken create(int instance, int members) {
    AttemptId set = AttemptId.of("%d at %s".formatted(instance, now), 1);
    List<SnapshotId> ids =
        IntStream.range(0, members)
            .mapToObj(member -> new SnapshotId("snap-%017x".formatted(++snapshots)))
            .toList();
    for (int member = 0; member < members; member++) {
      Map<String, String> tags = new TreeMap<>();
      tags.put(SnapshotTags.POLICY, DAILY.value());
      tags.put(SnapshotTags.RUN, RunId.of(DAILY, now).value());
      tags.put(SnapshotTags.SET, set.value());
      tags.put(SnapshotTags.INSTANCE, instance(instance).value());
      live.add(
          new Ec2Snapshot(
              ids.get(member),
              volume(instance, member),
              now,
              SnapshotState.PENDING,
              Optional.empty(),
              Optional.empty(),
              tags,
              Optional.empty(),
              List.of(),
              Ownership.description(RunId.of(DAILY, now), instance(instance))));
    }
    return new Taken(set, instance, now, ids);
  }

  static VolumeId volume(int instance, int member) {
    return new VolumeId("vol-%016x%x".formatted(instance, member));
  }

  void record(Taken taken) {
    List<SnapshotRow> rows = new ArrayList<>();
    for (int member = 0; member < taken.members().size(); member++) {
      rows.add(
          SnapshotRow.pending(
              taken.members().get(member),
              taken.set(),
              volume(taken.instance(), member),
              instance(taken.instance()),
              DAILY,
              RunId.of(DAILY, taken.pointInTime()),
              "backup",
              taken.pointInTime(),
              Optional.empty()));
    }
    ledger.recordSnapshots(rows);
  }

  void settle(SnapshotId id, SnapshotState state) {
    if (state.settled()) {
      live.settle(id, state);
      ledger.apply(new SnapshotChange(id, state, now, Optional.empty()));
      new GroupReview(ledger).settled(id, now);
    }
  }

  void judge(Taken taken, Consistency consistency, RetentionSettings terms) {
    new GroupReview(ledger)
        .record(
            group(taken.instance()),
            taken.members(),
            taken.pointInTime(),
            SetVerdict.on(new Verdict(consistency, Optional.empty(), "judged")),
            terms,
            now);
  }

  PlanRow plan(DeletionLimit limit) {
    return plan(ledger, live, limit);
  }

  PlanRow plan(Ledger throughLedger, Ec2Snapshots throughLive, DeletionLimit limit) {
    String execution = "expire-" + ++executions;
    ExpiryPlanner planner = new ExpiryPlanner(throughLedger, throughLive, cut, portion);
    Optional<PlanDraft> draft = Optional.of(planner.begin(execution, now));
    ExpiryPlanner.Result result;
    do {
      result = planner.goOn(draft.get(), execution, limit, now);
      draft = result.draft();
      planCalls++;
    } while (draft.isPresent());
    return result.plan();
  }

  /** How many calls all plans took. */
  int planCalls() {
    return planCalls;
  }

  List<PlanPage> pages(PlanRow plan) {
    return IntStream.rangeClosed(1, plan.pages())
        .mapToObj(page -> ledger.planPage(plan.plan(), page).orElseThrow())
        .toList();
  }

  PlanExecutor.Result apply(PlanRow plan) {
    return apply(ledger, live, plan);
  }

  PlanExecutor.Result apply(Ledger throughLedger, Ec2Snapshots throughLive, PlanRow plan) {
    PlanExecutor deleter =
        new PlanExecutor(throughLedger, throughLive, clock, new RateLimiter(clock, this::pass, 4));
    SortedMap<PolicyName, Integer> deletedOf = new TreeMap<>();
    int deleted = 0;
    int gone = 0;
    int kept = 0;
    List<String> words = new ArrayList<>();
    for (PlanPage page : pages(plan)) {
      PlanExecutor.Result result = deleter.carryOut(page, plan.execution());
      result.deletedOf().forEach((policy, count) -> deletedOf.merge(policy, count, Integer::sum));
      deleted += result.deleted();
      gone += result.gone();
      kept += result.kept();
      words.addAll(result.words());
    }
    return new PlanExecutor.Result(deletedOf, deleted, gone, kept, words);
  }

  /** Plans and deletes without a limit. */
  PlanExecutor.Result expire() {
    return apply(plan(new DeletionLimit(Integer.MAX_VALUE, 1)));
  }
}
