package dev.freezeframe.rehearsal.storm;

import dev.freezeframe.rehearsal.fleet.Fleet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;
import software.amazon.awssdk.services.ec2.model.VolumeState;

/**
 * One instance of a storm's fleet.
 *
 * @param number from 1; its ids follow from it
 * @param dataVolumes besides the root volume
 * @param gib the size of each data volume
 */
public record Machine(
    int number,
    boolean windows,
    int dataVolumes,
    int gib,
    String volumeType,
    boolean running,
    Map<String, String> tags) {

  public Machine {
    if (dataVolumes < 0 || dataVolumes > 100) {
      throw new IllegalArgumentException(
          "data volumes of machine %d: expected 0 to 100, found %d".formatted(number, dataVolumes));
    }
    tags = new TreeMap<>(tags);
  }

  public String instanceId() {
    return "i-%017x".formatted(number);
  }

  /** The volume at a place: 0 is the root. */
  String volumeId(int place) {
    return "vol-%015x%02x".formatted(number, place);
  }

  static String device(int place) {
    return place == 0 ? "/dev/xvda" : "/dev/sd" + Integer.toString(9 + place, 36);
  }

  static Fleet fleet(Collection<Machine> machines) {
    List<Volume> volumes = new ArrayList<>();
    machines.forEach(machine -> volumes.addAll(machine.volumes()));
    return new Fleet(machines.stream().map(Machine::instance).toList(), volumes);
  }

  private Instance instance() {
    List<InstanceBlockDeviceMapping> mappings = new ArrayList<>();
    for (int place = 0; place <= dataVolumes; place++) {
      String volume = volumeId(place);
      boolean root = place == 0;
      mappings.add(
          InstanceBlockDeviceMapping.builder()
              .deviceName(device(place))
              .ebs(ebs -> ebs.volumeId(volume).deleteOnTermination(root))
              .build());
    }
    InstanceStateName state = running ? InstanceStateName.RUNNING : InstanceStateName.STOPPED;
    return Instance.builder()
        .instanceId(instanceId())
        .state(s -> s.name(state).code(running ? 16 : 80))
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

  private List<Volume> volumes() {
    List<Volume> volumes = new ArrayList<>();
    for (int place = 0; place <= dataVolumes; place++) {
      volumes.add(
          Volume.builder()
              .volumeId(volumeId(place))
              .size(place == 0 ? 8 : gib)
              .volumeType(place == 0 ? "gp3" : volumeType)
              .state(VolumeState.IN_USE)
              .attachments(
                  VolumeAttachment.builder().instanceId(instanceId()).device(device(place)).build())
              .build());
    }
    return volumes;
  }

  /** In words. */
  String sentence() {
    return "%s, %s, %s, %d data volumes of %d GiB %s, tags %s"
        .formatted(
            instanceId(),
            windows ? "Windows" : "Linux",
            running ? "running" : "stopped",
            dataVolumes,
            gib,
            volumeType,
            tags);
  }
}
