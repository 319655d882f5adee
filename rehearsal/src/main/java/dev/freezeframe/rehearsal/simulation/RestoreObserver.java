package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SetHolder;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.drill.DrillId;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.run.EmbeddedCloud;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestorePlan.Creation;
import dev.freezeframe.restore.RestorePlan.Replacement;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoreRow.Status;
import dev.freezeframe.restore.RestoredVolume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Volume;

/** Watches restores while a simulation passes: at every call that matters, and at every start. */
public final class RestoreObserver {
  private static final Set<String> OF_VOLUMES =
      Set.of("ec2:DetachVolume", "ec2:AttachVolume", "ec2:CreateReplaceRootVolumeTask");

  private final ManualActions trail;
  private final List<String> halves = new ArrayList<>();
  private final List<String> touched = new ArrayList<>();
  private final List<String> fights = new ArrayList<>();
  private final List<String> deleted = new ArrayList<>();
  private EmbeddedCloud cloud;
  private Map<String, Volume> old = Map.of();

  RestoreObserver(ManualActions trail) {
    this.trail = trail;
  }

  void at(EmbeddedCloud given) {
    cloud = given;
    old =
        cloud.ec2().volumes().stream()
            .collect(Collectors.toMap(Volume::volumeId, Function.identity()));
    cloud.ec2().whenRunning(this::started);
  }

  void before(String action, Caller caller, String detail) {
    switch (action) {
      case "ec2:DeleteSnapshot" -> deleting(detail);
      case "ec2:DeleteVolume" -> {
        if (old.containsKey(detail)) {
          touched.add("expected %s to stay, found that %s deletes it".formatted(detail, caller));
        }
      }
      case "ec2:ModifyVolume" -> touched.add("expected no volume to be changed, found " + detail);
      case "ssm:SendCommand" -> {
        if (detail.contains("pre-script")) {
          freezing(caller);
        }
      }
      case "ec2:StopInstances" -> stopping(caller);
      default -> {
        if (OF_VOLUMES.contains(action)) {
          changing(caller, action);
        }
      }
    }
  }

  /** The lease of a set is looked at just before its snapshots go. */
  private void deleting(String snapshot) {
    SnapshotId id = new SnapshotId(snapshot);
    cloud.ledger().lives(List.of(id)).stream()
        .map(SnapshotHistory::row)
        .forEach(
            row ->
                cloud
                    .ledger()
                    .setLease(row.set(), now())
                    .filter(this::claimed)
                    .ifPresent(
                        holder ->
                            deleted.add(
                                "expected %s to stay while its set %s is %s, found it deleted at %s"
                                    .formatted(snapshot, row.set(), holder.words(), now()))));
  }

  /** One that is refused as it is claimed gives its lease back. */
  private boolean claimed(SetHolder holder) {
    return holder instanceof RestoreId restore
        ? cloud.ledger().restore(restore).filter(RestoreRow::open).isPresent()
        : cloud.ledger().drill(new DrillId(holder.value())).filter(DrillRow::open).isPresent();
  }

  private void freezing(Caller caller) {
    if (!caller.instanceId().isEmpty()) {
      cloud
          .ledger()
          .instanceLease(new InstanceId(caller.instanceId()), now())
          .ifPresent(
              restore ->
                  fights.add(
                      "expected no freeze of %s at %s, which %s holds, found a pre-script"
                          .formatted(caller.instanceId(), now(), restore)));
    }
  }

  private void stopping(Caller caller) {
    changing(caller, "ec2:StopInstances");
  }

  /** A restore changes its target; a backup that stops its own instance is no restore. */
  private void changing(Caller caller, String action) {
    open(caller)
        .flatMap(row -> cloud.ledger().restorePlan(row.id()))
        .filter(plan -> plan.request().to().disturbsInstance())
        .flatMap(RestorePlan::target)
        .filter(target -> cloud.ssm().guests().containsKey(target.value()))
        .filter(target -> cloud.ssm().guest(target.value()).frozen())
        .filter(target -> cloud.ec2().running(target.value()))
        .ifPresent(
            target ->
                fights.add(
                    "expected %s to be left while its guest is frozen, found %s at %s"
                        .formatted(target, action, now())));
  }

  private Optional<RestoreRow> open(Caller caller) {
    return cloud.ledger().restores(Simulation.START).stream()
        .filter(row -> row.execution().equals(caller.execution()))
        .findFirst();
  }

  /** An instance starts with all of a set and with nothing that it replaces, or with none of it. */
  private void started(String instance) {
    Set<String> attached = new TreeSet<>(cloud.ec2().volumesOf(instance));
    for (RestoreRow row : cloud.ledger().restores(Simulation.START)) {
      cloud
          .ledger()
          .restorePlan(row.id())
          .filter(plan -> plan.request().to() == Destination.IN_PLACE)
          .filter(plan -> plan.target().map(InstanceId::value).equals(Optional.of(instance)))
          .ifPresent(plan -> started(instance, attached, row, plan));
    }
  }

  private void started(String instance, Set<String> attached, RestoreRow row, RestorePlan plan) {
    Set<String> created = created(row);
    boolean any = created.stream().anyMatch(attached::contains);
    List<String> kept =
        plan.replaced().stream()
            .map(Replacement::volume)
            .map(Object::toString)
            .filter(attached::contains)
            .toList();
    boolean byHand =
        created.stream().anyMatch(volume -> !trail.stillAttached(volume, now()))
            || kept.stream().anyMatch(volume -> !trail.stillAttached(volume, now()));
    Set<String> others = replacedByOthers(row);
    boolean all =
        created.size() == plan.volumes().size()
            && created.stream()
                .filter(volume -> !others.contains(volume))
                .allMatch(attached::contains);
    if (any && !byHand && (!all || !kept.isEmpty())) {
      halves.add(
          "expected %s to start with all of the %d volumes of %s and none that they replace, found %s at %s"
              .formatted(instance, plan.volumes().size(), row.id(), attached, now()));
    }
  }

  /** What other restores put something else in the place of, as one of data volumes alone may. */
  private Set<String> replacedByOthers(RestoreRow row) {
    return cloud.ledger().restores(Simulation.START).stream()
        .filter(other -> !other.id().equals(row.id()))
        .flatMap(other -> cloud.ledger().restorePlan(other.id()).stream())
        .flatMap(plan -> plan.replaced().stream())
        .map(one -> one.volume().value())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> created(RestoreRow row) {
    return cloud.ledger().restoredVolumes(row.id()).stream()
        .flatMap(one -> one.volume().stream())
        .map(Object::toString)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Instant now() {
    return cloud.time().instant();
  }

  /** The instances that started with volumes of two times. */
  public List<String> halves() {
    return halves;
  }

  /** What was done to volumes that were there before. */
  public List<String> touched() {
    return touched;
  }

  /** Where a restore and a backup were at one guest. */
  public List<String> fights() {
    return fights;
  }

  /** The snapshots that were deleted while a restore held their set. */
  public List<String> deleted() {
    return deleted;
  }

  /** Every volume that was there at the start, as it was, by id. */
  public Map<String, Volume> old() {
    return old;
  }

  /** A restore with its plan and what it created. */
  public record Restored(RestoreRow row, Optional<RestorePlan> plan, List<RestoredVolume> volumes) {

    /** Whether it holds something of its own still. */
    public boolean undone() {
      return row.status() == Status.UNDONE || row.status() == Status.REFUSED;
    }

    /** The snapshots of its plan. */
    public Collection<SnapshotId> members() {
      return plan.map(RestorePlan::volumes).orElse(List.of()).stream()
          .map(Creation::snapshot)
          .toList();
    }
  }

  /** All restores. */
  public List<Restored> restores() {
    return cloud.ledger().restores(Simulation.START).stream()
        .map(
            row ->
                new Restored(
                    row,
                    cloud.ledger().restorePlan(row.id()),
                    cloud.ledger().restoredVolumes(row.id())))
        .toList();
  }
}
