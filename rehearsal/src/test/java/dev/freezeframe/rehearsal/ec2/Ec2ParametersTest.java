package dev.freezeframe.rehearsal.ec2;

import static dev.freezeframe.rehearsal.ec2.api.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.cloud.OneMember;
import dev.freezeframe.rehearsal.cloud.Stage;
import dev.freezeframe.rehearsal.ec2.api.Ec2Parameters;
import dev.freezeframe.rehearsal.ec2.api.Ec2Settings;
import dev.freezeframe.rehearsal.ec2.snapshot.SetFault;
import dev.freezeframe.rehearsal.fleet.Fleets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SnapshotAttributeName;

/** What EC2's model has and the embedded EC2 does not act on is refused. */
class Ec2ParametersTest {
  private final Stage stage = new Stage();
  private final EmbeddedEc2 ec2 =
      new EmbeddedEc2(
          stage.time,
          stage.seed,
          stage.api,
          Ec2Settings.DEFAULTS,
          Fleets.of(1, 1),
          SetFault.NONE,
          stage.events::add);

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void aParameterIsActedOnOrRefused() throws ReflectiveOperationException {
    List<String> actedOn = new ArrayList<>();
    for (Class<? extends Ec2Request> type : Ec2Parameters.requests()) {
      for (Map.Entry<String, Object> request : OneMember.requests(type).entrySet()) {
        String operation = type.getSimpleName().replaceAll("Request$", "");
        try {
          Ec2Parameters.check((Ec2Request) request.getValue());
          actedOn.add(operation + " " + request.getKey());
        } catch (Ec2Exception refused) {
          assertThat(refused.awsErrorDetails().errorMessage())
              .isEqualTo("The parameter %s is not recognized", request.getKey());
        }
      }
    }

    assertThat(actedOn)
        .containsExactlyInAnyOrder(
            "AttachVolume Device",
            "AttachVolume DryRun",
            "AttachVolume InstanceId",
            "AttachVolume VolumeId",
            "CreateReplaceRootVolumeTask ClientToken",
            "CreateReplaceRootVolumeTask DeleteReplacedRootVolume",
            "CreateReplaceRootVolumeTask DryRun",
            "CreateReplaceRootVolumeTask InstanceId",
            "CreateReplaceRootVolumeTask SnapshotId",
            "CreateReplaceRootVolumeTask TagSpecifications.ResourceType",
            "CreateReplaceRootVolumeTask TagSpecifications.Tags.Key",
            "CreateReplaceRootVolumeTask TagSpecifications.Tags.Value",
            "CreateReplaceRootVolumeTask VolumeInitializationRate",
            "CreateSnapshots CopyTagsFromSource",
            "CreateSnapshots Description",
            "CreateSnapshots DryRun",
            "CreateSnapshots InstanceSpecification.ExcludeBootVolume",
            "CreateSnapshots InstanceSpecification.ExcludeDataVolumeIds",
            "CreateSnapshots InstanceSpecification.InstanceId",
            "CreateSnapshots TagSpecifications.ResourceType",
            "CreateSnapshots TagSpecifications.Tags.Key",
            "CreateSnapshots TagSpecifications.Tags.Value",
            "CreateTags DryRun",
            "CreateTags Resources",
            "CreateTags Tags.Key",
            "CreateTags Tags.Value",
            "CreateVolume AvailabilityZone",
            "CreateVolume ClientToken",
            "CreateVolume DryRun",
            "CreateVolume Encrypted",
            "CreateVolume Iops",
            "CreateVolume KmsKeyId",
            "CreateVolume MultiAttachEnabled",
            "CreateVolume Size",
            "CreateVolume SnapshotId",
            "CreateVolume TagSpecifications.ResourceType",
            "CreateVolume TagSpecifications.Tags.Key",
            "CreateVolume TagSpecifications.Tags.Value",
            "CreateVolume Throughput",
            "CreateVolume VolumeInitializationRate",
            "CreateVolume VolumeType",
            "DeleteSnapshot DryRun",
            "DeleteSnapshot SnapshotId",
            "DeleteTags DryRun",
            "DeleteTags Resources",
            "DeleteTags Tags.Key",
            "DeleteTags Tags.Value",
            "DeleteVolume DryRun",
            "DeleteVolume VolumeId",
            "DeregisterImage DryRun",
            "DeregisterImage ImageId",
            "DescribeImages Filters.Name",
            "DescribeImages Filters.Values",
            "DescribeImages ImageIds",
            "DescribeImages IncludeDeprecated",
            "DescribeImages IncludeDisabled",
            "DescribeImages MaxResults",
            "DescribeImages NextToken",
            "DescribeImages Owners",
            "DescribeInstanceAttribute Attribute",
            "DescribeInstanceAttribute InstanceId",
            "DescribeInstanceTypeOfferings Filters.Name",
            "DescribeInstanceTypeOfferings Filters.Values",
            "DescribeInstanceTypeOfferings LocationType",
            "DescribeInstanceTypeOfferings MaxResults",
            "DescribeInstanceTypeOfferings NextToken",
            "DescribeInstanceTypes InstanceTypes",
            "DescribeInstances Filters.Name",
            "DescribeInstances Filters.Values",
            "DescribeInstances InstanceIds",
            "DescribeInstances MaxResults",
            "DescribeInstances NextToken",
            "DescribeKeyPairs Filters.Name",
            "DescribeKeyPairs Filters.Values",
            "DescribeLockedSnapshots Filters.Name",
            "DescribeLockedSnapshots Filters.Values",
            "DescribeLockedSnapshots SnapshotIds",
            "DescribeSecurityGroups Filters.Name",
            "DescribeSecurityGroups Filters.Values",
            "DescribeSubnets Filters.Name",
            "DescribeSubnets Filters.Values",
            "DescribeReplaceRootVolumeTasks Filters.Name",
            "DescribeReplaceRootVolumeTasks Filters.Values",
            "DescribeReplaceRootVolumeTasks MaxResults",
            "DescribeReplaceRootVolumeTasks NextToken",
            "DescribeReplaceRootVolumeTasks ReplaceRootVolumeTaskIds",
            "DescribeSnapshotAttribute Attribute",
            "DescribeSnapshotAttribute SnapshotId",
            "DescribeSnapshots Filters.Name",
            "DescribeSnapshots Filters.Values",
            "DescribeSnapshots MaxResults",
            "DescribeSnapshots NextToken",
            "DescribeSnapshots OwnerIds",
            "DescribeSnapshots SnapshotIds",
            "DescribeVolumeStatus Filters.Name",
            "DescribeVolumeStatus Filters.Values",
            "DescribeVolumeStatus MaxResults",
            "DescribeVolumeStatus NextToken",
            "DescribeVolumeStatus VolumeIds",
            "DescribeVolumes Filters.Name",
            "DescribeVolumes Filters.Values",
            "DescribeVolumes MaxResults",
            "DescribeVolumes NextToken",
            "DescribeVolumes VolumeIds",
            "DetachVolume Device",
            "DetachVolume DryRun",
            "DetachVolume InstanceId",
            "DetachVolume VolumeId",
            "ListSnapshotsInRecycleBin MaxResults",
            "ModifyInstanceAttribute BlockDeviceMappings.DeviceName",
            "ModifyInstanceAttribute BlockDeviceMappings.Ebs.DeleteOnTermination",
            "ModifyInstanceAttribute BlockDeviceMappings.Ebs.VolumeId",
            "ModifyInstanceAttribute DisableApiStop.Value",
            "ModifyInstanceAttribute DisableApiTermination.Value",
            "ModifyInstanceAttribute DryRun",
            "ModifyInstanceAttribute InstanceId",
            "ModifyInstanceAttribute InstanceInitiatedShutdownBehavior.Value",
            "RegisterImage Architecture",
            "RegisterImage BlockDeviceMappings.DeviceName",
            "RegisterImage BlockDeviceMappings.Ebs.DeleteOnTermination",
            "RegisterImage BlockDeviceMappings.Ebs.Encrypted",
            "RegisterImage BlockDeviceMappings.Ebs.Iops",
            "RegisterImage BlockDeviceMappings.Ebs.SnapshotId",
            "RegisterImage BlockDeviceMappings.Ebs.Throughput",
            "RegisterImage BlockDeviceMappings.Ebs.VolumeSize",
            "RegisterImage BlockDeviceMappings.Ebs.VolumeType",
            "RegisterImage BootMode",
            "RegisterImage Description",
            "RegisterImage DryRun",
            "RegisterImage EnaSupport",
            "RegisterImage ImdsSupport",
            "RegisterImage Name",
            "RegisterImage RootDeviceName",
            "RegisterImage SriovNetSupport",
            "RegisterImage TagSpecifications.ResourceType",
            "RegisterImage TagSpecifications.Tags.Key",
            "RegisterImage TagSpecifications.Tags.Value",
            "RegisterImage TpmSupport",
            "RegisterImage VirtualizationType",
            "RunInstances BlockDeviceMappings.DeviceName",
            "RunInstances BlockDeviceMappings.Ebs.DeleteOnTermination",
            "RunInstances BlockDeviceMappings.Ebs.Encrypted",
            "RunInstances BlockDeviceMappings.Ebs.Iops",
            "RunInstances BlockDeviceMappings.Ebs.KmsKeyId",
            "RunInstances BlockDeviceMappings.Ebs.SnapshotId",
            "RunInstances BlockDeviceMappings.Ebs.Throughput",
            "RunInstances BlockDeviceMappings.Ebs.VolumeInitializationRate",
            "RunInstances BlockDeviceMappings.Ebs.VolumeSize",
            "RunInstances BlockDeviceMappings.Ebs.VolumeType",
            "RunInstances BlockDeviceMappings.NoDevice",
            "RunInstances ClientToken",
            "RunInstances DisableApiStop",
            "RunInstances DisableApiTermination",
            "RunInstances DryRun",
            "RunInstances EbsOptimized",
            "RunInstances IamInstanceProfile.Arn",
            "RunInstances IamInstanceProfile.Name",
            "RunInstances ImageId",
            "RunInstances InstanceInitiatedShutdownBehavior",
            "RunInstances InstanceType",
            "RunInstances KeyName",
            "RunInstances MaxCount",
            "RunInstances MetadataOptions.HttpEndpoint",
            "RunInstances MetadataOptions.HttpPutResponseHopLimit",
            "RunInstances MetadataOptions.HttpTokens",
            "RunInstances MetadataOptions.InstanceMetadataTags",
            "RunInstances MinCount",
            "RunInstances Placement.AvailabilityZone",
            "RunInstances Placement.GroupName",
            "RunInstances Placement.Tenancy",
            "RunInstances SecurityGroupIds",
            "RunInstances SubnetId",
            "RunInstances TagSpecifications.ResourceType",
            "RunInstances TagSpecifications.Tags.Key",
            "RunInstances TagSpecifications.Tags.Value",
            "RunInstances UserData",
            "StartInstances DryRun",
            "StartInstances InstanceIds",
            "StopInstances DryRun",
            "StopInstances Force",
            "StopInstances Hibernate",
            "StopInstances InstanceIds",
            "TerminateInstances DryRun",
            "TerminateInstances InstanceIds");
  }

  @Test
  void everyOperationAsksWhatItActsOn() {
    String unknown = "UnknownParameter";

    refuses(unknown, () -> ec2.describeInstances(r -> r.dryRun(true)));
    refuses(unknown, () -> ec2.describeVolumes(r -> r.dryRun(true)));
    refuses(unknown, () -> ec2.describeSnapshots(r -> r.restorableByUserIds("all")));
    refuses(unknown, () -> ec2.describeLockedSnapshots(r -> r.nextToken("token")));
    refuses(unknown, () -> ec2.describeImages(r -> r.executableUsers("all")));
    refuses(unknown, () -> ec2.describeSnapshotAttribute(r -> r.dryRun(true)));
    refuses(unknown, () -> ec2.describeInstanceAttribute(r -> r.dryRun(true)));
    refuses(unknown, () -> ec2.describeInstanceTypes(r -> r.dryRun(true)));
    refuses(unknown, () -> ec2.stopInstances(r -> r.skipOsShutdown(true)));
    refuses(unknown, () -> ec2.startInstances(r -> r.additionalInfo("reserved")));
    refuses(unknown, () -> ec2.createSnapshots(r -> r.location("regional")));
    refuses(unknown, () -> ec2.describeVolumeStatus(r -> r.dryRun(true)));
    refuses(unknown, () -> ec2.describeReplaceRootVolumeTasks(r -> r.dryRun(true)));
    refuses(unknown, () -> ec2.describeInstanceTypeOfferings(r -> r.dryRun(true)));
    refuses(unknown, () -> ec2.createVolume(r -> r.outpostArn("arn")));
    refuses(unknown, () -> ec2.detachVolume(r -> r.force(true)));
    refuses(unknown, () -> ec2.runInstances(r -> r.kernelId("aki-1")));
    refuses(unknown, () -> ec2.terminateInstances(r -> r.skipOsShutdown(true)));
    refuses(unknown, () -> ec2.modifyInstanceAttribute(r -> r.groups("sg-1")));
    refuses(unknown, () -> ec2.registerImage(r -> r.imageLocation("bucket")));
    refuses(unknown, () -> ec2.deregisterImage(r -> r.deleteAssociatedSnapshots(true)));
    refuses(unknown, () -> ec2.createReplaceRootVolumeTask(r -> r.imageId("ami-1")));
  }

  @Test
  void valuesThatAreNotSimulatedAreRefused() {
    String invalid = "InvalidParameterValue";
    Filter other = Filter.builder().name("encrypted").values("true").build();

    refuses(invalid, () -> ec2.describeInstances(r -> r.filters(other)));
    refuses(invalid, () -> ec2.describeVolumes(r -> r.filters(other)));
    refuses(invalid, () -> ec2.describeSnapshots(r -> r.filters(other)));
    refuses(invalid, () -> ec2.describeSnapshots(r -> r.ownerIds("amazon")));
    refuses(invalid, () -> ec2.describeLockedSnapshots(r -> r.filters(other)));
    refuses(invalid, () -> ec2.describeImages(r -> r.filters(other)));
    refuses(invalid, () -> ec2.describeImages(r -> r.owners("amazon")));
    refuses(invalid, () -> ec2.describeVolumeStatus(r -> r.filters(other)));
    refuses(invalid, () -> ec2.describeReplaceRootVolumeTasks(r -> r.filters(other)));
    refuses(invalid, () -> ec2.describeInstanceTypeOfferings(r -> r.locationType("region")));
    refuses(
        invalid,
        () ->
            ec2.describeSnapshotAttribute(
                r -> r.snapshotId("snap-1").attribute(SnapshotAttributeName.PRODUCT_CODES)));
  }

  private void refuses(String code, Supplier<?> call) {
    assertRefused(code, () -> stage.call(call::get));
  }
}
