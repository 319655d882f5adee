package dev.freezeframe.rehearsal.ec2.inventory;

import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.api.Tags;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.instance.InstanceAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ec2.model.DeviceType;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.InstanceState;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;
import software.amazon.awssdk.services.ec2.model.VolumeAttachmentState;
import software.amazon.awssdk.services.ec2.model.VolumeState;

/** The instances and volumes, and what happens to them. */
public final class Inventory {
  private static final Map<InstanceStateName, Integer> CODES =
      Map.of(
          InstanceStateName.PENDING, 0,
          InstanceStateName.RUNNING, 16,
          InstanceStateName.TERMINATED, 48,
          InstanceStateName.STOPPING, 64,
          InstanceStateName.STOPPED, 80);

  /**
   * How long a Describe call shows an instance as it was before a call that stopped or started it:
   * EC2 developer guide, "Eventual consistency"; how long is undocumented.
   */
  public static final Duration SHOWN_FOR = Duration.ofSeconds(1);

  private final SortedMap<String, Instance> instances = new TreeMap<>();
  private final SortedMap<String, Volume> volumes = new TreeMap<>();
  private final Map<String, Set<String>> volumesOf = new HashMap<>();
  private final Map<String, Shown> shown = new HashMap<>();

  private final InstantSource time;
  private final Fleet fleet;

  public Inventory(InstantSource time, Fleet fleet) {
    this.time = time;
    this.fleet = fleet;
    fleet
        .instances()
        .forEach(instance -> instances.put(instance.instanceId(), withRootDevice(instance)));
    fleet.volumes().forEach(volume -> put(withAttachmentStates(volume)));
  }

  /** EC2 always says how far an attachment is; files made by hand may not. */
  private static Volume withAttachmentStates(Volume volume) {
    return volume.attachments().stream().allMatch(attachment -> attachment.state() != null)
        ? volume
        : volume.copy(
            builder ->
                builder.attachments(
                    volume.attachments().stream()
                        .map(
                            attachment ->
                                attachment.state() == null
                                    ? attachment.copy(
                                        known -> known.state(VolumeAttachmentState.ATTACHED))
                                    : attachment)
                        .toList()));
  }

  /** EC2 always says what an instance boots from; files made by hand may not. */
  private static Instance withRootDevice(Instance instance) {
    if (instance.rootDeviceType() != null) {
      return instance;
    }
    boolean ebs =
        instance.blockDeviceMappings().stream()
            .anyMatch(
                mapping ->
                    mapping.ebs() != null
                        && mapping.deviceName() != null
                        && mapping.deviceName().equals(instance.rootDeviceName()));
    return instance.copy(
        builder -> builder.rootDeviceType(ebs ? DeviceType.EBS : DeviceType.INSTANCE_STORE));
  }

  /** What DescribeInstances does not tell. */
  public InstanceAttributes attributes(String id) {
    return fleet.attributes(instance(id).instanceId());
  }

  public List<Instance> instances() {
    return List.copyOf(instances.values());
  }

  public List<Volume> volumes() {
    return List.copyOf(volumes.values());
  }

  /** The volumes that say that they are attached to any of some instances. */
  public List<Volume> attachedTo(Collection<String> instanceIds) {
    return instanceIds.stream()
        .flatMap(id -> volumesOf.getOrDefault(id, Set.of()).stream())
        .distinct()
        .sorted()
        .map(id -> volumes.get(id))
        .toList();
  }

  private void put(Volume volume) {
    remove(volume.volumeId());
    volumes.put(volume.volumeId(), volume);
    volume
        .attachments()
        .forEach(
            attachment ->
                volumesOf
                    .computeIfAbsent(attachment.instanceId(), id -> new HashSet<>())
                    .add(volume.volumeId()));
  }

  private void remove(String volumeId) {
    Volume removed = volumes.remove(volumeId);
    if (removed != null) {
      removed
          .attachments()
          .forEach(attachment -> volumesOf.get(attachment.instanceId()).remove(volumeId));
    }
  }

  /** The instance's reservation, by its id. */
  public String reservation(Instance instance) {
    return fleet.reservation(instance.instanceId());
  }

  public boolean has(String id) {
    return instances.containsKey(id) || volumes.containsKey(id);
  }

  public Instance instance(String id) {
    Instance instance = instances.get(id);
    if (instance == null) {
      throw Ec2Refusal.of(
          "InvalidInstanceID.NotFound", "The instance ID '" + id + "' does not exist");
    }
    return instance;
  }

  public Volume volume(String id) {
    Volume volume = volumes.get(id);
    if (volume == null) {
      throw Ec2Refusal.of("InvalidVolume.NotFound", "The volume '" + id + "' does not exist.");
    }
    return volume;
  }

  /** The volumes that an instance has, in the order of its devices. */
  public List<Volume> attached(Instance instance) {
    return instance.blockDeviceMappings().stream()
        .filter(mapping -> mapping.ebs() != null)
        .map(mapping -> volume(mapping.ebs().volumeId()))
        .toList();
  }

  /** The volume under the name of the root device. */
  public Optional<String> boot(String id) {
    Instance instance = instance(id);
    return instance.blockDeviceMappings().stream()
        .filter(mapping -> mapping.ebs() != null)
        .filter(
            mapping ->
                mapping.deviceName() != null
                    && mapping.deviceName().equals(instance.rootDeviceName()))
        .map(mapping -> mapping.ebs().volumeId())
        .findFirst();
  }

  public boolean running(String id) {
    Instance instance = instances.get(id);
    return instance != null && state(instance) == InstanceStateName.RUNNING;
  }

  public boolean exists(String id) {
    Instance instance = instances.get(id);
    return instance != null && state(instance) != InstanceStateName.TERMINATED;
  }

  public static InstanceStateName state(Instance instance) {
    return instance.state() == null ? InstanceStateName.RUNNING : instance.state().name();
  }

  /** Its volumes go with it, or are left without it, as {@code DeleteOnTermination} says. */
  public void terminate(String id) {
    for (InstanceBlockDeviceMapping mapping : instance(id).blockDeviceMappings()) {
      if (mapping.ebs() == null) {
        continue;
      }
      String volume = mapping.ebs().volumeId();
      if (Boolean.TRUE.equals(mapping.ebs().deleteOnTermination())) {
        remove(volume);
      } else {
        Optional.ofNullable(volumes.get(volume)).ifPresent(found -> put(without(found, id)));
      }
    }
    become(
        id,
        InstanceStateName.TERMINATED,
        found -> found.copy(builder -> builder.blockDeviceMappings(List.of())));
    shown.remove(id);
  }

  /** The instance that it was attached to has it no more. */
  public void detach(String volumeId) {
    Volume volume = volumes.get(volumeId);
    if (volume == null) {
      return;
    }
    for (VolumeAttachment attachment : volume.attachments()) {
      instances.computeIfPresent(
          attachment.instanceId(),
          (id, instance) ->
              instance.copy(
                  builder ->
                      builder.blockDeviceMappings(
                          instance.blockDeviceMappings().stream()
                              .filter(
                                  mapping ->
                                      mapping.ebs() == null
                                          || !volumeId.equals(mapping.ebs().volumeId()))
                              .toList())));
    }
    put(volume.copy(builder -> builder.attachments(List.of()).state(VolumeState.AVAILABLE)));
  }

  /** A volume that is free is attached, as the last device of an instance. */
  public void attach(String volumeId, String instanceId, String device) {
    Volume volume = volumes.get(volumeId);
    if (volume == null || !volume.attachments().isEmpty() || !exists(instanceId)) {
      return;
    }
    List<InstanceBlockDeviceMapping> mappings =
        new ArrayList<>(instance(instanceId).blockDeviceMappings());
    mappings.add(
        InstanceBlockDeviceMapping.builder()
            .deviceName(device)
            .ebs(ebs -> ebs.volumeId(volumeId).deleteOnTermination(false))
            .build());
    instances.put(
        instanceId, instance(instanceId).copy(builder -> builder.blockDeviceMappings(mappings)));
    put(
        volume.copy(
            builder ->
                builder
                    .attachments(
                        VolumeAttachment.builder()
                            .instanceId(instanceId)
                            .device(device)
                            .state(VolumeAttachmentState.ATTACHED)
                            .build())
                    .state(VolumeState.IN_USE)));
  }

  /** A terminated instance is described for a while, then no more. */
  public void forget(String id) {
    instances.remove(id);
  }

  public SortedMap<String, String> tags(String id) {
    return Tags.map(instances.containsKey(id) ? instance(id).tags() : volume(id).tags());
  }

  public void tag(String id, SortedMap<String, String> tags) {
    instances.computeIfPresent(id, (key, found) -> found.copy(b -> b.tags(Tags.list(tags))));
    volumes.computeIfPresent(id, (key, found) -> found.copy(b -> b.tags(Tags.list(tags))));
  }

  /**
   * An instance enters a state.
   *
   * @param also what else changes with it
   */
  public void become(String id, InstanceStateName state, UnaryOperator<Instance> also) {
    Instance before = instance(id);
    InstanceState entered = state(state);
    instances.put(id, also.apply(before.copy(builder -> builder.state(entered))));
    if (state == InstanceStateName.STOPPING || state == InstanceStateName.PENDING) {
      shown.put(id, new Shown(before, time.instant().plus(SHOWN_FOR)));
    }
  }

  public static InstanceState state(InstanceStateName name) {
    return InstanceState.builder().name(name).code(CODES.get(name)).build();
  }

  /** The instance as Describe calls have it, which lag behind what a call has just changed. */
  public Instance described(Instance instance) {
    Shown old = shown.isEmpty() ? null : shown.get(instance.instanceId());
    if (old == null) {
      return instance;
    }
    if (time.instant().isBefore(old.until)) {
      return old.instance;
    }
    shown.remove(instance.instanceId());
    return instance;
  }

  private record Shown(Instance instance, Instant until) {}

  private static Volume without(Volume volume, String instance) {
    List<VolumeAttachment> left =
        volume.attachments().stream()
            .filter(attachment -> !instance.equals(attachment.instanceId()))
            .toList();
    VolumeState state = left.isEmpty() ? VolumeState.AVAILABLE : VolumeState.IN_USE;
    return volume.copy(builder -> builder.attachments(left).state(state));
  }
}
