package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.instance.InstanceAttributes;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.EbsInstanceBlockDevice;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.InstanceLifecycleType;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.Volume;

/**
 * The fleet of a simulation, as it is at the start.
 *
 * @param swap the volume that an instance swaps to, which no script holds, by instance; most have
 *     none
 */
public record SimulatedFleet(Fleet fleet, Map<String, String> swap) {

  public SimulatedFleet {
    swap = Collections.unmodifiableMap(new TreeMap<>(swap));
  }

  /** The ids of the instances, in their order. */
  public List<String> ids() {
    return fleet.instances().stream().map(Instance::instanceId).toList();
  }

  /** Whether an instance has Windows, which the documents of simulations are not for. */
  public boolean windows(String instanceId) {
    return "windows".equalsIgnoreCase(instance(instanceId).platformAsString());
  }

  /** Whether an instance runs at the start. */
  public boolean running(String instanceId) {
    return instance(instanceId).state().name() == InstanceStateName.RUNNING;
  }

  /** Why no backup may stop an instance, by what this package draws; empty: one may. */
  public Optional<String> whyNotStopped(String instanceId) {
    Instance instance = instance(instanceId);
    InstanceAttributes attributes = fleet.attributes(instanceId);
    if (instance.instanceLifecycle() == InstanceLifecycleType.SPOT) {
      return Optional.of("it is a Spot Instance");
    }
    if (instance.instanceType() == InstanceType.M5_D_LARGE) {
      return Optional.of("it has instance store volumes");
    }
    if (instance.tags().stream().anyMatch(tag -> tag.key().equals("aws:autoscaling:groupName"))) {
      return Optional.of("it is of an Auto Scaling group");
    }
    if (attributes.disableApiStop()) {
      return Optional.of("its stop protection is on");
    }
    return attributes.shutdownBehavior().equals("stop")
        ? Optional.empty()
        : Optional.of("its shutdown behaviour is " + attributes.shutdownBehavior());
  }

  /** The volumes of an instance, in the order of its mappings. */
  List<String> volumesOf(String instanceId) {
    return volumes(instance(instanceId), any -> true).toList();
  }

  private static Stream<String> volumes(
      Instance instance, Predicate<InstanceBlockDeviceMapping> which) {
    return instance.blockDeviceMappings().stream()
        .filter(which)
        .map(InstanceBlockDeviceMapping::ebs)
        .filter(ebs -> ebs != null)
        .map(EbsInstanceBlockDevice::volumeId);
  }

  /** The instances that have a volume attached; of most volumes one. */
  public List<String> having(String volume) {
    return ids().stream().filter(id -> volumesOf(id).contains(volume)).toList();
  }

  /** What EBS says of a volume; empty: it is not of the fleet. */
  Optional<Volume> volume(String id) {
    return fleet.volumes().stream().filter(volume -> volume.volumeId().equals(id)).findFirst();
  }

  private Instance instance(String id) {
    return fleet.instances().stream()
        .filter(instance -> instance.instanceId().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no instance of the fleet is " + id));
  }

  /** The same fleet without an instance and the volumes that nobody else has. */
  SimulatedFleet without(String instanceId) {
    List<Volume> volumes =
        fleet.volumes().stream()
            .filter(volume -> !having(volume.volumeId()).equals(List.of(instanceId)))
            .map(volume -> detached(volume, instanceId))
            .toList();
    List<Instance> instances =
        fleet.instances().stream()
            .filter(instance -> !instance.instanceId().equals(instanceId))
            .toList();
    Map<String, String> others = new TreeMap<>(swap);
    others.remove(instanceId);
    return new SimulatedFleet(
        new Fleet(instances, volumes, fleet.reservations(), fleet.attributes()), others);
  }

  private static Volume detached(Volume volume, String instanceId) {
    return volume.attachments().stream().noneMatch(one -> one.instanceId().equals(instanceId))
        ? volume
        : volume.copy(
            builder ->
                builder.attachments(
                    volume.attachments().stream()
                        .filter(one -> !one.instanceId().equals(instanceId))
                        .toList()));
  }

  /** An instance as text. */
  String sentence(String instanceId) {
    Map<String, String> tags = new TreeMap<>();
    instance(instanceId).tags().forEach(tag -> tags.put(tag.key(), tag.value()));
    return "%s, %s, %s, volumes %s%s, tags %s"
        .formatted(
            instanceId,
            windows(instanceId) ? "Windows" : "Linux",
            running(instanceId) ? "running" : "stopped",
            volumesOf(instanceId),
            swap.containsKey(instanceId) ? " (swap: %s)".formatted(swap.get(instanceId)) : "",
            tags);
  }
}
