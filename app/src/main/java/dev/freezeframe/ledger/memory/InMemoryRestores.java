package dev.freezeframe.ledger.memory;

import static java.util.Comparator.comparing;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SetHolder;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.ledger.RestoreConflicts;
import dev.freezeframe.restore.RestoreConflictException;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestoreLedger;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoreRow.Stage;
import dev.freezeframe.restore.RestoreRow.Status;
import dev.freezeframe.restore.RestoredVolume;
import dev.freezeframe.slot.SlotLedger;
import dev.freezeframe.stop.StopLedger;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The part of the ledger in memory that remembers restores. */
abstract class InMemoryRestores implements RestoreLedger, SlotLedger, StopLedger {
  private final Map<RestoreId, RestoreRow> restores = new TreeMap<>();
  private final Map<RestoreId, RestorePlan> plans = new HashMap<>();
  private final Map<RestoreId, List<RestoredVolume>> volumes = new HashMap<>();
  private final Map<AttemptId, Map<SetHolder, Instant>> setLeases = new HashMap<>();
  private final Map<InstanceId, InstanceLease> instanceLeases = new HashMap<>();
  private final Map<RestoreId, Turn> turns = new HashMap<>();

  /** When the undo of one began, or was last tried in vain. */
  private final Map<RestoreId, Instant> lastBegun = new HashMap<>();

  private record InstanceLease(RestoreId restore, Instant until) {}

  private record Turn(String who, Instant until) {}

  @Override
  public synchronized RestoreRow claimRestore(RestoreRow row, RestorePlan plan, Instant until) {
    if (!restores.containsKey(row.id())) {
      takeLeases(row.id(), plan, row.startedAt(), until);
      plans.put(row.id(), plan);
      volumes.put(
          row.id(),
          plan.volumes().stream()
              .map(
                  creation ->
                      new RestoredVolume(
                          row.id(), creation, Optional.empty(), Optional.empty(), Optional.empty()))
              .toList());
      restores.put(row.id(), row);
    }
    return restores.get(row.id());
  }

  private void takeLeases(RestoreId id, RestorePlan plan, Instant now, Instant until) {
    Optional<InstanceId> target =
        plan.target().filter(known -> plan.request().to().disturbsInstance());
    if (target.isPresent()) {
      Optional<RestoreId> other =
          instanceLease(target.get(), now).filter(holder -> !holder.equals(id));
      if (other.isPresent()) {
        throw RestoreConflicts.restored(target.get(), other.get());
      }
      Optional<String> backup = RestoreConflicts.backup(this, this, target.get(), now);
      if (backup.isPresent()) {
        giveBack(id, plan);
        throw new RestoreConflictException(backup.get());
      }
    }
    lease(id, plan, until);
  }

  private void lease(RestoreId id, RestorePlan plan, Instant until) {
    holdSet(plan.request().set(), id, until);
    if (plan.request().to().disturbsInstance()) {
      plan.target().ifPresent(target -> instanceLeases.put(target, new InstanceLease(id, until)));
    }
  }

  final void holdSet(AttemptId set, SetHolder holder, Instant until) {
    setLeases
        .computeIfAbsent(set, any -> new TreeMap<>(comparing(SetHolder::value)))
        .merge(holder, until, (one, other) -> one.isBefore(other) ? other : one);
  }

  final void giveSetBack(AttemptId set, SetHolder holder) {
    Optional.ofNullable(setLeases.get(set)).ifPresent(held -> held.remove(holder));
  }

  final Optional<Instant> heldUntil(AttemptId set, SetHolder holder) {
    return Optional.ofNullable(setLeases.getOrDefault(set, Map.of()).get(holder));
  }

  private void giveBack(RestoreId id, RestorePlan plan) {
    giveSetBack(plan.request().set(), id);
    plan.target()
        .ifPresent(
            target ->
                instanceLeases.computeIfPresent(
                    target, (key, lease) -> lease.restore().equals(id) ? null : lease));
  }

  @Override
  public synchronized RestoreRow recordRefused(RestoreRow row) {
    restores.putIfAbsent(row.id(), row);
    return restores.get(row.id());
  }

  @Override
  public synchronized Optional<RestorePlan> restorePlan(RestoreId id) {
    return Optional.ofNullable(plans.get(id));
  }

  @Override
  public synchronized Optional<RestoreRow> restore(RestoreId id) {
    return Optional.ofNullable(restores.get(id));
  }

  @Override
  public synchronized List<RestoreRow> restores(Instant since) {
    return restores.values().stream()
        .filter(row -> !lastBegun.getOrDefault(row.id(), row.startedAt()).isBefore(since))
        .sorted(comparing(RestoreRow::startedAt).thenComparing(RestoreRow::id).reversed())
        .toList();
  }

  @Override
  public synchronized List<RestoredVolume> restoredVolumes(RestoreId id) {
    return volumes.getOrDefault(id, List.of());
  }

  @Override
  public synchronized void recordCreated(RestoreId id, SnapshotId snapshot, VolumeId volume) {
    change(
        id,
        snapshot,
        row ->
            new RestoredVolume(
                id,
                row.creation(),
                row.volume().or(() -> Optional.of(volume)),
                row.attachedTo(),
                row.gone()));
  }

  @Override
  public synchronized void recordAttaching(RestoreId id, SnapshotId snapshot, InstanceId instance) {
    change(
        id,
        snapshot,
        row ->
            new RestoredVolume(
                id, row.creation(), row.volume(), Optional.of(instance), row.gone()));
  }

  @Override
  public synchronized void recordGone(RestoreId id, SnapshotId snapshot, String why) {
    change(
        id,
        snapshot,
        row ->
            new RestoredVolume(
                id,
                row.creation(),
                row.volume(),
                row.attachedTo(),
                row.gone().or(() -> Optional.of(why))));
  }

  private void change(RestoreId id, SnapshotId snapshot, UnaryOperator<RestoredVolume> how) {
    volumes.computeIfPresent(
        id,
        (key, rows) ->
            rows.stream()
                .map(row -> row.creation().snapshot().equals(snapshot) ? how.apply(row) : row)
                .toList());
  }

  @Override
  public synchronized Optional<RestoreRow> beginUndo(RestoreId id, Instant at, Instant until) {
    RestoreRow row = restores.get(id);
    if (row == null) {
      return Optional.empty();
    }
    Optional<RestorePlan> plan = restorePlan(id);
    if (row.open() && row.undoing()) {
      if (plan.isPresent() && (!holdsTarget(id, plan.get(), at) || !keepLeases(id, at, until))) {
        takeLeases(id, plan.get(), at, until);
      }
      return Optional.of(row);
    }
    plan.ifPresent(known -> takeLeases(id, known, at, until));
    Map<Stage, Instant> reached = new EnumMap<>(Stage.class);
    reached.putAll(row.reached());
    reached.put(Stage.UNDOING, at);
    lastBegun.put(id, at);
    put(row, Status.RUNNING, row.reason(), reached, row.launched(), row.image(), Optional.empty());
    return restore(id);
  }

  @Override
  public synchronized void recordStage(RestoreId id, Stage stage, Instant at) {
    restore(id)
        .ifPresent(
            row -> {
              Map<Stage, Instant> reached = new EnumMap<>(Stage.class);
              reached.put(stage, at);
              reached.putAll(row.reached());
              put(
                  row,
                  row.status(),
                  row.reason(),
                  reached,
                  row.launched(),
                  row.image(),
                  row.endedAt());
            });
  }

  @Override
  public synchronized void recordImage(RestoreId id, Optional<String> image) {
    restore(id)
        .ifPresent(
            row ->
                put(
                    row,
                    row.status(),
                    row.reason(),
                    row.reached(),
                    row.launched(),
                    image,
                    row.endedAt()));
  }

  @Override
  public synchronized void recordLaunched(RestoreId id, InstanceId instance) {
    restore(id)
        .ifPresent(
            row ->
                put(
                    row,
                    row.status(),
                    row.reason(),
                    row.reached(),
                    row.launched().or(() -> Optional.of(instance)),
                    row.image(),
                    row.endedAt()));
  }

  private void put(
      RestoreRow row,
      Status status,
      String reason,
      Map<Stage, Instant> reached,
      Optional<InstanceId> launched,
      Optional<String> image,
      Optional<Instant> endedAt) {
    restores.put(
        row.id(),
        new RestoreRow(
            row.id(),
            row.request(),
            row.hash(),
            row.execution(),
            row.startedAt(),
            status,
            reason,
            reached,
            launched,
            image,
            endedAt));
  }

  @Override
  public synchronized boolean keepLeases(RestoreId id, Instant now, Instant until) {
    RestorePlan plan = plans.get(id);
    if (plan == null) {
      return false;
    }
    boolean taken =
        plan.request().to().disturbsInstance()
            && plan.target()
                .flatMap(target -> instanceLease(target, now))
                .filter(holder -> !holder.equals(id))
                .isPresent();
    if (!taken) {
      lease(id, plan, until);
    }
    return !taken;
  }

  @Override
  public synchronized RestoreRow recordRestoreEnded(
      RestoreId id, Status status, String reason, Instant at) {
    RestoreRow row = restores.get(id);
    if (row == null) {
      throw new IllegalStateException(
          "end of %s: expected a restore on record, found none".formatted(id));
    }
    boolean later = row.endedAt().filter(before -> before.isAfter(at)).isEmpty();
    boolean allowed =
        status == Status.SUCCEEDED ? !row.undoing() : row.status() != Status.SUCCEEDED;
    if (later && allowed) {
      put(row, status, reason, row.reached(), row.launched(), row.image(), Optional.of(at));
    }
    if (!restores.get(id).open()) {
      restorePlan(id).ifPresent(plan -> giveBack(id, plan));
    }
    return restores.get(id);
  }

  @Override
  public synchronized RestoreRow recordNotUndone(RestoreId id, String reason, Instant at) {
    RestoreRow row = restores.get(id);
    if (row == null) {
      throw new IllegalStateException(
          "undo of %s: expected a restore on record, found none".formatted(id));
    }
    if (row.open()) {
      lastBegun.put(id, at);
      put(row, Status.FAILED, reason, row.reached(), row.launched(), row.image(), Optional.empty());
      recordStage(id, Stage.UNDOING, at);
    }
    return restores.get(id);
  }

  @Override
  public synchronized boolean takeTurn(RestoreId id, String who, Instant now, Instant until) {
    Turn held = turns.get(id);
    boolean free = held == null || !held.until().isAfter(now) || held.who().equals(who);
    if (free) {
      turns.put(id, new Turn(who, until));
    }
    return free;
  }

  @Override
  public synchronized void giveTurn(RestoreId id, String who) {
    turns.computeIfPresent(id, (key, held) -> held.who().equals(who) ? null : held);
  }

  @Override
  public synchronized Optional<Instant> leasedUntil(RestoreRow row) {
    return heldUntil(row.request().set(), row.id());
  }

  @Override
  public synchronized Map<AttemptId, SetHolder> setLeases(Instant now) {
    Map<AttemptId, SetHolder> held = new HashMap<>();
    setLeases.keySet().forEach(set -> setLease(set, now).ifPresent(id -> held.put(set, id)));
    return held;
  }

  @Override
  public synchronized Optional<SetHolder> setLease(AttemptId set, Instant now) {
    return setLeases.getOrDefault(set, Map.of()).entrySet().stream()
        .filter(lease -> lease.getValue().isAfter(now))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  @Override
  public synchronized Optional<RestoreId> instanceLease(InstanceId instance, Instant now) {
    return Optional.ofNullable(instanceLeases.get(instance))
        .filter(lease -> lease.until().isAfter(now))
        .map(InstanceLease::restore);
  }
}
