package dev.freezeframe.rehearsal.ec2.volume;

import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.ec2.inventory.Inventory;
import dev.freezeframe.rehearsal.ec2.inventory.Links;
import dev.freezeframe.rehearsal.instance.InstanceFault;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;
import software.amazon.awssdk.services.ec2.model.VolumeAttachmentState;

/**
 * Attaches and detaches volumes, which takes a while, and may never end.
 *
 * <p>A guest uses what was attached to its instance when it started, as its list of file systems
 * says, and nothing that came later: that is an assumption. What it uses cannot be detached while
 * it runs: the attachment is {@code busy} until the instance is stopped (EBS user guide, "Detach an
 * Amazon EBS volume from an Amazon EC2 instance"). Durations are assumed.
 */
public final class Attachments {
  private static final Duration MIN = Duration.ofSeconds(1);
  private static final Duration MAX = Duration.ofSeconds(12);

  private final VirtualTime time;
  private final Seed seed;
  private final Inventory inventory;
  private final Volumes volumes;
  private final KeyChecks keys;
  private final InstanceFault faults;

  /** The volumes that the guest of an instance uses. */
  private final Map<String, Set<String>> used = new HashMap<>();

  /** The volumes that a fault keeps busy. */
  private final Map<String, Instant> heldUntil = new HashMap<>();

  private int moves;

  public Attachments(
      VirtualTime time,
      Seed seed,
      Inventory inventory,
      Volumes volumes,
      KeyChecks keys,
      InstanceFault faults) {
    this.time = time;
    this.seed = seed;
    this.inventory = inventory;
    this.volumes = volumes;
    this.keys = keys;
    this.faults = faults;
    inventory.instances().stream()
        .map(Instance::instanceId)
        .filter(inventory::running)
        .forEach(this::runs);
  }

  /** An instance runs: its guest uses what is attached. */
  public void runs(String instanceId) {
    Set<String> found = new HashSet<>();
    inventory.attachedTo(List.of(instanceId)).forEach(volume -> found.add(volume.volumeId()));
    used.put(instanceId, found);
  }

  /** An instance is stopped or gone: its guest uses nothing, and what was busy is detached. */
  public void gone(String instanceId) {
    used.remove(instanceId);
    inventory
        .attachedTo(List.of(instanceId))
        .forEach(volume -> released(volume.volumeId(), instanceId));
  }

  /** A volume is attached, in a while; its attachment is there at once. */
  VolumeAttachment begin(Volume volume, String instanceId, String device) {
    String id = volume.volumeId();
    Links.Link link =
        new Links.Link(
            id, instanceId, device, VolumeAttachmentState.ATTACHING, false, time.instant());
    inventory.change(id, found -> Links.with(found, link));
    inventory.changeInstance(instanceId, found -> Links.with(found, link));
    Duration takes = takes("attachment of " + id).plus(faults.slowsAttachment(instanceId));
    time.after(takes, () -> attached(id, instanceId));
    return current(id, instanceId).orElseThrow();
  }

  /** A key is asked for only where the instance runs; of a stopped one its start asks for it. */
  private void attached(String id, String instanceId) {
    if (current(id, instanceId)
        .filter(found -> found.state() == VolumeAttachmentState.ATTACHING)
        .isEmpty()) {
      return;
    }
    Volume volume = inventory.findVolume(id).orElseThrow();
    Optional<String> trouble =
        inventory.running(instanceId) ? keys.trouble(volume) : Optional.empty();
    if (trouble.isPresent()) {
      end(id, instanceId);
      volumes.events().notAttached(id, volume.kmsKeyId(), trouble.get());
    } else {
      become(id, instanceId, VolumeAttachmentState.ATTACHED);
    }
  }

  /** A volume is detached, in a while, or as soon as its instance is stopped. */
  VolumeAttachment detach(String id, String instanceId) {
    Duration busy = faults.keepsBusy(instanceId);
    if (!busy.isZero()) {
      become(id, instanceId, VolumeAttachmentState.BUSY);
      heldUntil.put(id, time.instant().plus(busy));
      time.after(busy, () -> released(id, instanceId));
    } else if (isUsed(id, instanceId)) {
      become(id, instanceId, VolumeAttachmentState.BUSY);
    } else {
      detachSoon(id, instanceId);
    }
    return current(id, instanceId).orElseThrow();
  }

  private boolean isUsed(String id, String instanceId) {
    return inventory.exists(instanceId) && used.getOrDefault(instanceId, Set.of()).contains(id);
  }

  /** What was busy is detached if nothing holds on to it any more. */
  private void released(String id, String instanceId) {
    boolean held = time.instant().isBefore(heldUntil.getOrDefault(id, Instant.MIN));
    current(id, instanceId)
        .filter(found -> found.state() == VolumeAttachmentState.BUSY)
        .filter(found -> !held && !isUsed(id, instanceId))
        .ifPresent(found -> detachSoon(id, instanceId));
  }

  private void detachSoon(String id, String instanceId) {
    become(id, instanceId, VolumeAttachmentState.DETACHING);
    time.after(
        takes("detachment of " + id),
        () ->
            current(id, instanceId)
                .filter(found -> found.state() == VolumeAttachmentState.DETACHING)
                .ifPresent(found -> end(id, instanceId)));
  }

  private void end(String id, String instanceId) {
    inventory.change(id, found -> Links.without(found, instanceId));
    inventory.changeInstance(instanceId, found -> Links.without(found, id));
  }

  private void become(String id, String instanceId, VolumeAttachmentState state) {
    inventory.change(
        id,
        found ->
            Links.changed(found, instanceId, attachment -> attachment.copy(to -> to.state(state))));
    inventory.changeInstance(
        instanceId,
        found -> Links.changed(found, id, ebs -> ebs.copy(to -> to.status(Links.status(state)))));
  }

  private Duration takes(String what) {
    return seed.between(what + "/" + moves++, MIN, MAX);
  }

  private Optional<VolumeAttachment> current(String id, String instanceId) {
    return inventory.findVolume(id).flatMap(volume -> attachment(volume, instanceId));
  }

  static Optional<VolumeAttachment> attachment(Volume volume, String instanceId) {
    return volume.attachments().stream()
        .filter(found -> instanceId.equals(found.instanceId()))
        .findFirst();
  }
}
