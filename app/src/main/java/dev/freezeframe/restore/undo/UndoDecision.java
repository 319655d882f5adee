package dev.freezeframe.restore.undo;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestorePlan.Replacement;
import dev.freezeframe.restore.RestoreRow.Stage;
import dev.freezeframe.restore.ec2.VolumeView;
import dev.freezeframe.restore.ec2.VolumeView.Attachment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides what is done next to put a target back as it was: new volumes are detached, old ones
 * attached under their devices with their flags, and an instance that the restore stopped is
 * started. No instance is started with volumes of both.
 */
public final class UndoDecision {
  private static final Set<String> UNDER_WAY = Set.of("pending", "in-progress", "failing");

  private final TargetFacts facts;
  private final InstanceId target;

  private UndoDecision(TargetFacts facts, InstanceId target) {
    this.facts = facts;
    this.target = target;
  }

  /** The next step. */
  public static UndoStep next(TargetFacts facts) {
    Optional<InstanceId> target = facts.plan().target();
    if (target.isEmpty() || !facts.plan().request().to().changesInstance()) {
      return new UndoStep.Done("no instance was changed");
    }
    if (facts.state().isEmpty() || Set.of("terminated", "shutting-down").contains(state(facts))) {
      return new UndoStep.Done("%s is gone".formatted(target.get()));
    }
    return new UndoDecision(facts, target.get()).next();
  }

  private static String state(TargetFacts facts) {
    return facts.state().orElse("gone");
  }

  private UndoStep next() {
    if (facts.rootTask().filter(UNDER_WAY::contains).isPresent()) {
      return new UndoStep.Wait("EC2 is still replacing the root");
    }
    List<VolumeId> attached = facts.created().stream().filter(this::isAttached).sorted().toList();
    List<Replacement> missing =
        facts.plan().replaced().stream().filter(old -> !isInPlace(old)).toList();
    if (facts.plan().request().to() == Destination.INSTANCE) {
      return attached.isEmpty()
          ? new UndoStep.Done("%s has none of its volumes".formatted(target))
          : detach(attached);
    }
    Optional<UndoStep> lost = lost(missing);
    if (lost.isPresent()) {
      return lost.get();
    }
    if (attached.isEmpty() && missing.isEmpty()) {
      return settled();
    }
    return switch (state(facts)) {
      case "running" -> new UndoStep.Stop();
      case "stopped" -> attached.isEmpty() ? attach(missing) : detach(attached);
      default -> new UndoStep.Wait("%s is %s".formatted(target, state(facts)));
    };
  }

  private boolean isAttached(VolumeId volume) {
    return Optional.ofNullable(facts.volumes().get(volume))
        .flatMap(view -> view.on(target))
        .isPresent();
  }

  private boolean isInPlace(Replacement old) {
    return Optional.ofNullable(facts.volumes().get(old.volume()))
        .flatMap(view -> view.on(target))
        .filter(Attachment::settled)
        .filter(on -> on.device().equals(old.device()))
        .isPresent();
  }

  /** Before anything is stopped or detached for it. */
  private Optional<UndoStep> lost(List<Replacement> missing) {
    for (Replacement old : missing) {
      VolumeView view = facts.volumes().get(old.volume());
      if (view == null || view.ended() || view.state().equals("error")) {
        return Optional.of(
            new UndoStep.Lost(
                "%s, which was %s of %s, is gone".formatted(old.volume(), old.device(), target)));
      }
      Optional<Attachment> elsewhere =
          view.attachments().stream().filter(on -> !on.instance().equals(target)).findFirst();
      if (elsewhere.isPresent()) {
        return Optional.of(
            new UndoStep.Stuck(
                "%s, which was %s of %s, is attached to %s"
                    .formatted(old.volume(), old.device(), target, elsewhere.get().instance())));
      }
    }
    return Optional.empty();
  }

  private UndoStep detach(List<VolumeId> attached) {
    List<VolumeId> ready =
        attached.stream()
            .filter(
                volume ->
                    facts.volumes().get(volume).on(target).filter(Attachment::settled).isPresent())
            .toList();
    if (!ready.isEmpty()) {
      return new UndoStep.Detach(ready);
    }
    return attached.stream()
        .filter(this::isBusy)
        .findFirst()
        .map(
            volume ->
                new UndoStep.Wait(
                    "%s is in use in the guest of %s; unmount it there, and it is detached"
                        .formatted(volume, target)))
        .orElseGet(() -> new UndoStep.Wait("%s detached from %s".formatted(are(attached), target)));
  }

  /** EC2 took its detachment, and the guest still holds on to it. */
  private boolean isBusy(VolumeId volume) {
    return facts
        .volumes()
        .get(volume)
        .on(target)
        .filter(on -> on.state().equals("busy"))
        .isPresent();
  }

  private UndoStep attach(List<Replacement> missing) {
    List<Replacement> ready =
        missing.stream().filter(old -> facts.volumes().get(old.volume()).available()).toList();
    if (!ready.isEmpty()) {
      return new UndoStep.Attach(ready);
    }
    Optional<Replacement> misplaced =
        missing.stream()
            .filter(
                old ->
                    facts
                        .volumes()
                        .get(old.volume())
                        .on(target)
                        .filter(Attachment::settled)
                        .isPresent())
            .findFirst();
    return misplaced
        .<UndoStep>map(old -> new UndoStep.Detach(List.of(old.volume())))
        .orElseGet(
            () ->
                new UndoStep.Wait(
                    "%s attached to %s"
                        .formatted(
                            are(missing.stream().map(Replacement::volume).toList()), target)));
  }

  private static String are(List<VolumeId> volumes) {
    return volumes.size() == 1
        ? "%s is being".formatted(volumes.get(0))
        : "%d volumes are being".formatted(volumes.size());
  }

  /** EC2 itself stops an instance whose root it replaces, and may leave it so. */
  private boolean ran() {
    return facts.row().at(Stage.STOPPING).isPresent() || facts.rootTask().isPresent();
  }

  private UndoStep settled() {
    Map<String, Boolean> flags = new TreeMap<>();
    for (Replacement old : facts.plan().replaced()) {
      boolean flag =
          facts.volumes().get(old.volume()).on(target).orElseThrow().deleteOnTermination();
      if (flag != old.deleteOnTermination()) {
        flags.put(old.device(), old.deleteOnTermination());
      }
    }
    if (!flags.isEmpty()) {
      return new UndoStep.SetFlags(flags);
    }
    if (!ran() || state(facts).equals("running")) {
      return new UndoStep.Done("%s is as it was, and %s".formatted(target, state(facts)));
    }
    return state(facts).equals("stopped")
        ? new UndoStep.Start()
        : new UndoStep.Wait("%s is %s".formatted(target, state(facts)));
  }
}
