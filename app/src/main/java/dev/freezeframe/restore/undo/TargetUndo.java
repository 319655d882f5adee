package dev.freezeframe.restore.undo;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RateLimiter;
import dev.freezeframe.common.Sleeper;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestoreFailedException;
import dev.freezeframe.restore.RestoreLedger;
import dev.freezeframe.restore.RestoreLostException;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestorePlan.Replacement;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoreRow.Stage;
import dev.freezeframe.restore.RestoredVolume;
import dev.freezeframe.restore.ec2.Ec2Volumes;
import dev.freezeframe.restore.ec2.Launches;
import dev.freezeframe.restore.ec2.NewRoot;
import dev.freezeframe.restore.ec2.VolumeView;
import dev.freezeframe.restore.ec2.Volumes;
import dev.freezeframe.stop.InstancePower;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts the target of a restore back, a look and a step at a time; who does it asks again. */
public final class TargetUndo {
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final Duration START = Duration.ofSeconds(20);

  /** No function that undoes runs longer; and the next sweep comes later. */
  private static final Duration TURN = Duration.ofMinutes(4);

  /**
   * AttachVolume and DetachVolume share 5 calls a second with every other call that changes
   * instances.
   */
  private static final double PER_SECOND = 2;

  private final RestoreLedger ledger;
  private final Volumes volumes;
  private final Launches launches;
  private final InstancePower power;
  private final Clock clock;
  private final RateLimiter pace;

  public TargetUndo(
      RestoreLedger ledger,
      Volumes volumes,
      Launches launches,
      InstancePower power,
      Clock clock,
      Sleeper pause) {
    this.ledger = ledger;
    this.volumes = volumes;
    this.launches = launches;
    this.power = power;
    this.clock = clock;
    this.pace = new RateLimiter(clock, pause, PER_SECOND);
  }

  /**
   * Looks, and does what follows, while nobody else does.
   *
   * @param who does it
   * @throws RestoreFailedException if it cannot be put back now
   * @throws RestoreLostException if it never can
   */
  public UndoProgress step(RestoreRow row, RestorePlan plan, String who) {
    Optional<InstanceId> target = plan.target().filter(id -> plan.request().to().changesInstance());
    if (target.isEmpty()) {
      return UndoProgress.done("no instance was changed");
    }
    Instant now = clock.instant();
    if (!ledger.takeTurn(row.id(), who, now, now.plus(TURN))) {
      return UndoProgress.waiting(
          LOOK, "another function is putting %s back".formatted(target.get()));
    }
    UndoProgress progress = step(row, plan, target.get());
    ledger.giveTurn(row.id(), who);
    return progress;
  }

  private UndoProgress step(RestoreRow row, RestorePlan plan, InstanceId target) {
    TargetFacts facts = facts(row, plan, target);
    if (facts.runsWithCreated(target)) {
      // The restore may have broken off before it saw that: what it wrote since has to be kept.
      ledger.recordStage(row.id(), Stage.RUNNING, clock.instant());
    }
    UndoStep step = UndoDecision.next(facts);
    if (step instanceof UndoStep.Done done) {
      return UndoProgress.done(done.words());
    }
    if (step instanceof UndoStep.Stuck stuck) {
      throw new RestoreFailedException(stuck.words());
    }
    if (step instanceof UndoStep.Lost lost) {
      throw new RestoreLostException(lost.words());
    }
    if (step instanceof UndoStep.Wait wait) {
      return UndoProgress.waiting(LOOK, wait.words());
    }
    return act(row, target, step);
  }

  private TargetFacts facts(RestoreRow row, RestorePlan plan, InstanceId target) {
    Map<VolumeId, VolumeView> found = new TreeMap<>();
    Set<VolumeId> created = new TreeSet<>();
    volumes.of(row.id()).forEach(view -> found.put(view.id(), view));
    List<RestoredVolume> rows = ledger.restoredVolumes(row.id());
    for (RestoredVolume one : rows) {
      one.volume()
          .or(
              () ->
                  found.values().stream()
                      .filter(view -> Leftovers.isOf(one, view))
                      .map(VolumeView::id)
                      .findFirst())
          .or(() -> newRoot(row, one, plan, target, found))
          .ifPresent(created::add);
    }
    Set<VolumeId> unknown =
        Stream.concat(created.stream(), plan.replaced().stream().map(Replacement::volume))
            .filter(id -> !found.containsKey(id))
            .collect(Collectors.toSet());
    found.putAll(volumes.find(unknown));
    if (plan.request().to() == Destination.ROOT) {
      rows.forEach(one -> tagRoot(row, one, found));
    }
    return new TargetFacts(
        plan,
        row,
        power.look(target).map(InstancePower.PowerState::name),
        plan.request().to() == Destination.ROOT
            ? launches.rootTask(row.id(), target)
            : Optional.empty(),
        created,
        found);
  }

  /**
   * EC2 tags no volume that its task creates: it is put on record and tagged as soon as it is seen.
   */
  private Optional<VolumeId> newRoot(
      RestoreRow row,
      RestoredVolume one,
      RestorePlan plan,
      InstanceId target,
      Map<VolumeId, VolumeView> found) {
    if (plan.request().to() != Destination.ROOT) {
      return Optional.empty();
    }
    Optional<VolumeView> root = NewRoot.of(plan, volumes.attachedTo(target));
    root.ifPresent(
        view -> {
          found.put(view.id(), view);
          ledger.recordCreated(row.id(), one.creation().snapshot(), view.id());
          if (!view.of(row.id())) {
            volumes.tag(List.of(view.id()), Ec2Volumes.tags(row.id(), one.creation()));
          }
        });
    return root.map(VolumeView::id);
  }

  /** One that was put on record before it was tagged: without the tag nothing ever deletes it. */
  private void tagRoot(RestoreRow row, RestoredVolume one, Map<VolumeId, VolumeView> found) {
    one.volume()
        .flatMap(id -> Optional.ofNullable(found.get(id)))
        .filter(view -> Leftovers.isOf(one, view) && !view.ended() && !view.of(row.id()))
        .ifPresent(
            view -> volumes.tag(List.of(view.id()), Ec2Volumes.tags(row.id(), one.creation())));
  }

  private UndoProgress act(RestoreRow row, InstanceId target, UndoStep step) {
    if (step instanceof UndoStep.Stop) {
      // On record before it is ordered: the next look starts it again.
      ledger.recordStage(row.id(), Stage.STOPPING, clock.instant());
      power.stop(target, false);
      return UndoProgress.waiting(START, "%s is stopped".formatted(target));
    }
    if (step instanceof UndoStep.Detach detach) {
      for (VolumeId volume : detach.volumes()) {
        pace.await();
        volumes.detach(volume, target);
      }
      return UndoProgress.waiting(
          LOOK, "%d volumes are detached from %s".formatted(detach.volumes().size(), target));
    }
    if (step instanceof UndoStep.Attach attach) {
      for (Replacement old : attach.volumes()) {
        pace.await();
        volumes.attach(old.volume(), target, old.device());
      }
      return UndoProgress.waiting(
          LOOK, "%d volumes are attached to %s".formatted(attach.volumes().size(), target));
    }
    if (step instanceof UndoStep.SetFlags flags) {
      volumes.goWithInstance(target, flags.flags());
      return UndoProgress.waiting(LOOK, "what goes with %s is set as it was".formatted(target));
    }
    power.start(target);
    return UndoProgress.waiting(START, "%s is started".formatted(target));
  }
}
