package dev.freezeframe.rehearsal.ec2.api;

import dev.freezeframe.rehearsal.cloud.KnownMembers;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.AttachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.CreateReplaceRootVolumeTaskRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DeregisterImageRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLockedSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeReplaceRootVolumeTasksRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumeStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DetachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.ListSnapshotsInRecycleBinRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.RegisterImageRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;

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
          entry(ListSnapshotsInRecycleBinRequest.class, "MaxResults"),
          entry(DescribeKeyPairsRequest.class, "Filters"),
          entry(DescribeSecurityGroupsRequest.class, "Filters"),
          entry(DescribeSubnetsRequest.class, "Filters"),
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
          entry(
              DescribeImagesRequest.class,
              "ImageIds",
              "Owners",
              "Filters",
              "IncludeDisabled",
              "IncludeDeprecated",
              "MaxResults",
              "NextToken"),
          entry(
              DescribeInstanceTypeOfferingsRequest.class,
              "LocationType",
              "Filters",
              "MaxResults",
              "NextToken"),
          entry(
              DescribeVolumeStatusRequest.class, "VolumeIds", "Filters", "MaxResults", "NextToken"),
          entry(
              DescribeReplaceRootVolumeTasksRequest.class,
              "ReplaceRootVolumeTaskIds",
              "Filters",
              "MaxResults",
              "NextToken"),
          entry(
              CreateVolumeRequest.class,
              "ClientToken",
              "AvailabilityZone",
              "SnapshotId",
              "VolumeType",
              "Iops",
              "Throughput",
              "Size",
              "Encrypted",
              "KmsKeyId",
              "VolumeInitializationRate",
              "MultiAttachEnabled",
              "TagSpecifications",
              "DryRun"),
          entry(AttachVolumeRequest.class, "Device", "InstanceId", "VolumeId", "DryRun"),
          entry(DetachVolumeRequest.class, "VolumeId", "InstanceId", "Device", "DryRun"),
          entry(DeleteVolumeRequest.class, "VolumeId", "DryRun"),
          entry(TerminateInstancesRequest.class, "InstanceIds", "DryRun"),
          entry(
              ModifyInstanceAttributeRequest.class,
              "InstanceId",
              "DisableApiStop",
              "DisableApiTermination",
              "InstanceInitiatedShutdownBehavior",
              "BlockDeviceMappings.DeviceName",
              "BlockDeviceMappings.Ebs.VolumeId",
              "BlockDeviceMappings.Ebs.DeleteOnTermination",
              "DryRun"),
          entry(
              RegisterImageRequest.class,
              "Name",
              "Description",
              "Architecture",
              "VirtualizationType",
              "RootDeviceName",
              "BlockDeviceMappings.DeviceName",
              "BlockDeviceMappings.Ebs.SnapshotId",
              "BlockDeviceMappings.Ebs.VolumeSize",
              "BlockDeviceMappings.Ebs.VolumeType",
              "BlockDeviceMappings.Ebs.Iops",
              "BlockDeviceMappings.Ebs.Throughput",
              "BlockDeviceMappings.Ebs.Encrypted",
              "BlockDeviceMappings.Ebs.DeleteOnTermination",
              "EnaSupport",
              "SriovNetSupport",
              "BootMode",
              "TpmSupport",
              "ImdsSupport",
              "TagSpecifications",
              "DryRun"),
          entry(DeregisterImageRequest.class, "ImageId", "DryRun"),
          entry(
              CreateReplaceRootVolumeTaskRequest.class,
              "ClientToken",
              "InstanceId",
              "SnapshotId",
              "VolumeInitializationRate",
              "DeleteReplacedRootVolume",
              "TagSpecifications",
              "DryRun"),
          entry(
              RunInstancesRequest.class,
              "ClientToken",
              "MinCount",
              "MaxCount",
              "ImageId",
              "InstanceType",
              "SubnetId",
              "SecurityGroupIds",
              "IamInstanceProfile",
              "KeyName",
              "BlockDeviceMappings.DeviceName",
              "BlockDeviceMappings.NoDevice",
              "BlockDeviceMappings.Ebs.SnapshotId",
              "BlockDeviceMappings.Ebs.VolumeSize",
              "BlockDeviceMappings.Ebs.VolumeType",
              "BlockDeviceMappings.Ebs.Iops",
              "BlockDeviceMappings.Ebs.Throughput",
              "BlockDeviceMappings.Ebs.Encrypted",
              "BlockDeviceMappings.Ebs.KmsKeyId",
              "BlockDeviceMappings.Ebs.DeleteOnTermination",
              "BlockDeviceMappings.Ebs.VolumeInitializationRate",
              "InstanceInitiatedShutdownBehavior",
              "UserData",
              "MetadataOptions.HttpTokens",
              "MetadataOptions.HttpEndpoint",
              "MetadataOptions.HttpPutResponseHopLimit",
              "MetadataOptions.InstanceMetadataTags",
              "Placement.AvailabilityZone",
              "Placement.Tenancy",
              "Placement.GroupName",
              "EbsOptimized",
              "DisableApiStop",
              "DisableApiTermination",
              "TagSpecifications",
              "DryRun"),
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
