package dev.freezeframe.ledger.memory;

import static java.util.Comparator.comparing;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.drill.DrillCheck;
import dev.freezeframe.drill.DrillCommand;
import dev.freezeframe.drill.DrillCost;
import dev.freezeframe.drill.DrillEnd;
import dev.freezeframe.drill.DrillId;
import dev.freezeframe.drill.DrillLedger;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillRow.Found;
import dev.freezeframe.drill.DrillStage;
import dev.freezeframe.drill.DrillTrouble;
import dev.freezeframe.drill.DrilledGroup;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The part of the ledger in memory that remembers drills. */
abstract class InMemoryDrills extends InMemoryRestores implements DrillLedger {
  private final Map<DrillId, DrillRow> drills = new TreeMap<>();
  private final Map<Month, Map<DrillId, DrillCost>> spendings = new HashMap<>();
  private final Map<Group, DrilledGroup> groups = new HashMap<>();

  private record Month(PolicyName policy, YearMonth month) {}

  private record Group(PolicyName policy, InstanceId instance) {}

  @Override
  public synchronized DrillRow claimDrill(DrillRow row, Instant until) {
    if (!drills.containsKey(row.id())) {
      holdSet(row.order().set(), row.id(), until);
      drills.put(row.id(), row);
    }
    return drills.get(row.id());
  }

  @Override
  public synchronized Optional<DrillRow> drill(DrillId id) {
    return Optional.ofNullable(drills.get(id));
  }

  @Override
  public synchronized List<DrillRow> drills(Instant since) {
    return drills.values().stream()
        .filter(row -> !row.startedAt().isBefore(since))
        .sorted(comparing(DrillRow::startedAt).thenComparing(DrillRow::id).reversed())
        .toList();
  }

  @Override
  public synchronized void recordStage(DrillId id, DrillStage stage, Instant at) {
    drills.computeIfPresent(
        id,
        (key, row) -> {
          Map<DrillStage, Instant> reached = new EnumMap<>(DrillStage.class);
          reached.put(stage, at);
          reached.putAll(row.reached());
          return with(row, reached, row.found(), row.end());
        });
  }

  private void find(DrillId id, UnaryOperator<Found> more) {
    drills.computeIfPresent(
        id, (key, row) -> with(row, row.reached(), more.apply(row.found()), row.end()));
  }

  private static DrillRow with(
      DrillRow row, Map<DrillStage, Instant> reached, Found found, Optional<DrillEnd> end) {
    return new DrillRow(
        row.id(), row.order(), row.execution(), row.startedAt(), row.plan(), reached, found, end);
  }

  @Override
  public synchronized void recordAttempt(DrillId id, int attempt) {
    find(
        id,
        found ->
            new Found(
                found.instance(),
                found.image(),
                Math.max(found.attempt(), attempt),
                found.volumes(),
                found.checks(),
                found.trouble()));
  }

  @Override
  public synchronized void recordDrillInstance(DrillId id, InstanceId instance, String image) {
    find(
        id,
        found ->
            new Found(
                Optional.of(instance),
                Optional.of(image),
                found.attempt(),
                found.volumes(),
                found.checks(),
                found.trouble()));
  }

  @Override
  public synchronized void recordDrillVolumes(DrillId id, Map<SnapshotId, VolumeId> volumes) {
    find(
        id,
        found ->
            new Found(
                found.instance(),
                found.image(),
                found.attempt(),
                found.volumes().isEmpty() ? volumes : found.volumes(),
                found.checks(),
                found.trouble()));
  }

  @Override
  public synchronized void recordCheck(DrillId id, DrillCommand command, DrillCheck check) {
    find(
        id,
        found -> {
          Map<DrillCommand, DrillCheck> checks = new EnumMap<>(DrillCommand.class);
          checks.put(command, check);
          checks.putAll(found.checks());
          return new Found(
              found.instance(),
              found.image(),
              found.attempt(),
              found.volumes(),
              checks,
              found.trouble());
        });
  }

  @Override
  public synchronized void recordTrouble(DrillId id, DrillTrouble trouble) {
    find(
        id,
        found ->
            new Found(
                found.instance(),
                found.image(),
                found.attempt(),
                found.volumes(),
                found.checks(),
                found.trouble().or(() -> Optional.of(trouble))));
  }

  @Override
  public synchronized void keepDrillLease(DrillId id, Instant until) {
    drill(id).filter(DrillRow::open).ifPresent(row -> holdSet(row.order().set(), id, until));
  }

  @Override
  public synchronized Optional<Instant> drillLeasedUntil(DrillRow row) {
    return heldUntil(row.order().set(), row.id());
  }

  @Override
  public synchronized DrillRow recordDrillEnded(DrillId id, DrillEnd end) {
    DrillRow row =
        drill(id)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "end of %s: expected a drill on record, found none".formatted(id)));
    if (row.open()) {
      drills.put(id, with(row, row.reached(), row.found(), Optional.of(end)));
    }
    DrillRow ended = drills.get(id);
    Group group = new Group(row.order().policy(), row.order().instance());
    DrilledGroup.with(Optional.ofNullable(groups.get(group)), ended)
        .ifPresent(after -> groups.put(group, after));
    giveSetBack(row.order().set(), id);
    return ended;
  }

  @Override
  public synchronized void recordSpending(
      PolicyName policy, YearMonth month, DrillId id, DrillCost cost) {
    spendings.computeIfAbsent(new Month(policy, month), any -> new TreeMap<>()).put(id, cost);
  }

  @Override
  public synchronized void withdrawSpending(PolicyName policy, YearMonth month, DrillId id) {
    spendings.getOrDefault(new Month(policy, month), new TreeMap<>()).remove(id);
  }

  @Override
  public synchronized Map<DrillId, DrillCost> spendings(PolicyName policy, YearMonth month) {
    return new TreeMap<>(spendings.getOrDefault(new Month(policy, month), Map.of()));
  }

  @Override
  public synchronized Optional<DrilledGroup> drilledGroup(PolicyName policy, InstanceId instance) {
    return Optional.ofNullable(groups.get(new Group(policy, instance)));
  }

  @Override
  public synchronized Map<InstanceId, DrilledGroup> drilled(
      PolicyName policy, Collection<InstanceId> instances) {
    Map<InstanceId, DrilledGroup> drilled = new HashMap<>();
    instances.forEach(
        instance ->
            Optional.ofNullable(groups.get(new Group(policy, instance)))
                .ifPresent(group -> drilled.put(instance, group)));
    return drilled;
  }
}
