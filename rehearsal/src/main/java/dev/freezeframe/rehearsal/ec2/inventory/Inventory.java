package dev.freezeframe.rehearsal.ec2.inventory;

import static java.util.stream.Collectors.toSet;

import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.api.Tags;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.instance.InstanceAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.ec2.model.AttachmentStatus;
import software.amazon.awssdk.services.ec2.model.DeviceType;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.InstanceState;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeState;

/** The instances and volumes, and what is attached to what. */
public final class Inventory {
  private static final Map<InstanceStateName, Integer> CODES =
      Map.of(
          InstanceStateName.PENDING, 0,
          InstanceStateName.RUNNING, 16,
          InstanceStateName.SHUTTING_DOWN, 32,
          InstanceStateName.TERMINATED, 48,
          InstanceStateName.STOPPING, 64,
          InstanceStateName.STOPPED, 80);

  /** How long a Describe call shows what a call has changed as it was before. */
  public static final Duration SHOWN_FOR = Duration.ofSeconds(1);

  private final SortedMap<String, Instance> instances = new TreeMap<>();
  private final Map<String, InstanceAttributes> attributes = new HashMap<>();
  private final Map<String, String> reservations = new HashMap<>();
  private final VolumeStore volumes;
  private final Lag<Instance> lag;
  private final Duration hiddenFor;
  private final Fleet fleet;

  /**
   * What a fleet has.
   *
   * @param hiddenFor how long what a call makes is unknown to all other calls
   */
  public Inventory(InstantSource time, Fleet fleet, Duration hiddenFor) {
    this.fleet = fleet;
    this.hiddenFor = hiddenFor;
    this.lag = new Lag<>(time);
    this.volumes = new VolumeStore(time);
    FleetDefaults defaults = new FleetDefaults(time.instant());
    fleet
        .instances()
        .forEach(instance -> instances.put(instance.instanceId(), defaults.complete(instance)));
    fleet
        .volumes()
        .forEach(volume -> volumes.put(defaults.complete(volume, instancesThatHave(volume))));
  }

  private List<Instance> instancesThatHave(Volume volume) {
    return volume.attachments().stream()
        .map(attachment -> instances.get(attachment.instanceId()))
        .filter(Objects::nonNull)
        .toList();
  }

  /** What DescribeInstances does not tell. */
  public InstanceAttributes attributes(String id) {
    InstanceAttributes changed = attributes.get(asked(id).instanceId());
    return changed == null ? fleet.attributes(id) : changed;
  }

  public void attributes(String id, InstanceAttributes changed) {
    attributes.put(id, changed);
  }

  public List<Instance> instances() {
    return List.copyOf(instances.values());
  }

  public List<Volume> volumes() {
    return volumes.all();
  }

  /** The volumes that say that they are attached to any of some instances. */
  public List<Volume> attachedTo(Collection<String> instanceIds) {
    return volumes.attachedTo(instanceIds);
  }

  /** The instance's reservation, by its id. */
  public String reservation(Instance instance) {
    String launched = reservations.get(instance.instanceId());
    return launched == null ? fleet.reservation(instance.instanceId()) : launched;
  }

  public boolean has(String id) {
    return instances.containsKey(id) || volumes.has(id);
  }

  /** An instance as it is; empty: it is gone for good. */
  public Optional<Instance> find(String id) {
    return Optional.ofNullable(instances.get(id));
  }

  /** An instance as it is, whatever a caller could see of it yet. */
  public Instance instance(String id) {
    return Optional.ofNullable(instances.get(id)).orElseThrow(() -> unknown(id));
  }

  /** An instance that a call names: unknown while it is hidden. */
  public Instance asked(String id) {
    if (lag.isHidden(id)) {
      throw unknown(id);
    }
    return instance(id);
  }

  private static RuntimeException unknown(String id) {
    return Ec2Refusal.of(
        "InvalidInstanceID.NotFound", "The instance ID '" + id + "' does not exist");
  }

  /** A volume that a call names: unknown while it is hidden. */
  public Volume volume(String id) {
    return volumes.asked(id);
  }

  /** A volume as it is; empty: it is gone. */
  public Optional<Volume> findVolume(String id) {
    return volumes.find(id);
  }

  /** The volumes that an instance has, in the order of its devices. */
  public List<Volume> attached(Instance instance) {
    return instance.blockDeviceMappings().stream()
        .filter(mapping -> mapping.ebs() != null)
        .map(
            mapping ->
                volumes
                    .find(mapping.ebs().volumeId())
                    .orElseGet(() -> volume(mapping.ebs().volumeId())))
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

  /** Whether an instance can boot: from an instance store, or a root volume that is attached. */
  public boolean hasRoot(String id) {
    Instance instance = instance(id);
    return instance.rootDeviceType() != DeviceType.EBS
        || instance.blockDeviceMappings().stream()
            .filter(mapping -> mapping.ebs() != null)
            .filter(mapping -> Objects.equals(mapping.deviceName(), instance.rootDeviceName()))
            .anyMatch(mapping -> mapping.ebs().status() == AttachmentStatus.ATTACHED);
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

  /**
   * An instance and its volumes are launched; no other call knows of them for a while.
   *
   * @param reservation its id
   */
  public void launch(
      Instance instance, String reservation, InstanceAttributes given, List<Volume> itsVolumes) {
    String id = instance.instanceId();
    instances.put(id, instance);
    reservations.put(id, reservation);
    attributes.put(id, given);
    lag.made(id, hiddenFor);
    itsVolumes.forEach(this::make);
  }

  /** A call makes a volume; no other call knows of it for a while. */
  public void make(Volume volume) {
    volumes.make(volume, hiddenFor);
  }

  /** A call changes a volume; Describe calls show it as before for a moment. */
  public void change(String volumeId, UnaryOperator<Volume> change) {
    volumes.change(volumeId, change, SHOWN_FOR);
  }

  public void removeVolume(String volumeId) {
    volumes.remove(volumeId);
  }

  /** A call changes an instance; Describe calls show it as before for a moment. */
  public void changeInstance(String id, UnaryOperator<Instance> change) {
    Instance before = instances.get(id);
    if (before != null) {
      instances.put(id, change.apply(before));
      lag.changed(id, before, SHOWN_FOR);
    }
  }

  /**
   * An instance is gone: its volumes go with it, or are left without it, as {@code
   * DeleteOnTermination} says.
   *
   * @param reason what else changes with it
   * @return the volumes that went
   */
  public List<String> terminate(String id, UnaryOperator<Instance> reason) {
    List<String> gone = new ArrayList<>();
    for (InstanceBlockDeviceMapping mapping : instance(id).blockDeviceMappings()) {
      if (mapping.ebs() == null) {
        continue;
      }
      String volume = mapping.ebs().volumeId();
      if (Boolean.TRUE.equals(mapping.ebs().deleteOnTermination())) {
        volumes.remove(volume);
        gone.add(volume);
      } else {
        volumes.find(volume).ifPresent(found -> volumes.put(Links.without(found, id)));
      }
    }
    become(
        id,
        InstanceStateName.TERMINATED,
        found -> reason.apply(found.copy(builder -> builder.blockDeviceMappings(List.of()))));
    lag.forget(id);
    return gone;
  }

  /** Someone detaches a volume at once: the instances that have it have it no more. */
  public void detach(String volumeId) {
    volumes
        .find(volumeId)
        .ifPresent(
            volume -> {
              volume
                  .attachments()
                  .forEach(
                      attachment ->
                          instances.computeIfPresent(
                              attachment.instanceId(),
                              (id, instance) -> Links.without(instance, volumeId)));
              volumes.put(
                  volume.copy(
                      builder -> builder.attachments(List.of()).state(VolumeState.AVAILABLE)));
            });
  }

  /** Someone attaches a volume that is free at once, as the last device of an instance. */
  public void attach(String volumeId, String instanceId) {
    Optional<Volume> volume = volumes.find(volumeId).filter(found -> found.attachments().isEmpty());
    Optional<String> device =
        volume.isPresent() && exists(instanceId) ? free(instanceId) : Optional.empty();
    device
        .map(name -> Links.Link.attached(volumeId, instanceId, name))
        .ifPresent(
            link -> {
              instances.put(instanceId, Links.with(instance(instanceId), link));
              volumes.put(Links.with(volume.get(), link));
            });
  }

  /** The last device name that nothing of an instance has. */
  private Optional<String> free(String instanceId) {
    Set<String> used =
        instance(instanceId).blockDeviceMappings().stream()
            .map(InstanceBlockDeviceMapping::deviceName)
            .collect(toSet());
    return IntStream.iterate('z', letter -> letter >= 'f', letter -> letter - 1)
        .mapToObj("/dev/sd%c"::formatted)
        .filter(device -> !used.contains(device))
        .findFirst();
  }

  /** A terminated instance is described for a while, then no more. */
  public void forget(String id) {
    instances.remove(id);
    lag.forget(id);
  }

  public SortedMap<String, String> tags(String id) {
    return Tags.map(instances.containsKey(id) ? asked(id).tags() : volume(id).tags());
  }

  public void tag(String id, SortedMap<String, String> tags) {
    instances.computeIfPresent(id, (key, found) -> found.copy(b -> b.tags(Tags.list(tags))));
    volumes.find(id).ifPresent(found -> volumes.put(found.copy(b -> b.tags(Tags.list(tags)))));
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
    if (state == InstanceStateName.STOPPING
        || state == InstanceStateName.PENDING
        || state == InstanceStateName.SHUTTING_DOWN) {
      lag.changed(id, before, SHOWN_FOR);
    }
  }

  public static InstanceState state(InstanceStateName name) {
    return InstanceState.builder().name(name).code(CODES.get(name)).build();
  }

  /** The instance as Describe calls have it; empty: it is hidden. */
  public Optional<Instance> described(Instance instance) {
    return lag.shown(instance.instanceId(), instance);
  }

  /** The volume as Describe calls have it; empty: it is hidden. */
  public Optional<Volume> described(Volume volume) {
    return volumes.described(volume);
  }
}
