package dev.freezeframe.rehearsal.ec2.instance;

import dev.freezeframe.rehearsal.cloud.Page;
import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.api.Matching;
import dev.freezeframe.rehearsal.ec2.api.Paging;
import dev.freezeframe.rehearsal.ec2.inventory.AttachmentLimits;
import dev.freezeframe.rehearsal.ec2.inventory.InstanceStores;
import dev.freezeframe.rehearsal.ec2.inventory.Zones;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceTypeHypervisor;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.InstanceTypeOffering;
import software.amazon.awssdk.services.ec2.model.LocationType;

/**
 * Answers DescribeInstanceTypes and DescribeInstanceTypeOfferings, as far as the names of types
 * tell it. Every zone offers every type of the fleet, unless it is withdrawn.
 */
public final class InstanceTypes {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*\\.[a-z0-9-]+");
  private static final Matching<InstanceTypeOffering> OFFERINGS =
      new Matching<>(
          offering -> List.of(),
          Map.of(
              "instance-type", InstanceTypeOffering::instanceTypeAsString,
              "location", InstanceTypeOffering::location));

  private final Zones zones;
  private final Set<String> known = new TreeSet<>();

  /** Those of a fleet. */
  public InstanceTypes(Zones zones, Collection<Instance> fleet) {
    this.zones = zones;
    fleet.stream()
        .map(Instance::instanceTypeAsString)
        .filter(type -> type != null)
        .forEach(known::add);
  }

  public DescribeInstanceTypesResponse describe(DescribeInstanceTypesRequest request) {
    List<String> types = request.instanceTypesAsStrings();
    if (types.isEmpty()) {
      throw Ec2Refusal.of(
          "InvalidParameterValue", "InstanceTypes is empty, expected the types to describe");
    }
    return DescribeInstanceTypesResponse.builder()
        .instanceTypes(types.stream().distinct().sorted().map(InstanceTypes::info).toList())
        .build();
  }

  private static InstanceTypeInfo info(String type) {
    if (!NAME.matcher(type).matches()) {
      throw Ec2Refusal.of(
          "InvalidInstanceType",
          "The following supplied instance types do not exist: [" + type + "]");
    }
    InstanceTypeHypervisor hypervisor =
        AttachmentLimits.isXen(type) ? InstanceTypeHypervisor.XEN : InstanceTypeHypervisor.NITRO;
    return InstanceTypeInfo.builder()
        .instanceType(type)
        .instanceStorageSupported(InstanceStores.has(type))
        .hypervisor(type.contains("metal") ? null : hypervisor)
        .ebsInfo(
            ebs ->
                ebs.maximumEbsAttachments(AttachmentLimits.most(type))
                    .attachmentLimitType(AttachmentLimits.kind(type)))
        .build();
  }

  /** By zone, of the types that the request or the fleet names. */
  public DescribeInstanceTypeOfferingsResponse offerings(
      DescribeInstanceTypeOfferingsRequest request) {
    if (request.locationType() != LocationType.AVAILABILITY_ZONE) {
      throw Ec2Refusal.of(
          "InvalidParameterValue",
          "LocationType is %s, expected availability-zone: nothing else is simulated"
              .formatted(request.locationTypeAsString()));
    }
    Paging.check(request.maxResults(), List.of());
    Set<String> types = new TreeSet<>(known);
    request.filters().stream()
        .filter(filter -> filter.name().equals("instance-type") && !Matching.hasWildcard(filter))
        .flatMap(filter -> filter.values().stream())
        .filter(type -> NAME.matcher(type).matches())
        .forEach(types::add);
    List<InstanceTypeOffering> all =
        types.stream()
            .flatMap(
                type ->
                    zones.all().stream()
                        .filter(zone -> zones.offers(zone, type))
                        .map(zone -> offering(type, zone)))
            .filter(OFFERINGS.of(request.filters()))
            .toList();
    Page<InstanceTypeOffering> page =
        Paging.of(
            all,
            offering -> offering.instanceTypeAsString() + " " + offering.location(),
            request.maxResults(),
            request.nextToken());
    return DescribeInstanceTypeOfferingsResponse.builder()
        .instanceTypeOfferings(page.items())
        .nextToken(page.next())
        .build();
  }

  private static InstanceTypeOffering offering(String type, String zone) {
    return InstanceTypeOffering.builder()
        .instanceType(type)
        .locationType(LocationType.AVAILABILITY_ZONE)
        .location(zone)
        .build();
  }
}
