package dev.freezeframe.restore.ec2;

import dev.freezeframe.restore.InstanceSettings;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestorePlan.Creation;
import dev.freezeframe.restore.RestorePlan.Launch;
import dev.freezeframe.restore.RestoreTags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.RegisterImageRequest;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** What EC2 is asked for to launch an instance as the one of the set was. */
final class Ec2LaunchRequests {
  private Ec2LaunchRequests() {}

  /** EC2's defaults are those of long ago: {@code i386} and {@code paravirtual}. */
  static RegisterImageRequest image(RestoreId restore, RestorePlan plan) {
    InstanceSettings settings = launch(plan).settings();
    Creation root = root(plan);
    RegisterImageRequest.Builder request =
        RegisterImageRequest.builder()
            .name(restore.value())
            .description("For the launch of %s only".formatted(restore))
            .virtualizationType(settings.virtualization().orElse("hvm"))
            .enaSupport(settings.enaSupport().orElse(true))
            .rootDeviceName(device(root))
            .blockDeviceMappings(mapping(root, true, OptionalInt.empty()))
            .tagSpecifications(tagged(ResourceType.IMAGE, restore, Map.of()));
    settings.architecture().ifPresent(request::architecture);
    settings.bootMode().or(settings::currentBootMode).ifPresent(request::bootMode);
    settings.tpmSupport().ifPresent(request::tpmSupport);
    settings.sriovNetSupport().ifPresent(request::sriovNetSupport);
    return request.build();
  }

  static RunInstancesRequest instance(RestoreId restore, RestorePlan plan, String image) {
    Launch launch = launch(plan);
    InstanceSettings settings = launch.settings();
    RunInstancesRequest.Builder request =
        RunInstancesRequest.builder()
            .clientToken(restore.value())
            .minCount(1)
            .maxCount(1)
            .imageId(image)
            .instanceType(settings.type().orElseThrow())
            .ebsOptimized(settings.ebsOptimized())
            .securityGroupIds(settings.securityGroups())
            .blockDeviceMappings(mappings(plan))
            .tagSpecifications(
                tagged(ResourceType.INSTANCE, restore, launch.tags()),
                tagged(ResourceType.VOLUME, restore, Map.of()));
    settings.subnet().ifPresent(request::subnetId);
    settings.keyName().ifPresent(request::keyName);
    settings.profile().ifPresent(arn -> request.iamInstanceProfile(profile -> profile.arn(arn)));
    settings
        .placement()
        .ifPresent(
            where ->
                request.placement(
                    placement ->
                        placement
                            .tenancy(where.tenancy().orElse(null))
                            .groupName(where.group().orElse(null))
                            .hostId(where.host().orElse(null))));
    settings
        .metadata()
        .ifPresent(
            options ->
                request.metadataOptions(
                    metadata ->
                        metadata
                            .httpTokens(options.tokens().orElse(null))
                            .httpEndpoint(options.endpoint().orElse(null))
                            .httpPutResponseHopLimit(options.hopLimit())
                            .instanceMetadataTags(options.tags().orElse(null))));
    return request.build();
  }

  /** The root of a registered image is its own; EC2 takes no other snapshot for it. */
  private static List<BlockDeviceMapping> mappings(RestorePlan plan) {
    List<BlockDeviceMapping> mappings = new ArrayList<>();
    for (Creation creation : plan.volumes()) {
      if (!creation.root()) {
        mappings.add(mapping(creation, false, plan.request().initializeMiBps()));
      }
    }
    return mappings;
  }

  /** Whether it is encrypted must not be said of a snapshot: it is as the snapshot is. */
  private static BlockDeviceMapping mapping(Creation creation, boolean ofImage, OptionalInt rate) {
    EbsBlockDevice.Builder ebs =
        EbsBlockDevice.builder()
            .snapshotId(creation.snapshot().value())
            .volumeType(creation.type())
            .volumeSize(creation.sizeGiB())
            .deleteOnTermination(creation.deleteOnTermination());
    creation.iops().ifPresent(ebs::iops);
    creation.throughput().ifPresent(ebs::throughput);
    if (!ofImage) {
      rate.ifPresent(ebs::volumeInitializationRate);
    }
    return BlockDeviceMapping.builder().deviceName(device(creation)).ebs(ebs.build()).build();
  }

  private static String device(Creation creation) {
    return creation
        .device()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "%s: expected the device under which it is attached"
                        .formatted(creation.snapshot())));
  }

  private static Creation root(RestorePlan plan) {
    return plan.volumes().stream().filter(Creation::root).findFirst().orElseThrow();
  }

  private static Launch launch(RestorePlan plan) {
    return plan.launch().orElseThrow();
  }

  static TagSpecification tagged(ResourceType type, RestoreId restore, Map<String, String> more) {
    Map<String, String> tags = new TreeMap<>(more);
    tags.put(RestoreTags.RESTORE, restore.value());
    return TagSpecification.builder().resourceType(type).tags(Ec2Volumes.tags(tags)).build();
  }
}
