package dev.freezeframe.rehearsal.ec2.instance;

import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotStore;
import dev.freezeframe.rehearsal.ec2.volume.VolumeOrder;
import dev.freezeframe.rehearsal.ec2.volume.VolumeOrders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.Image;

/**
 * The devices of a launch: those of the image, changed by those of the request and together with
 * them (EC2 user guide, "Block device mappings").
 */
final class LaunchDevices {
  private final VolumeOrders orders;
  private final SnapshotStore snapshots;

  LaunchDevices(VolumeOrders orders, SnapshotStore snapshots) {
    this.orders = orders;
    this.snapshots = snapshots;
  }

  List<LaunchOrder.Device> of(
      Image image, List<BlockDeviceMapping> asked, String zone, SortedMap<String, String> tags) {
    Map<String, EbsBlockDevice> devices = new LinkedHashMap<>();
    image.blockDeviceMappings().stream()
        .filter(mapping -> mapping.ebs() != null && mapping.deviceName() != null)
        .forEach(mapping -> devices.put(mapping.deviceName(), mapping.ebs()));
    for (BlockDeviceMapping mapping : asked) {
      String name = mapping.deviceName();
      if (mapping.noDevice() != null) {
        devices.remove(name);
      } else if (mapping.ebs() == null) {
        throw invalid("%s has no volume: nothing else is simulated".formatted(name));
      } else {
        devices.put(name, together(image, name, devices.get(name), mapping.ebs()));
      }
    }
    if (!devices.containsKey(image.rootDeviceName())) {
      throw invalid("the root device %s is missing".formatted(image.rootDeviceName()));
    }
    return devices.entrySet().stream()
        .map(
            device ->
                new LaunchOrder.Device(
                    device.getKey(),
                    order(device.getValue(), zone, tags),
                    !Boolean.FALSE.equals(device.getValue().deleteOnTermination())))
        .toList();
  }

  private static EbsBlockDevice together(
      Image image, String name, EbsBlockDevice ofImage, EbsBlockDevice asked) {
    if (ofImage == null) {
      return asked;
    }
    boolean another =
        asked.snapshotId() != null && !Objects.equals(asked.snapshotId(), ofImage.snapshotId());
    if (another && name.equals(image.rootDeviceName())) {
      throw invalid("snapshotId cannot be modified on root device");
    }
    if (another) {
      return asked;
    }
    return ofImage.copy(
        builder ->
            builder
                .volumeSize(Optional.ofNullable(asked.volumeSize()).orElse(ofImage.volumeSize()))
                .volumeType(Optional.ofNullable(asked.volumeType()).orElse(ofImage.volumeType()))
                .iops(
                    asked.volumeType() == null && asked.iops() == null
                        ? ofImage.iops()
                        : asked.iops())
                .throughput(
                    asked.volumeType() == null && asked.throughput() == null
                        ? ofImage.throughput()
                        : asked.throughput())
                .encrypted(Optional.ofNullable(asked.encrypted()).orElse(ofImage.encrypted()))
                .kmsKeyId(asked.kmsKeyId())
                .volumeInitializationRate(asked.volumeInitializationRate())
                .deleteOnTermination(
                    Optional.ofNullable(asked.deleteOnTermination())
                        .orElse(ofImage.deleteOnTermination())));
  }

  /** The snapshots of public images belong to others, and are not simulated. */
  private VolumeOrder order(EbsBlockDevice ebs, String zone, SortedMap<String, String> tags) {
    boolean ofOthers =
        ebs.snapshotId() != null && ebs.volumeSize() != null && !snapshots.has(ebs.snapshotId());
    if (!ofOthers) {
      return orders.of(
          Boolean.FALSE.equals(ebs.encrypted())
              ? ebs.copy(builder -> builder.encrypted(null))
              : ebs,
          zone,
          tags);
    }
    VolumeOrder blank =
        orders.of(
            ebs.copy(builder -> builder.snapshotId(null).volumeInitializationRate(null)),
            zone,
            tags);
    return blank.madeOf(ebs.snapshotId(), Optional.ofNullable(ebs.volumeInitializationRate()));
  }

  private static RuntimeException invalid(String why) {
    return Ec2Refusal.of("InvalidBlockDeviceMapping", why);
  }
}
