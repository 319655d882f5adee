package dev.freezeframe.rehearsal.ec2.inventory;

import dev.freezeframe.rehearsal.cloud.Account;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.AttachmentStatus;
import software.amazon.awssdk.services.ec2.model.DeviceType;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.Placement;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;
import software.amazon.awssdk.services.ec2.model.VolumeAttachmentState;
import software.amazon.awssdk.services.ec2.model.VolumeState;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/** Fills in what EC2 always says of an instance or a volume, and a file made by hand may not. */
public final class FleetDefaults {
  /** The key that EBS encrypts with where none is named, {@code alias/aws/ebs}. */
  public static final String EBS_KEY =
      Account.arn("kms", "key/0eb50eb5-0eb5-4eb5-8eb5-0eb50eb50eb5");

  static final String ZONE = Account.REGION + "a";
  private static final int SIZE = 8;

  private final Instant start;

  FleetDefaults(Instant start) {
    this.start = start;
  }

  Instance complete(Instance instance) {
    return instance.copy(
        builder ->
            builder
                .rootDeviceType(rootDevice(instance))
                .placement(placement(instance))
                .blockDeviceMappings(
                    instance.blockDeviceMappings().stream().map(FleetDefaults::complete).toList()));
  }

  private static DeviceType rootDevice(Instance instance) {
    if (instance.rootDeviceType() != null) {
      return instance.rootDeviceType();
    }
    boolean ebs =
        instance.blockDeviceMappings().stream()
            .anyMatch(
                mapping ->
                    mapping.ebs() != null
                        && mapping.deviceName() != null
                        && mapping.deviceName().equals(instance.rootDeviceName()));
    return ebs ? DeviceType.EBS : DeviceType.INSTANCE_STORE;
  }

  private static Placement placement(Instance instance) {
    Placement known = instance.placement();
    if (known == null) {
      return Placement.builder().availabilityZone(ZONE).tenancy("default").build();
    }
    return known.availabilityZone() == null
        ? known.copy(builder -> builder.availabilityZone(ZONE))
        : known;
  }

  private static InstanceBlockDeviceMapping complete(InstanceBlockDeviceMapping mapping) {
    if (mapping.ebs() == null) {
      return mapping;
    }
    return mapping.copy(
        builder ->
            builder.ebs(
                mapping
                    .ebs()
                    .copy(
                        ebs ->
                            ebs.status(
                                    Optional.ofNullable(mapping.ebs().status())
                                        .orElse(AttachmentStatus.ATTACHED))
                                .deleteOnTermination(
                                    Boolean.TRUE.equals(mapping.ebs().deleteOnTermination())))));
  }

  /**
   * A volume.
   *
   * @param instances those that it says it is attached to, as far as they exist
   */
  Volume complete(Volume volume, List<Instance> instances) {
    VolumeType type = Optional.ofNullable(volume.volumeType()).orElse(VolumeType.GP3);
    VolumeRules rules = VolumeRules.of(type);
    int size = Optional.ofNullable(volume.size()).orElse(SIZE);
    boolean encrypted = Boolean.TRUE.equals(volume.encrypted());
    Optional<Instance> first = instances.stream().findFirst();
    return volume.copy(
        builder ->
            builder
                .volumeType(type)
                .size(size)
                .iops(
                    Optional.ofNullable(volume.iops())
                        .orElseGet(() -> rules.usualIops().apply(size)))
                .throughput(
                    Optional.ofNullable(volume.throughput()).orElseGet(rules::usualThroughput))
                .availabilityZone(
                    Optional.ofNullable(volume.availabilityZone())
                        .or(() -> first.map(found -> found.placement().availabilityZone()))
                        .orElse(ZONE))
                .encrypted(encrypted)
                .kmsKeyId(
                    encrypted
                        ? Optional.ofNullable(volume.kmsKeyId()).orElse(EBS_KEY)
                        : volume.kmsKeyId())
                .snapshotId(Optional.ofNullable(volume.snapshotId()).orElse(""))
                .createTime(
                    Optional.ofNullable(volume.createTime())
                        .or(() -> first.map(Instance::launchTime))
                        .orElse(start))
                .multiAttachEnabled(Boolean.TRUE.equals(volume.multiAttachEnabled()))
                .state(
                    Optional.ofNullable(volume.state())
                        .orElse(
                            volume.attachments().isEmpty()
                                ? VolumeState.AVAILABLE
                                : VolumeState.IN_USE))
                .attachments(
                    volume.attachments().stream()
                        .map(attachment -> complete(volume, attachment, instances))
                        .toList()));
  }

  private static VolumeAttachment complete(
      Volume volume, VolumeAttachment attachment, List<Instance> instances) {
    boolean goesWithInstance =
        instances.stream()
            .filter(instance -> instance.instanceId().equals(attachment.instanceId()))
            .flatMap(instance -> instance.blockDeviceMappings().stream())
            .filter(mapping -> mapping.ebs() != null)
            .filter(mapping -> volume.volumeId().equals(mapping.ebs().volumeId()))
            .anyMatch(mapping -> Boolean.TRUE.equals(mapping.ebs().deleteOnTermination()));
    return attachment.copy(
        builder ->
            builder
                .volumeId(volume.volumeId())
                .state(
                    Optional.ofNullable(attachment.state()).orElse(VolumeAttachmentState.ATTACHED))
                .deleteOnTermination(goesWithInstance));
  }
}
