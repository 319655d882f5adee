package dev.freezeframe.rehearsal.ec2.instance;

import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.inventory.Inventory;
import dev.freezeframe.rehearsal.ec2.inventory.VolumeRules;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotStore;
import dev.freezeframe.rehearsal.ec2.snapshot.StoredSnapshot;
import dev.freezeframe.rehearsal.ec2.volume.VolumeOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.CreateReplaceRootVolumeTaskRequest;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.SnapshotState;
import software.amazon.awssdk.services.ec2.model.StorageTier;
import software.amazon.awssdk.services.ec2.model.Volume;

/**
 * Reads what a replacement of a root volume asks for. A root volume counts as earlier only if a
 * replacement took it away; whether one that someone detached counts is undocumented.
 */
final class RootOrders {
  private final Inventory inventory;
  private final SnapshotStore snapshots;
  private final Map<String, Set<String>> earlier = new HashMap<>();

  RootOrders(Inventory inventory, SnapshotStore snapshots) {
    this.inventory = inventory;
    this.snapshots = snapshots;
  }

  void replaced(String instanceId, String oldRoot) {
    earlier.computeIfAbsent(instanceId, any -> new HashSet<>()).add(oldRoot);
  }

  /** Whether a volume of an instance is deleted with it. */
  boolean goesWithInstance(String instanceId, String volumeId) {
    return inventory.instance(instanceId).blockDeviceMappings().stream()
        .filter(mapping -> mapping.ebs() != null)
        .filter(mapping -> volumeId.equals(mapping.ebs().volumeId()))
        .anyMatch(mapping -> Boolean.TRUE.equals(mapping.ebs().deleteOnTermination()));
  }

  /** The new volume: of the type, size and performance of the old one, and of its key. */
  VolumeOrder of(CreateReplaceRootVolumeTaskRequest request) {
    Instance instance = inventory.asked(request.instanceId());
    if (Inventory.state(instance) != InstanceStateName.RUNNING) {
      throw Ec2Refusal.of(
          "IncorrectInstanceState",
          "The instance '%s' is not 'running'.".formatted(instance.instanceId()));
    }
    Volume root =
        inventory
            .boot(instance.instanceId())
            .flatMap(inventory::findVolume)
            .orElseThrow(
                () ->
                    Ec2Refusal.of(
                        "UnsupportedOperation",
                        "The instance '%s' has no EBS root volume"
                            .formatted(instance.instanceId())));
    String snapshot = Optional.ofNullable(request.snapshotId()).orElse(root.snapshotId());
    Optional<StoredSnapshot> ours =
        request.snapshotId() == null && !snapshots.has(snapshot)
            ? Optional.empty()
            : Optional.of(usable(snapshot, instance, root, request.snapshotId() != null));
    Optional<Integer> rate =
        Optional.ofNullable(request.volumeInitializationRate()).map(Long::intValue);
    VolumeRules rules = VolumeRules.of(root.volumeType());
    VolumeOrder order =
        new VolumeOrder(
            root.availabilityZone(),
            root.size(),
            new VolumeOrder.Performance(
                rules, Optional.ofNullable(root.iops()), Optional.ofNullable(root.throughput())),
            false,
            key(root, ours),
            ours.map(of -> new VolumeOrder.Origin(of.id(), of.bytes(), rate)),
            new TreeMap<>());
    return ours.isPresent() || snapshot.isEmpty() ? order : order.madeOf(snapshot, rate);
  }

  private static Optional<String> key(Volume root, Optional<StoredSnapshot> snapshot) {
    return Boolean.TRUE.equals(root.encrypted())
        ? Optional.ofNullable(root.kmsKeyId())
        : snapshot.flatMap(StoredSnapshot::key);
  }

  /** "You can only use snapshots that were created directly from the [...] root volumes". */
  private StoredSnapshot usable(String id, Instance instance, Volume root, boolean named) {
    StoredSnapshot snapshot = snapshots.visible(id);
    boolean ofRoot =
        snapshot.volumeId().equals(root.volumeId())
            || earlier.getOrDefault(instance.instanceId(), Set.of()).contains(snapshot.volumeId());
    if (named && !ofRoot) {
      throw Ec2Refusal.invalid(
          id,
          "snapshotId",
          "The snapshot was not created from a root volume of the instance %s"
              .formatted(instance.instanceId()));
    }
    if (snapshot.state() != SnapshotState.COMPLETED || snapshot.tier() != StorageTier.STANDARD) {
      throw Ec2Refusal.of(
          "IncorrectState", "Snapshot is in invalid state - " + snapshot.state().toString());
    }
    return snapshot;
  }
}
