package dev.freezeframe.rehearsal.ec2.api;

import dev.freezeframe.rehearsal.cloud.KnownMembers;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLockedSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;

/**
 * The parameters of each action that are acted on here. Another is answered as EC2 answers one that
 * its version of the API does not have: {@code UnknownParameter}, "The parameter SriovNetSupport is
 * not recognized" (aws-sdk-ruby pull request 422, aws-cli issue 21).
 */
public final class Ec2Parameters {
  private static final Map<Class<? extends Ec2Request>, Set<String>> KNOWN =
      Map.ofEntries(
          entry(
              DescribeInstancesRequest.class, "InstanceIds", "Filters", "MaxResults", "NextToken"),
          entry(DescribeVolumesRequest.class, "VolumeIds", "Filters", "MaxResults", "NextToken"),
          entry(
              DescribeSnapshotsRequest.class,
              "SnapshotIds",
              "OwnerIds",
              "Filters",
              "MaxResults",
              "NextToken"),
          entry(DescribeLockedSnapshotsRequest.class, "SnapshotIds", "Filters"),
          entry(
              DescribeImagesRequest.class,
              "Owners",
              "Filters",
              "IncludeDisabled",
              "IncludeDeprecated"),
          entry(DescribeSnapshotAttributeRequest.class, "SnapshotId", "Attribute"),
          entry(DescribeInstanceAttributeRequest.class, "InstanceId", "Attribute"),
          entry(DescribeInstanceTypesRequest.class, "InstanceTypes"),
          entry(
              CreateSnapshotsRequest.class,
              "InstanceSpecification.InstanceId",
              "InstanceSpecification.ExcludeBootVolume",
              "InstanceSpecification.ExcludeDataVolumeIds",
              "Description",
              "TagSpecifications",
              "CopyTagsFromSource",
              "DryRun"),
          entry(CreateTagsRequest.class, "Resources", "Tags", "DryRun"),
          entry(DeleteTagsRequest.class, "Resources", "Tags", "DryRun"),
          entry(DeleteSnapshotRequest.class, "SnapshotId", "DryRun"),
          entry(StopInstancesRequest.class, "InstanceIds", "Force", "Hibernate", "DryRun"),
          entry(StartInstancesRequest.class, "InstanceIds", "DryRun"));

  private static Map.Entry<Class<? extends Ec2Request>, Set<String>> entry(
      Class<? extends Ec2Request> request, String... parameters) {
    return Map.entry(request, Set.of(parameters));
  }

  private Ec2Parameters() {}

  /** Every request that is answered here. */
  public static Set<Class<? extends Ec2Request>> requests() {
    return KNOWN.keySet();
  }

  /** Refuses a request with a parameter that is not acted on. */
  public static void check(Ec2Request request) {
    KnownMembers.unknown(request, KNOWN.get(request.getClass()))
        .ifPresent(
            name -> {
              throw Ec2Refusal.of(
                  "UnknownParameter", "The parameter %s is not recognized".formatted(name));
            });
  }
}
