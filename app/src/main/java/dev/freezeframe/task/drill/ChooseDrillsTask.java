package dev.freezeframe.task.drill;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.consistency.ssm.SsmDocuments;
import dev.freezeframe.drill.DrillBudget;
import dev.freezeframe.drill.DrillCost;
import dev.freezeframe.drill.DrillHost;
import dev.freezeframe.drill.DrillId;
import dev.freezeframe.drill.DrillPlanner;
import dev.freezeframe.drill.DrillRotation;
import dev.freezeframe.drill.DrillRotation.Candidate;
import dev.freezeframe.drill.DrillRotation.Turn;
import dev.freezeframe.drill.DrilledGroup;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.IndexedSnapshot;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.metric.Measurements;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.policy.Drill;
import dev.freezeframe.policy.schedule.FiringTimes;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Chooses which sets of a policy are drilled in a run: those whose turn has come and for which
 * there is money. The same run chooses the same drills under the same ids.
 */
public final class ChooseDrillsTask
    extends JsonTask<ChooseDrillsTask.Input, ChooseDrillsTask.Choice> {
  /** Groups that are read of the ledger at once. */
  private static final int PAGE = 1000;

  /** Drills of a run: two nested Maps of so many stay well below 25,000 events of history. */
  private static final int MAX = 200;

  /** Sets whose facts are read at once, of which an item of DynamoDB has up to 400 KB. */
  private static final int FACTS = 25;

  /** Of those that are skipped: a state has 256 KiB. */
  private static final int MAX_TOLD = 100;

  private final Ledger ledger;
  private final SsmDocuments documents;
  private final Optional<DrillHost> host;
  private final Measurements measurements;

  public ChooseDrillsTask() {
    this(new AwsDependencies());
  }

  public ChooseDrillsTask(TaskDependencies dependencies) {
    super(Input.class);
    this.ledger = dependencies.ledger();
    this.documents = new SsmDocuments(dependencies.ssm());
    this.host = dependencies.drillHost();
    this.measurements = dependencies.measurements();
  }

  /** The input of the function. */
  record Input(String execution, Work work) {}

  /** What the schedule gives. */
  record Work(Instant scheduledAt, PolicyName policy, Drill drill) {}

  /**
   * A drill that is started.
   *
   * @param reason why it is its turn
   */
  record Chosen(DrillId drillId, AttemptId set, InstanceId instanceId, String reason) {}

  /** An instance of which nothing is drilled although it is its turn, and why. */
  record Skipped(InstanceId instanceId, String reason) {}

  /**
   * The drills of a run.
   *
   * @param lanes drills that go on beside each other; those of a lane go one after the other
   * @param skipped some of those that were
   */
  record Choice(List<List<Chosen>> lanes, List<Skipped> skipped, String words) {}

  @Override
  protected String explain(Choice choice) {
    return choice.words();
  }

  @Override
  protected Choice handle(Input input) {
    Work work = input.work();
    List<Skipped> skipped = new ArrayList<>();
    List<InstanceId> instances = instances(work.policy());
    Map<InstanceId, DrilledGroup> drilled = ledger.drilled(work.policy(), instances);
    List<Candidate> candidates = candidates(work.policy(), instances, drilled, skipped);
    DrillRotation rotation =
        new DrillRotation(
            work.drill().every(), period(work), document(work.drill()), work.scheduledAt());
    List<Turn> due = rotation.due(candidates);
    List<Chosen> chosen = choose(work, due, rotation.share(candidates.size()), skipped);
    measurements.record(
        work.policy(), Map.of(Metric.UNDRILLED, (double) undrilled(rotation, drilled, skipped)));
    return new Choice(
        lanes(chosen, work.drill().limits().maxConcurrent()),
        skipped.stream().limit(MAX_TOLD).toList(),
        "%d of %d instances are drilled, the turn of %d has come, %d are skipped"
            .formatted(chosen.size(), candidates.size(), due.size(), skipped.size()));
  }

  /** Those whose time is over, and those that were passed over and of which nothing is known. */
  private static long undrilled(
      DrillRotation rotation, Map<InstanceId, DrilledGroup> drilled, List<Skipped> skipped) {
    Set<InstanceId> undrilled = new HashSet<>();
    drilled.values().stream()
        .filter(rotation::isOverdue)
        .map(DrilledGroup::instance)
        .forEach(undrilled::add);
    skipped.stream()
        .map(Skipped::instanceId)
        .filter(
            instance ->
                Optional.ofNullable(drilled.get(instance))
                    .flatMap(DrilledGroup::conclusive)
                    .isEmpty())
        .forEach(undrilled::add);
    return undrilled.size();
  }

  private static Duration period(Work work) {
    return FiringTimes.next(work.drill().schedule(), work.scheduledAt(), work.scheduledAt())
        .map(next -> Duration.between(work.scheduledAt(), next))
        .orElse(Duration.ofDays(1));
  }

  private Optional<String> document(Drill drill) {
    return drill.level() == Drill.Level.L0
        ? Optional.empty()
        : documents
            .inspectDrill(drill.document())
            .pin()
            .map(pin -> pin.sha256())
            .filter(hash -> !hash.isEmpty());
  }

  /** The best set of each instance: the newest that is application-consistent, else the newest. */
  private List<Candidate> candidates(
      PolicyName policy,
      List<InstanceId> instances,
      Map<InstanceId, DrilledGroup> drilled,
      List<Skipped> skipped) {
    List<Candidate> candidates = new ArrayList<>();
    for (InstanceId instance : instances) {
      best(policy, instance)
          .ifPresentOrElse(
              set ->
                  candidates.add(
                      new Candidate(
                          instance,
                          set.set(),
                          set.pointInTime(),
                          set.consistency().orElseThrow(),
                          Optional.ofNullable(drilled.get(instance)))),
              () -> skipped.add(new Skipped(instance, "it has no complete set that is judged")));
    }
    return candidates;
  }

  private List<InstanceId> instances(PolicyName policy) {
    List<InstanceId> instances = new ArrayList<>();
    Optional<GroupKey> after = Optional.empty();
    List<GroupKey> page;
    do {
      page = ledger.groups(after, PAGE);
      page.stream()
          .filter(group -> group.policy().equals(policy))
          .map(GroupKey::instance)
          .forEach(instances::add);
      after = page.isEmpty() ? after : Optional.of(page.get(page.size() - 1));
    } while (page.size() == PAGE);
    return instances;
  }

  private Optional<IndexedSnapshot> best(PolicyName policy, InstanceId instance) {
    Map<AttemptId, List<IndexedSnapshot>> sets =
        ledger.members(new GroupKey(policy, instance)).stream()
            .collect(
                Collectors.groupingBy(IndexedSnapshot::set, HashMap::new, Collectors.toList()));
    return sets.values().stream()
        .filter(ChooseDrillsTask::isComplete)
        .map(members -> members.get(0))
        .min(
            Comparator.comparing((IndexedSnapshot set) -> set.consistency().orElseThrow())
                .thenComparing(IndexedSnapshot::pointInTime, Comparator.reverseOrder())
                .thenComparing(IndexedSnapshot::set));
  }

  private static boolean isComplete(List<IndexedSnapshot> members) {
    return members.stream()
        .allMatch(
            member ->
                member.state().equals(Optional.of(SnapshotState.COMPLETED))
                    && member.consistency().isPresent()
                    && member.setSize().isPresent()
                    && member.setSize().getAsInt() == members.size());
  }

  private List<Chosen> choose(Work work, List<Turn> due, int share, List<Skipped> skipped) {
    Map<AttemptId, RestoreFacts> facts = new HashMap<>();
    Map<DrillId, DrillCost> spendings =
        new TreeMap<>(ledger.spendings(work.policy(), DrillRecord.month(work.scheduledAt())));
    List<Chosen> chosen = new ArrayList<>();
    int again = 0;
    for (int i = 0; i < due.size() && chosen.size() < MAX; i++) {
      Turn turn = due.get(i);
      if ((turn.again() ? again : chosen.size() - again) >= share) {
        continue;
      }
      Candidate candidate = turn.candidate();
      if (!facts.containsKey(candidate.set())) {
        // As many as may be drilled, not all that are due: a document that changed makes all due.
        facts.putAll(facts(due.subList(i, Math.min(i + FACTS, due.size()))));
      }
      DrillId id = DrillId.of(work.policy(), candidate.instance(), work.scheduledAt());
      Optional<String> against =
          against(work, id, Optional.ofNullable(facts.get(candidate.set())), candidate, spendings);
      if (against.isPresent()) {
        skipped.add(new Skipped(candidate.instance(), against.get()));
        continue;
      }
      again += turn.again() ? 1 : 0;
      chosen.add(new Chosen(id, candidate.set(), candidate.instance(), turn.reason()));
    }
    return chosen;
  }

  /** Of the sets of some turns; null of a set of which none are on record. */
  private Map<AttemptId, RestoreFacts> facts(List<Turn> turns) {
    Map<AttemptId, RestoreFacts> facts = new HashMap<>();
    turns.forEach(turn -> facts.put(turn.candidate().set(), null));
    ledger.facts(facts.keySet()).forEach(known -> facts.put(known.set(), known));
    return facts;
  }

  /** Why it is not drilled although it is its turn; what it may cost is taken otherwise. */
  private Optional<String> against(
      Work work,
      DrillId id,
      Optional<RestoreFacts> facts,
      Candidate candidate,
      Map<DrillId, DrillCost> spendings) {
    DrillPlanner.Planned planned =
        DrillPlanner.plan(work.drill(), candidate.pointInTime(), facts, Optional.empty(), host);
    if (planned instanceof DrillPlanner.Planned.Skipped skipped) {
      return Optional.of(skipped.reason());
    }
    DrillCost cost = ((DrillPlanner.Planned.Plan) planned).plan().cost();
    Optional<String> over = DrillBudget.refusal(spendings, id, cost, work.drill().limits());
    if (over.isEmpty()) {
      spendings.put(id, cost);
    }
    return over;
  }

  private static List<List<Chosen>> lanes(List<Chosen> chosen, int most) {
    List<List<Chosen>> lanes = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      if (i < most) {
        lanes.add(new ArrayList<>());
      }
      lanes.get(i % most).add(chosen.get(i));
    }
    return lanes;
  }
}
