package dev.freezeframe.rehearsal.ec2.instance;

import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.api.Tags;
import dev.freezeframe.rehearsal.ec2.image.ImageStore;
import dev.freezeframe.rehearsal.ec2.inventory.Zones;
import dev.freezeframe.rehearsal.instance.InstanceAttributes;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.model.ArchitectureValues;
import software.amazon.awssdk.services.ec2.model.DeviceType;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataEndpointState;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsRequest;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsResponse;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsState;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataTagsState;
import software.amazon.awssdk.services.ec2.model.Placement;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.VirtualizationType;

/** Reads what RunInstances asks for, and refuses what EC2 refuses at once. */
public final class LaunchOrders {
  private static final Pattern ARM = Pattern.compile("([a-z]+\\d+[a-z]*g[a-z]*|a1|mac2.*)\\..*");
  private static final List<ResourceType> TAGGABLE =
      List.of(ResourceType.INSTANCE, ResourceType.VOLUME, ResourceType.NETWORK_INTERFACE);

  private final Zones zones;
  private final ImageStore images;
  private final FleetNetwork network;
  private final LaunchDevices devices;

  LaunchOrders(Zones zones, ImageStore images, FleetNetwork network, LaunchDevices devices) {
    this.zones = zones;
    this.images = images;
    this.network = network;
    this.devices = devices;
  }

  LaunchOrder of(RunInstancesRequest request) {
    checkCount(request);
    Image image = image(request.imageId());
    String type = request.instanceTypeAsString();
    if (type == null) {
      throw Ec2Refusal.missing("InstanceType");
    }
    checkFits(image, type);
    Optional<FleetNetwork.Subnet> subnet =
        Optional.ofNullable(request.subnetId()).map(network::subnet);
    String zone = zone(request.placement(), subnet);
    if (!zones.offers(zone, type)) {
      throw Ec2Refusal.of(
          "Unsupported",
          "Your requested instance type (%s) is not supported in your requested Availability Zone (%s)."
              .formatted(type, zone));
    }
    return new LaunchOrder(
        instance(request, image, subnet, zone),
        attributes(request),
        devices.of(image, request.blockDeviceMappings(), zone, tags(request, ResourceType.VOLUME)),
        UserData.of(request.userData()));
  }

  /** The architecture of a type, which its name says. */
  public static ArchitectureValues architecture(String type) {
    return ARM.matcher(type).matches() ? ArchitectureValues.ARM64 : ArchitectureValues.X86_64;
  }

  private static void checkCount(RunInstancesRequest request) {
    if (request.minCount() == null || request.maxCount() == null) {
      throw Ec2Refusal.missing("MinCount and MaxCount");
    }
    if (request.minCount() != 1 || request.maxCount() != 1) {
      throw Ec2Refusal.of(
          "InvalidParameterValue",
          "MinCount and MaxCount are %d and %d, expected 1: nothing else is simulated"
              .formatted(request.minCount(), request.maxCount()));
    }
  }

  private Image image(String id) {
    if (id == null) {
      throw Ec2Refusal.missing("ImageId");
    }
    Image image = images.launched(id);
    if (image.state() != ImageState.AVAILABLE) {
      throw Ec2Refusal.of(
          "InvalidAMIID.Unavailable", "The image ID '%s' is not available".formatted(id));
    }
    return image;
  }

  private static void checkFits(Image image, String type) {
    ArchitectureValues wanted = architecture(type);
    if (image.architecture() != wanted) {
      throw Ec2Refusal.of(
          "InvalidParameterValue",
          "The architecture '%s' of the specified instance type does not match the architecture '%s' of the specified AMI."
              .formatted(wanted, image.architecture()));
    }
    if (image.virtualizationType() != VirtualizationType.HVM) {
      throw Ec2Refusal.of(
          "InvalidParameterCombination",
          "Images with a virtualization type of '%s' are not supported for the instance type %s."
              .formatted(image.virtualizationType(), type));
    }
  }

  private String zone(Placement placement, Optional<FleetNetwork.Subnet> subnet) {
    Optional<String> asked = Optional.ofNullable(placement).map(Placement::availabilityZone);
    asked.ifPresent(zones::asked);
    String zone =
        subnet.map(FleetNetwork.Subnet::zone).or(() -> asked).orElseGet(() -> zones.all().get(0));
    if (asked.isPresent() && !asked.get().equals(zone)) {
      throw Ec2Refusal.of(
          "InvalidParameterValue",
          "Value (%s) for parameter subnetId is invalid. It is in the zone %s, and not in %s"
              .formatted(subnet.orElseThrow().id(), zone, asked.get()));
    }
    return zone;
  }

  private Instance instance(
      RunInstancesRequest request, Image image, Optional<FleetNetwork.Subnet> subnet, String zone) {
    Placement placement =
        Optional.ofNullable(request.placement()).orElseGet(() -> Placement.builder().build());
    return Instance.builder()
        .imageId(image.imageId())
        .instanceType(request.instanceTypeAsString())
        .architecture(image.architectureAsString())
        .virtualizationType(image.virtualizationType())
        .platform(image.platformAsString())
        .platformDetails(image.platformDetails())
        .usageOperation(image.usageOperation())
        .productCodes(image.productCodes())
        .bootMode(image.bootModeAsString())
        .tpmSupport(image.tpmSupportAsString())
        .enaSupport(image.enaSupport())
        .sriovNetSupport(image.sriovNetSupport())
        .rootDeviceName(image.rootDeviceName())
        .rootDeviceType(DeviceType.EBS)
        .subnetId(request.subnetId())
        .vpcId(subnet.map(FleetNetwork.Subnet::vpcId).orElse(null))
        .securityGroups(request.securityGroupIds().stream().map(network::group).toList())
        .iamInstanceProfile(
            Optional.ofNullable(request.iamInstanceProfile()).map(network::profile).orElse(null))
        .keyName(Optional.ofNullable(request.keyName()).map(network::keyPair).orElse(null))
        .ebsOptimized(Boolean.TRUE.equals(request.ebsOptimized()))
        .metadataOptions(metadata(request.metadataOptions(), image))
        .placement(
            placement.copy(
                builder ->
                    builder
                        .availabilityZone(zone)
                        .tenancy(
                            Optional.ofNullable(placement.tenancyAsString()).orElse("default"))))
        .clientToken(request.clientToken())
        .tags(Tags.list(tags(request, ResourceType.INSTANCE)))
        .build();
  }

  /** Version 1 is allowed unless the image or the call forbids it; account defaults are none. */
  private static InstanceMetadataOptionsResponse metadata(
      InstanceMetadataOptionsRequest asked, Image image) {
    Optional<InstanceMetadataOptionsRequest> options = Optional.ofNullable(asked);
    HttpTokensState usual =
        image.imdsSupport() == null ? HttpTokensState.OPTIONAL : HttpTokensState.REQUIRED;
    return InstanceMetadataOptionsResponse.builder()
        .state(InstanceMetadataOptionsState.APPLIED)
        .httpTokens(options.map(InstanceMetadataOptionsRequest::httpTokens).orElse(usual))
        .httpEndpoint(
            options
                .map(InstanceMetadataOptionsRequest::httpEndpoint)
                .orElse(InstanceMetadataEndpointState.ENABLED))
        .httpPutResponseHopLimit(
            options.map(InstanceMetadataOptionsRequest::httpPutResponseHopLimit).orElse(1))
        .instanceMetadataTags(
            options
                .map(InstanceMetadataOptionsRequest::instanceMetadataTags)
                .orElse(InstanceMetadataTagsState.DISABLED))
        .build();
  }

  private static InstanceAttributes attributes(RunInstancesRequest request) {
    return new InstanceAttributes(
        Boolean.TRUE.equals(request.disableApiStop()),
        Boolean.TRUE.equals(request.disableApiTermination()),
        Optional.ofNullable(request.instanceInitiatedShutdownBehaviorAsString()).orElse("stop"));
  }

  private static SortedMap<String, String> tags(RunInstancesRequest request, ResourceType of) {
    request.tagSpecifications().stream()
        .filter(specification -> !TAGGABLE.contains(specification.resourceType()))
        .findFirst()
        .ifPresent(
            other -> {
              throw Ec2Refusal.notTaggable(other.resourceTypeAsString());
            });
    return Tags.given(
        request.tagSpecifications().stream()
            .filter(specification -> specification.resourceType() == of)
            .flatMap(specification -> specification.tags().stream())
            .toList());
  }
}
