package dev.freezeframe.restore.view;

import java.util.Optional;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DiskInfo;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.LocationType;

/** Asks EC2 about instance types. */
record Ec2TypeReader(Ec2Client ec2) {

  /** How much can be attached to an instance of a type; empty: EC2 does not say. */
  Optional<AttachmentLimit> limit(String type) {
    try {
      return ec2
          .describeInstanceTypes(request -> request.instanceTypesWithStrings(type))
          .instanceTypes()
          .stream()
          .findFirst()
          .filter(info -> info.ebsInfo() != null && info.ebsInfo().maximumEbsAttachments() != null)
          .map(Ec2TypeReader::limit);
    } catch (Ec2Exception refused) {
      if (refused.awsErrorDetails() != null
          && "InvalidInstanceType".equals(refused.awsErrorDetails().errorCode())) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  private static AttachmentLimit limit(InstanceTypeInfo info) {
    int disks =
        info.instanceStorageInfo() == null
            ? 0
            : info.instanceStorageInfo().disks().stream().mapToInt(DiskInfo::count).sum();
    return new AttachmentLimit(
        info.ebsInfo().maximumEbsAttachments(),
        "shared".equals(info.ebsInfo().attachmentLimitTypeAsString()),
        disks);
  }

  /** Whether a type is offered in a zone. */
  boolean offered(String type, String zone) {
    return !ec2.describeInstanceTypeOfferings(
            request ->
                request
                    .locationType(LocationType.AVAILABILITY_ZONE)
                    .filters(
                        Filter.builder().name("instance-type").values(type).build(),
                        Filter.builder().name("location").values(zone).build()))
        .instanceTypeOfferings()
        .isEmpty();
  }
}
