package dev.freezeframe.inventory;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.restore.AttachedVolume;
import dev.freezeframe.restore.InstanceSettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfile;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsResponse;
import software.amazon.awssdk.services.ec2.model.Placement;
import software.amazon.awssdk.services.ec2.model.ProductCode;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;

/**
 * Reads how instances and volumes are set out of what EC2 answers. What is missing there, or is an
 * empty text, is empty: nothing is filled in with a default.
 */
final class Ec2Settings {
  private static final String AUTO_SCALING_GROUP = "aws:autoscaling:groupName";

  private Ec2Settings() {}

  static InstanceSettings of(Instance instance) {
    Map<String, String> tags = Ec2Instances.tags(instance.tags());
    Optional<Placement> placement = Optional.ofNullable(instance.placement());
    return new InstanceSettings(
        text(instance.instanceTypeAsString()),
        text(instance.architectureAsString()),
        text(instance.platformDetails()),
        text(instance.usageOperation()),
        texts(instance.productCodes().stream().map(ProductCode::productCodeId)),
        text(instance.imageId()),
        text(instance.keyName()),
        text(instance.bootModeAsString()),
        text(instance.currentInstanceBootModeAsString()),
        text(instance.tpmSupport()),
        Optional.ofNullable(instance.enaSupport()),
        text(instance.sriovNetSupport()),
        text(instance.virtualizationTypeAsString()),
        text(instance.rootDeviceName()),
        text(instance.rootDeviceTypeAsString()),
        text(instance.vpcId()),
        text(instance.subnetId()),
        placement.flatMap(where -> text(where.availabilityZone())),
        text(instance.privateIpAddress()),
        texts(instance.securityGroups().stream().map(GroupIdentifier::groupId)),
        Optional.ofNullable(instance.iamInstanceProfile())
            .map(IamInstanceProfile::arn)
            .flatMap(Ec2Settings::text),
        Optional.ofNullable(instance.metadataOptions()).map(Ec2Settings::metadata),
        Boolean.TRUE.equals(instance.ebsOptimized()),
        hibernation(instance),
        placement.map(Ec2Settings::placement),
        text(instance.instanceLifecycleAsString()),
        text(tags.get(AUTO_SCALING_GROUP)),
        tags);
  }

  static boolean hibernation(Instance instance) {
    return instance.hibernationOptions() != null
        && Boolean.TRUE.equals(instance.hibernationOptions().configured());
  }

  /**
   * Reads a volume.
   *
   * @param instance whose attachment counts: a volume may have others
   */
  static AttachedVolume of(Volume volume, InstanceId instance) {
    Optional<VolumeAttachment> attachment =
        volume.attachments().stream()
            .filter(one -> instance.value().equals(one.instanceId()))
            .findFirst();
    return new AttachedVolume(
        new VolumeId(volume.volumeId()),
        attachment.flatMap(one -> text(one.device())),
        text(volume.volumeTypeAsString()),
        number(volume.iops()),
        number(volume.throughput()),
        number(volume.size()),
        text(volume.availabilityZone()),
        Optional.ofNullable(volume.encrypted()),
        text(volume.kmsKeyId()),
        attachment.map(VolumeAttachment::deleteOnTermination),
        Boolean.TRUE.equals(volume.multiAttachEnabled()),
        Ec2Instances.tags(volume.tags()));
  }

  private static InstanceSettings.Metadata metadata(InstanceMetadataOptionsResponse options) {
    return new InstanceSettings.Metadata(
        text(options.httpTokensAsString()),
        text(options.httpEndpointAsString()),
        Optional.ofNullable(options.httpPutResponseHopLimit()).orElse(0),
        text(options.instanceMetadataTagsAsString()));
  }

  private static InstanceSettings.Placement placement(Placement placement) {
    return new InstanceSettings.Placement(
        text(placement.tenancyAsString()), text(placement.groupName()), text(placement.hostId()));
  }

  private static Optional<String> text(String said) {
    return Optional.ofNullable(said).filter(words -> !words.isEmpty());
  }

  private static List<String> texts(Stream<String> said) {
    return said.filter(Objects::nonNull).filter(words -> !words.isEmpty()).toList();
  }

  private static OptionalInt number(Integer said) {
    return said == null ? OptionalInt.empty() : OptionalInt.of(said);
  }
}
