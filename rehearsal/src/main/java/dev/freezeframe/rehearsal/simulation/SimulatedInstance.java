package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.rehearsal.fleet.Fleet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.DeviceType;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;
import software.amazon.awssdk.services.ec2.model.VolumeState;

/**
 * One instance of a fleet as it is drawn.
 *
 * @param number from 1; its ids follow from it
 */
record SimulatedInstance(
    int number, boolean windows, Disks disks, boolean running, Map<String, String> tags) {

  /** Where an instance has the shared volume of another. */
  private static final String DEVICE_OF_ANOTHER = "/dev/xvdba";

  public SimulatedInstance {
    tags = new TreeMap<>(tags);
  }

  String instanceId() {
    return "i-%017x".formatted(number);
  }

  /** The volume at a place: 0 is the root. */
  private String volumeId(int place) {
    return "vol-%015x%02x".formatted(number, place);
  }

  private static String device(int place) {
    return place == 0 ? "/dev/xvda" : "/dev/sd" + Integer.toString(9 + place, 36);
  }

  private Optional<String> swapVolume() {
    return disks.swap() ? Optional.of(volumeId(1)) : Optional.empty();
  }

  /** The machine that has a volume of this one attached as well, if it is there. */
  private Optional<SimulatedInstance> sharer(Collection<SimulatedInstance> machines) {
    return machines.stream()
        .filter(other -> disks.sharedWith().equals(OptionalInt.of(other.number)))
        .findFirst();
  }

  /** The fleet of them, as EC2 describes it. */
  static SimulatedFleet fleet(Collection<SimulatedInstance> machines) {
    List<Volume> volumes = new ArrayList<>();
    machines.forEach(machine -> volumes.addAll(machine.volumes(machine.sharer(machines))));
    List<Instance> instances = new ArrayList<>();
    for (SimulatedInstance machine : machines) {
      List<String> others =
          machines.stream()
              .filter(owner -> owner.sharer(machines).equals(Optional.of(machine)))
              .map(owner -> owner.volumeId(owner.disks.count()))
              .toList();
      instances.add(machine.instance(others));
    }
    Map<String, String> swap = new TreeMap<>();
    machines.forEach(
        machine -> machine.swapVolume().ifPresent(id -> swap.put(machine.instanceId(), id)));
    return new SimulatedFleet(new Fleet(instances, volumes), swap);
  }

  private Instance instance(List<String> others) {
    List<InstanceBlockDeviceMapping> mappings = new ArrayList<>();
    for (int place = 0; place <= disks.count(); place++) {
      mappings.add(mapping(device(place), volumeId(place), place == 0));
    }
    others.forEach(volume -> mappings.add(mapping(DEVICE_OF_ANOTHER, volume, false)));
    InstanceStateName state = running ? InstanceStateName.RUNNING : InstanceStateName.STOPPED;
    return Instance.builder()
        .instanceId(instanceId())
        .state(s -> s.name(state).code(running ? 16 : 80))
        .instanceType(InstanceType.M5_LARGE)
        .rootDeviceType(DeviceType.EBS)
        .rootDeviceName(device(0))
        .platform(windows ? "windows" : null)
        .platformDetails(windows ? "Windows" : "Linux/UNIX")
        .blockDeviceMappings(mappings)
        .tags(
            tags.entrySet().stream()
                .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList())
        .build();
  }

  private static InstanceBlockDeviceMapping mapping(String device, String volume, boolean root) {
    return InstanceBlockDeviceMapping.builder()
        .deviceName(device)
        .ebs(ebs -> ebs.volumeId(volume).deleteOnTermination(root))
        .build();
  }

  private List<Volume> volumes(Optional<SimulatedInstance> sharer) {
    List<Volume> volumes = new ArrayList<>();
    for (int place = 0; place <= disks.count(); place++) {
      List<VolumeAttachment> attachments = new ArrayList<>();
      attachments.add(attachment(instanceId(), device(place)));
      if (place == disks.count()) {
        sharer.ifPresent(
            other -> attachments.add(attachment(other.instanceId(), DEVICE_OF_ANOTHER)));
      }
      volumes.add(
          Volume.builder()
              .volumeId(volumeId(place))
              .size(place == 0 ? 8 : disks.gib())
              .volumeType(place == 0 ? "gp3" : disks.type(place))
              .multiAttachEnabled(attachments.size() > 1)
              .state(VolumeState.IN_USE)
              .attachments(attachments)
              .build());
    }
    return volumes;
  }

  private static VolumeAttachment attachment(String instance, String device) {
    return VolumeAttachment.builder().instanceId(instance).device(device).build();
  }
}
