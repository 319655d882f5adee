package dev.freezeframe.rehearsal.ec2;

import dev.freezeframe.rehearsal.cloud.KnownMembers;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLockedSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Request;

/**
 * The parameters of each action that are acted on here. Another is answered as EC2 answers one that
 * its version of the API does not have: {@code UnknownParameter}, "The parameter SriovNetSupport is
 * not recognized" (aws-sdk-ruby pull request 422, aws-cli issue 21).
 */
final class Ec2Parameters {
  private static final Set<String> TAGS = Set.of("Resources", "Tags", "DryRun");

  private static final Map<Class<? extends Ec2Request>, Set<String>> KNOWN =
      Map.of(
          DescribeInstancesRequest.class,
          Set.of("InstanceIds", "Filters", "MaxResults", "NextToken"),
          DescribeVolumesRequest.class,
          Set.of("VolumeIds", "Filters", "MaxResults", "NextToken"),
          DescribeSnapshotsRequest.class,
          Set.of("SnapshotIds", "OwnerIds", "Filters", "MaxResults", "NextToken"),
          DescribeLockedSnapshotsRequest.class,
          Set.of("SnapshotIds", "Filters"),
          DescribeImagesRequest.class,
          Set.of("Owners", "Filters", "IncludeDisabled", "IncludeDeprecated"),
          DescribeSnapshotAttributeRequest.class,
          Set.of("SnapshotId", "Attribute"),
          CreateSnapshotsRequest.class,
          Set.of(
              "InstanceSpecification.InstanceId",
              "InstanceSpecification.ExcludeBootVolume",
              "InstanceSpecification.ExcludeDataVolumeIds",
              "Description",
              "TagSpecifications",
              "CopyTagsFromSource",
              "DryRun"),
          CreateTagsRequest.class,
          TAGS,
          DeleteTagsRequest.class,
          TAGS,
          DeleteSnapshotRequest.class,
          Set.of("SnapshotId", "DryRun"));

  private Ec2Parameters() {}

  /** Every request that is answered here. */
  static Set<Class<? extends Ec2Request>> requests() {
    return KNOWN.keySet();
  }

  /** Refuses a request with a parameter that is not acted on. */
  static void check(Ec2Request request) {
    KnownMembers.unknown(request, KNOWN.get(request.getClass()))
        .ifPresent(
            name -> {
              throw Ec2Refusal.of(
                  "UnknownParameter", "The parameter %s is not recognized".formatted(name));
            });
  }
}
