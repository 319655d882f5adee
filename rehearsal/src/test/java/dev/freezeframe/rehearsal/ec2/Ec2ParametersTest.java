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
            "DeleteSnapshot DryRun",
            "DeleteSnapshot SnapshotId",
            "DeleteTags DryRun",
            "DeleteTags Resources",
            "DeleteTags Tags.Key",
            "DeleteTags Tags.Value",
            "DescribeImages Filters.Name",
            "DescribeImages Filters.Values",
            "DescribeImages IncludeDeprecated",
            "DescribeImages IncludeDisabled",
            "DescribeImages Owners",
            "DescribeInstanceAttribute Attribute",
            "DescribeInstanceAttribute InstanceId",
            "DescribeInstanceTypes InstanceTypes",
            "DescribeInstances Filters.Name",
            "DescribeInstances Filters.Values",
            "DescribeInstances InstanceIds",
            "DescribeInstances MaxResults",
            "DescribeInstances NextToken",
            "DescribeLockedSnapshots Filters.Name",
            "DescribeLockedSnapshots Filters.Values",
            "DescribeLockedSnapshots SnapshotIds",
            "DescribeSnapshotAttribute Attribute",
            "DescribeSnapshotAttribute SnapshotId",
            "DescribeSnapshots Filters.Name",
            "DescribeSnapshots Filters.Values",
            "DescribeSnapshots MaxResults",
            "DescribeSnapshots NextToken",
            "DescribeSnapshots OwnerIds",
            "DescribeSnapshots SnapshotIds",
            "DescribeVolumes Filters.Name",
            "DescribeVolumes Filters.Values",
            "DescribeVolumes MaxResults",
            "DescribeVolumes NextToken",
            "DescribeVolumes VolumeIds",
            "StartInstances DryRun",
            "StartInstances InstanceIds",
            "StopInstances DryRun",
            "StopInstances Force",
            "StopInstances Hibernate",
            "StopInstances InstanceIds");
  }

  @Test
  void everyOperationAsksWhatItActsOn() {
    String unknown = "UnknownParameter";

    refuses(unknown, () -> ec2.describeInstances(r -> r.dryRun(true)));
    refuses(unknown, () -> ec2.describeVolumes(r -> r.dryRun(true)));
    refuses(unknown, () -> ec2.describeSnapshots(r -> r.restorableByUserIds("all")));
    refuses(unknown, () -> ec2.describeLockedSnapshots(r -> r.nextToken("token")));
    refuses(unknown, () -> ec2.describeImages(r -> r.imageIds("ami-1")));
    refuses(unknown, () -> ec2.describeSnapshotAttribute(r -> r.dryRun(true)));
    refuses(unknown, () -> ec2.describeInstanceAttribute(r -> r.dryRun(true)));
    refuses(unknown, () -> ec2.describeInstanceTypes(r -> r.dryRun(true)));
    refuses(unknown, () -> ec2.stopInstances(r -> r.skipOsShutdown(true)));
    refuses(unknown, () -> ec2.startInstances(r -> r.additionalInfo("reserved")));
    refuses(unknown, () -> ec2.createSnapshots(r -> r.location("regional")));
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
    refuses(invalid, () -> ec2.describeImages(r -> r.owners("self")));
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
