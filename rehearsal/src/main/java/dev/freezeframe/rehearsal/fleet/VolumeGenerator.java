package dev.freezeframe.rehearsal.fleet;

import dev.freezeframe.rehearsal.cloud.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;
import software.amazon.awssdk.services.ec2.model.VolumeState;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/** Makes up the volumes that instances name and nothing describes: gp3, 8 to 100 GiB. */
final class VolumeGenerator {
  private static final int MIN_GIB = 8;
  private static final int MAX_GIB = 100;

  private final Seed seed;

  VolumeGenerator(Seed seed) {
    this.seed = seed;
  }

  Fleet complete(Fleet fleet) {
    SortedMap<String, Volume> volumes = new TreeMap<>();
    fleet.volumes().forEach(volume -> volumes.put(volume.volumeId(), volume));
    for (Instance instance : fleet.instances()) {
      for (InstanceBlockDeviceMapping mapping : instance.blockDeviceMappings()) {
        if (mapping.ebs() != null) {
          volumes.merge(
              mapping.ebs().volumeId(), madeUp(instance, mapping), VolumeGenerator::together);
        }
      }
    }
    return new Fleet(
        fleet.instances(),
        new ArrayList<>(volumes.values()),
        fleet.reservations(),
        fleet.attributes());
  }

  private Volume madeUp(Instance instance, InstanceBlockDeviceMapping mapping) {
    String id = mapping.ebs().volumeId();
    double part = seed.random("size of " + id).nextDouble();
    return Volume.builder()
        .volumeId(id)
        .size(MIN_GIB + (int) (part * (MAX_GIB - MIN_GIB + 1)))
        .volumeType(VolumeType.GP3)
        .state(VolumeState.IN_USE)
        .attachments(
            VolumeAttachment.builder()
                .instanceId(instance.instanceId())
                .volumeId(id)
                .device(mapping.deviceName())
                .deleteOnTermination(mapping.ebs().deleteOnTermination())
                .state("attached")
                .build())
        .build();
  }

  /** The described volume, attached to every instance that names it. */
  private static Volume together(Volume described, Volume madeUp) {
    VolumeAttachment attachment = madeUp.attachments().get(0);
    if (described.attachments().stream()
        .anyMatch(known -> attachment.instanceId().equals(known.instanceId()))) {
      return described;
    }
    List<VolumeAttachment> all = new ArrayList<>(described.attachments());
    all.add(attachment);
    return described.copy(builder -> builder.attachments(all).state(VolumeState.IN_USE));
  }
}
