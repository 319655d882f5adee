package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.policy.Policy;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotView;
import dev.freezeframe.rehearsal.run.EmbeddedCloud;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/** Watches while a simulation passes: at every deletion, at every firing in the calm. */
public final class Observer implements CallFault {
  private static final int MAX_PENDING = 5;

  /** Of which one snapshot may be pending. */
  private static final Set<VolumeType> HARD_DISKS = EnumSet.of(VolumeType.ST1, VolumeType.SC1);

  private final Simulation simulation;
  private final List<Policy> policies;
  private final DeletionObserver deletions;
  private final RestoreObserver restores;
  private final DrillObserver drills = new DrillObserver();
  private final List<Dues> dues = new ArrayList<>();
  private EmbeddedCloud cloud;

  Observer(Simulation simulation, List<Policy> policies, ManualActions trail) {
    this.simulation = simulation;
    this.policies = policies;
    this.deletions = new DeletionObserver(policies, trail);
    this.restores = new RestoreObserver(trail);
  }

  /** An instance that a firing in the calm has to back up. */
  public record Due(String instance, Instant firing) {}

  private record Dues(String policy, Due due) {}

  /** Begins to look. */
  void at(EmbeddedCloud given) {
    cloud = given;
    restores.at(given);
    drills.at(given);
    for (Policy policy : policies) {
      simulation.firings(policy).stream()
          .filter(firing -> !firing.isBefore(simulation.settled()))
          .findFirst()
          .ifPresent(firing -> cloud.time().at(firing, () -> fired(policy, firing)));
    }
  }

  private void fired(Policy policy, Instant firing) {
    for (String instance : simulation.fleet().ids()) {
      List<String> wanted =
          cloud.ec2().volumesOf(instance).stream()
              .filter(volume -> !isExcluded(policy, instance, volume))
              .toList();
      Map<String, String> tags = cloud.ec2().tagsOf(instance);
      if (policy.targets().stream().anyMatch(target -> target.matches(tags))
          && !wanted.isEmpty()
          && isRoomFor(wanted)) {
        dues.add(new Dues(policy.name().value(), new Due(instance, firing)));
      }
    }
  }

  private boolean isExcluded(Policy policy, String instance, String volume) {
    boolean boot = cloud.ec2().bootVolumeOf(instance).equals(Optional.of(volume));
    Map<String, String> tags = new TreeMap<>();
    volume(volume)
        .ifPresent(found -> found.tags().forEach(tag -> tags.put(tag.key(), tag.value())));
    return (boot && policy.volumes().excludeBoot())
        || policy.volumes().excludeTags().stream().anyMatch(tag -> tag.matches(tags));
  }

  /** What failed or has not settled yet may fill a volume's quota, whatever the system does. */
  private boolean isRoomFor(List<String> wanted) {
    List<SnapshotView> open =
        cloud.ec2().snapshots().stream().filter(view -> !view.state().equals("completed")).toList();
    boolean volumes =
        wanted.stream()
            .allMatch(
                volume ->
                    open.stream().filter(view -> view.volumeId().equals(volume)).count()
                        < maxPending(volume));
    return volumes && wanted.size() <= simulation.quotas().pendingSnapshots();
  }

  /** As EC2 has it now: a restore puts others in place of those of the fleet. */
  private Optional<Volume> volume(String id) {
    return cloud.ec2().volumes().stream()
        .filter(volume -> volume.volumeId().equals(id))
        .findFirst();
  }

  private int maxPending(String volume) {
    return volume(volume)
        .filter(found -> HARD_DISKS.contains(found.volumeType()))
        .map(found -> 1)
        .orElse(MAX_PENDING);
  }

  @Override
  public void before(String action, boolean changes, Caller caller, String detail) {
    if (action.equals("ec2:DeleteSnapshot")) {
      deletions.look(cloud, detail);
    }
    restores.before(action, caller, detail);
  }

  @Override
  public void after(String action, boolean changes, Caller caller, String detail) {
    drills.after(action, caller);
  }

  public DrillObserver drills() {
    return drills;
  }

  public DeletionObserver deletions() {
    return deletions;
  }

  public RestoreObserver restores() {
    return restores;
  }

  public List<Due> due(String policy) {
    return dues.stream().filter(due -> due.policy.equals(policy)).map(Dues::due).toList();
  }
}
