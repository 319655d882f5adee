package dev.freezeframe.operator.evidence;

import static java.util.stream.Collectors.groupingBy;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.Verdict;
import dev.freezeframe.drill.DrillCost;
import dev.freezeframe.drill.DrillEnd;
import dev.freezeframe.drill.DrillPlan;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillVerdict;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.IndexedSnapshot;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.operator.evidence.Evidence.InstanceProof;
import dev.freezeframe.operator.evidence.Evidence.ProofState;
import dev.freezeframe.operator.evidence.Evidence.TestedSet;
import dev.freezeframe.operator.evidence.Evidence.TestedVolume;
import dev.freezeframe.operator.evidence.Evidence.Totals;
import dev.freezeframe.operator.evidence.Evidence.UnderWay;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Reads the evidence of drills from the ledger. It writes nothing. */
public final class EvidenceReader {
  private static final int PAGE = 1000;

  private final Ledger ledger;
  private final String source;
  private final Instant now;
  private final Consumer<Supplier<String>> progress;

  /**
   * A reader.
   *
   * @param source as the evidence is to call it
   * @param progress is told often, and asks for the words if it is time to say them
   */
  public EvidenceReader(
      Ledger ledger, String source, Instant now, Consumer<Supplier<String>> progress) {
    this.ledger = ledger;
    this.source = source;
    this.now = now;
    this.progress = progress;
  }

  /**
   * Of the drills that began on these days, in UTC, the last one included. All that the ledger has
   * are read: what proves an instance may be older.
   */
  public Evidence read(LocalDate from, LocalDate to) {
    Instant begin = from.atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant end = to.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant asOf = end.isBefore(now) ? end : now;
    List<DrillRow> rows =
        oldestFirst(ledger.drills(Instant.EPOCH)).stream()
            .filter(row -> row.startedAt().isBefore(asOf))
            .toList();
    List<DrillRow> inTime = rows.stream().filter(row -> !row.startedAt().isBefore(begin)).toList();
    List<DrillEvidence> drills = drills(inTime);
    List<InstanceProof> instances = instances(rows, asOf);
    return new Evidence(
        source,
        from,
        to,
        now,
        asOf,
        totals(inTime, instances),
        drills,
        inTime.stream()
            .filter(DrillRow::open)
            .map(
                row ->
                    new UnderWay(
                        row.id(), row.order().policy(), row.order().instance(), row.startedAt()))
            .toList(),
        instances);
  }

  /**
   * Of which instances a restore is proved now, and of which it is not, in a sentence each; nothing
   * where no drill is on record.
   */
  public List<String> inShort() {
    List<DrillRow> rows = ledger.drills(Instant.EPOCH);
    return rows.isEmpty() ? List.of() : InstanceProofs.inShort(instances(oldestFirst(rows), now));
  }

  /** Of one drill; empty: it has not ended. */
  Optional<DrillEvidence> of(DrillRow row) {
    return row.open() ? Optional.empty() : Optional.of(DrillEvidence.of(row, set(row)));
  }

  private static List<DrillRow> oldestFirst(List<DrillRow> rows) {
    return rows.stream()
        .sorted(Comparator.comparing(DrillRow::startedAt).thenComparing(DrillRow::id))
        .toList();
  }

  private List<DrillEvidence> drills(List<DrillRow> rows) {
    List<DrillEvidence> drills = new ArrayList<>();
    for (DrillRow row : rows) {
      if (!row.open()) {
        drills.add(DrillEvidence.of(row, set(row)));
        progress.accept(() -> "drills read: %,d of %,d".formatted(drills.size(), rows.size()));
      }
    }
    return drills;
  }

  private TestedSet set(DrillRow row) {
    List<TestedVolume> volumes =
        row.plan().map(DrillPlan::members).orElse(List.of()).stream()
            .map(
                member ->
                    new TestedVolume(
                        member.snapshot(),
                        member.original(),
                        Optional.ofNullable(row.found().volumes().get(member.snapshot())),
                        member.device(),
                        member.sizeGiB()))
            .toList();
    AttemptId set = row.order().set();
    Optional<SnapshotRow> judged =
        ledger.lives(snapshots(row)).stream()
            .map(SnapshotHistory::row)
            .filter(known -> known.set().equals(set) && known.consistency().isPresent())
            .findFirst();
    return new TestedSet(
        set,
        row.plan().map(DrillPlan::pointInTime),
        judged.map(known -> words(known.consistency().orElseThrow(), known)),
        judged.flatMap(SnapshotRow::reason),
        volumes,
        row.plan().map(DrillPlan::excluded).orElse(List.of()));
  }

  private static String words(Consistency consistency, SnapshotRow row) {
    return Verdict.words(consistency, row.proof());
  }

  /** At level L0 a plan names none. */
  private List<SnapshotId> snapshots(DrillRow row) {
    List<SnapshotId> planned =
        row.plan().map(DrillPlan::members).orElse(List.of()).stream()
            .map(DrillPlan.Member::snapshot)
            .toList();
    return planned.isEmpty()
        ? ledger.members(new GroupKey(row.order().policy(), row.order().instance())).stream()
            .filter(member -> member.set().equals(row.order().set()))
            .map(IndexedSnapshot::snapshot)
            .limit(1)
            .toList()
        : planned.subList(0, 1);
  }

  private List<InstanceProof> instances(List<DrillRow> rows, Instant asOf) {
    Map<GroupKey, List<DrillRow>> drilled =
        rows.stream()
            .collect(groupingBy(row -> new GroupKey(row.order().policy(), row.order().instance())));
    Map<PolicyName, Duration> every = new TreeMap<>();
    rows.forEach(row -> every.put(row.order().policy(), row.order().drill().every()));
    Map<PolicyName, List<InstanceId>> groups = groups(asOf);
    List<InstanceProof> proofs = new ArrayList<>();
    groups.forEach(
        (policy, instances) -> {
          for (InstanceId instance : instances) {
            GroupKey group = new GroupKey(policy, instance);
            proofs.add(
                InstanceProofs.of(
                    group,
                    drilled.getOrDefault(group, List.of()),
                    Optional.ofNullable(every.get(policy)),
                    asOf));
          }
        });
    return proofs;
  }

  /** The instances of each policy that had a set by then, in order. */
  private Map<PolicyName, List<InstanceId>> groups(Instant asOf) {
    Map<PolicyName, List<InstanceId>> groups = new TreeMap<>();
    Optional<GroupKey> after = Optional.empty();
    List<GroupKey> page;
    int read = 0;
    do {
      page = ledger.groups(after, PAGE);
      for (GroupKey group : page) {
        if (ledger.members(group).stream().anyMatch(set -> set.pointInTime().isBefore(asOf))) {
          groups.computeIfAbsent(group.policy(), any -> new ArrayList<>()).add(group.instance());
        }
        int told = ++read;
        progress.accept(() -> "instances whose sets are read: %,d".formatted(told));
      }
      after = page.isEmpty() ? after : Optional.of(page.get(page.size() - 1));
    } while (page.size() == PAGE);
    groups.values().forEach(instances -> instances.sort(Comparator.naturalOrder()));
    return groups;
  }

  private static Totals totals(List<DrillRow> rows, List<InstanceProof> instances) {
    Map<DrillVerdict, Integer> verdicts = new EnumMap<>(DrillVerdict.class);
    for (DrillVerdict verdict : DrillVerdict.values()) {
      verdicts.put(verdict, 0);
    }
    Map<ProofState, Integer> states = new EnumMap<>(ProofState.class);
    for (ProofState state : ProofState.values()) {
      states.put(state, 0);
    }
    List<DrillRow> ended = rows.stream().filter(row -> !row.open()).toList();
    DrillCost cost = DrillCost.NONE;
    for (DrillRow row : ended) {
      DrillEnd end = row.end().orElseThrow();
      verdicts.merge(end.verdict(), 1, Integer::sum);
      cost = cost.plus(end.cost());
    }
    instances.forEach(proof -> states.merge(proof.state(), 1, Integer::sum));
    long drilled =
        ended.stream()
            .filter(row -> row.end().orElseThrow().verdict() != DrillVerdict.SKIPPED)
            .map(row -> row.order().instance())
            .distinct()
            .count();
    return new Totals(ended.size(), (int) drilled, verdicts, cost.dollars(), states);
  }
}
