package dev.freezeframe.rehearsal.simulation.invariant.restore;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.rehearsal.simulation.RestoreObserver.Restored;
import dev.freezeframe.rehearsal.simulation.invariant.Invariant;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestoreRow.Stage;
import dev.freezeframe.restore.RestoreRow.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Volume;

/**
 * When all is over, every restore has ended, and every volume and instance that one created is in
 * use, was asked for as such, or is on record of a restore that says what it left.
 */
public final class NothingLeaksFromRestores implements Invariant {

  @Override
  public String name() {
    return "nothing leaks from restores";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    List<Restored> restores = finalState.watch().restores().restores();
    List<String> broken = new ArrayList<>();
    restores.stream()
        .filter(restore -> restore.row().open())
        .map(
            restore ->
                "expected %s to have ended, found %s".formatted(restore.row().id(), restore.row()))
        .forEach(broken::add);
    volumes(finalState, restores).forEach(broken::add);
    instances(finalState, restores).forEach(broken::add);
    return broken;
  }

  private static Stream<String> volumes(FinalState finalState, List<Restored> restores) {
    Map<String, Restored> by = new HashMap<>();
    restores.forEach(
        restore ->
            restore.volumes().stream()
                .flatMap(one -> one.volume().stream())
                .forEach(volume -> by.put(volume.value(), restore)));
    return finalState.cloud().ec2().volumes().stream()
        .filter(volume -> !finalState.watch().restores().old().containsKey(volume.volumeId()))
        .filter(volume -> volume.snapshotId() != null && !volume.snapshotId().isEmpty())
        .flatMap(
            volume ->
                leaked(finalState, volume, Optional.ofNullable(by.get(volume.volumeId())))
                    .stream());
  }

  private static Optional<String> leaked(
      FinalState finalState, Volume volume, Optional<Restored> by) {
    if (by.isEmpty()) {
      // A new instance has the volumes of its image besides those of the set.
      boolean ofImage =
          volume.attachments().stream()
              .anyMatch(on -> finalState.cloud().ec2().exists(on.instanceId()));
      return ofImage
          ? Optional.empty()
          : Optional.of(
              "expected %s of %s on record of a restore, found it on none"
                  .formatted(volume.volumeId(), volume.snapshotId()));
    }
    Restored restore = by.get();
    if (restore.undone() && !keptOnRecord(restore, volume)) {
      return Optional.of(
          "expected nothing of %s, which is %s (%s), found %s %s"
              .formatted(
                  restore.row().id(),
                  restore.row().status(),
                  restore.row().reason(),
                  volume.volumeId(),
                  volume.stateAsString()));
    }
    if (restore.row().status() != Status.SUCCEEDED
        || restore.row().request().to() == Destination.VOLUMES
        || !volume.attachments().isEmpty()
        || !finalState.trail().stillAttached(volume.volumeId(), finalState.end())) {
      return Optional.empty();
    }
    // A volume that did not go with its instance stays when that is terminated, or is restored
    // once more.
    boolean left =
        restore
            .row()
            .launched()
            .or(() -> restore.plan().orElseThrow().target())
            .map(InstanceId::value)
            .filter(finalState.cloud().ec2()::exists)
            .isEmpty();
    return left || replaced(finalState, volume)
        ? Optional.empty()
        : Optional.of(
            "expected %s of %s to be attached, found it %s"
                .formatted(volume.volumeId(), restore.row().id(), volume.stateAsString()));
  }

  /**
   * An instance may have written to it: an undo keeps it, and its record says so. EC2 itself
   * attaches a root that it replaces.
   */
  private static boolean keptOnRecord(Restored restore, Volume volume) {
    boolean ranWithRoot =
        restore.row().request().to() == Destination.ROOT
            && restore.row().at(Stage.RUNNING).isPresent();
    return restore.volumes().stream()
        .filter(one -> one.gone().isEmpty() && (one.attachedTo().isPresent() || ranWithRoot))
        .flatMap(one -> one.volume().stream())
        .anyMatch(id -> id.value().equals(volume.volumeId()));
  }

  private static boolean replaced(FinalState finalState, Volume volume) {
    return finalState.watch().restores().restores().stream()
        .flatMap(restore -> restore.plan().stream())
        .flatMap(plan -> plan.replaced().stream())
        .anyMatch(one -> one.volume().value().equals(volume.volumeId()));
  }

  private static Stream<String> instances(FinalState finalState, List<Restored> restores) {
    Set<String> known = new TreeSet<>(finalState.simulation().fleet().ids());
    restores.stream()
        .filter(restore -> !restore.undone())
        .flatMap(restore -> restore.row().launched().stream())
        .forEach(instance -> known.add(instance.value()));
    return finalState.cloud().ec2().instances().stream()
        .filter(instance -> instance.state().name() != InstanceStateName.TERMINATED)
        .map(Instance::instanceId)
        .filter(instance -> !known.contains(instance))
        .map(
            instance ->
                "expected %s on record of a restore that stands, found it on none"
                    .formatted(instance));
  }
}
