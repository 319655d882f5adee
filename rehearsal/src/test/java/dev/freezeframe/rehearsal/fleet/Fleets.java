package dev.freezeframe.rehearsal.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;
import software.amazon.awssdk.services.ec2.model.VolumeState;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/** Fleets for tests: instance 1 is {@code i-...0001}, its root {@code vol-...000100}. */
public final class Fleets {
  private Fleets() {}

  public static String instanceId(int number) {
    return "i-%017x".formatted(number);
  }

  /** The volume at a place: 0 is the root. */
  public static String volumeId(int instance, int place) {
    return "vol-%015x%02x".formatted(instance, place);
  }

  /** So many running Linux instances with a root volume and so many others. */
  public static Fleet of(int instances, int dataVolumes) {
    return together(
        IntStream.rangeClosed(1, instances)
            .mapToObj(number -> one(number, dataVolumes))
            .toArray(Fleet[]::new));
  }

  /**
   * Two instances that have a volume in common (Multi-Attach): the last data volume of the first.
   */
  public static Fleet sharing(int dataVolumes) {
    Fleet first = one(1, dataVolumes);
    Fleet second = one(2, dataVolumes);
    String shared = volumeId(1, dataVolumes);
    Instance other =
        second
            .instances()
            .get(0)
            .copy(
                builder -> {
                  List<InstanceBlockDeviceMapping> mappings =
                      new ArrayList<>(second.instances().get(0).blockDeviceMappings());
                  mappings.add(
                      InstanceBlockDeviceMapping.builder()
                          .deviceName("/dev/xvdba")
                          .ebs(ebs -> ebs.volumeId(shared).deleteOnTermination(false))
                          .build());
                  builder.blockDeviceMappings(mappings);
                });
    List<Volume> volumes =
        Stream.concat(first.volumes().stream(), second.volumes().stream())
            .map(volume -> volume.volumeId().equals(shared) ? attached(volume, 2) : volume)
            .toList();
    return new Fleet(List.of(first.instances().get(0), other), volumes);
  }

  private static Volume attached(Volume volume, int instance) {
    List<VolumeAttachment> attachments = new ArrayList<>(volume.attachments());
    attachments.add(
        VolumeAttachment.builder().instanceId(instanceId(instance)).device("/dev/xvdba").build());
    return volume.copy(
        builder ->
            builder.attachments(attachments).multiAttachEnabled(true).volumeType(VolumeType.IO2));
  }

  public static Fleet together(Fleet... fleets) {
    return new Fleet(
        Stream.of(fleets).flatMap(fleet -> fleet.instances().stream()).toList(),
        Stream.of(fleets).flatMap(fleet -> fleet.volumes().stream()).toList());
  }

  public static Fleet one(int number, int dataVolumes) {
    List<InstanceBlockDeviceMapping> mappings = new ArrayList<>();
    List<Volume> volumes = new ArrayList<>();
    for (int place = 0; place <= dataVolumes; place++) {
      String device = place == 0 ? "/dev/xvda" : "/dev/sd" + Integer.toString(9 + place, 36);
      String id = volumeId(number, place);
      boolean root = place == 0;
      mappings.add(
          InstanceBlockDeviceMapping.builder()
              .deviceName(device)
              .ebs(ebs -> ebs.volumeId(id).deleteOnTermination(root))
              .build());
      volumes.add(
          Volume.builder()
              .volumeId(id)
              .size(root ? 8 : 100)
              .volumeType(VolumeType.GP3)
              .state(VolumeState.IN_USE)
              .attachments(
                  VolumeAttachment.builder().instanceId(instanceId(number)).device(device).build())
              .tags(Tag.builder().key("disk").value(device).build())
              .build());
    }
    Instance instance =
        Instance.builder()
            .instanceId(instanceId(number))
            .state(state -> state.name(InstanceStateName.RUNNING).code(16))
            .rootDeviceName("/dev/xvda")
            .platformDetails("Linux/UNIX")
            .blockDeviceMappings(mappings)
            .tags(
                Tag.builder().key("snapshot").value("snapshot").build(),
                Tag.builder().key("Name").value("server-" + number).build())
            .build();
    return new Fleet(List.of(instance), volumes);
  }
}
