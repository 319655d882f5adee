package dev.freezeframe.operator.doctor.aws.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.operator.doctor.check.fleet.RestoreRisks;
import dev.freezeframe.restore.InstanceSettings;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.restore.VolumeSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.InstanceTypeOffering;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.paginators.DescribeImagesIterable;
import software.amazon.awssdk.services.ec2.paginators.DescribeInstanceTypeOfferingsIterable;
import software.amazon.awssdk.services.ec2.paginators.DescribeSecurityGroupsIterable;
import software.amazon.awssdk.services.ec2.paginators.DescribeSubnetsIterable;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.DescribeKeyResponse;
import software.amazon.awssdk.services.kms.model.NotFoundException;

class RestoreRisksTest {
  private static final InstanceId WEB = new InstanceId("i-0000000000000aaa1");
  private static final InstanceId DATABASE = new InstanceId("i-0000000000000aaa2");

  private final Aws aws = new Aws();

  /** Shows a page of one item each, as many as it is told of, and counts the questions. */
  private static final class Aws implements Ec2Client {
    private final Map<String, String> keys = new HashMap<>();
    private final List<Image> images = new ArrayList<>();
    private final List<InstanceTypeOffering> offerings = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final List<Subnet> subnets = new ArrayList<>();
    private final List<SecurityGroup> groups = new ArrayList<>();
    private boolean forbidden;

    @Override
    public DescribeSubnetsIterable describeSubnetsPaginator(DescribeSubnetsRequest request) {
      return new DescribeSubnetsIterable(this, request);
    }

    @Override
    public DescribeSubnetsResponse describeSubnets(DescribeSubnetsRequest request) {
      asked.add("subnets " + request.filters().get(0).values());
      refuse();
      return DescribeSubnetsResponse.builder().subnets(subnets).build();
    }

    @Override
    public DescribeSecurityGroupsIterable describeSecurityGroupsPaginator(
        DescribeSecurityGroupsRequest request) {
      return new DescribeSecurityGroupsIterable(this, request);
    }

    @Override
    public DescribeSecurityGroupsResponse describeSecurityGroups(
        DescribeSecurityGroupsRequest request) {
      asked.add("groups " + request.filters().get(0).values());
      refuse();
      return DescribeSecurityGroupsResponse.builder().securityGroups(groups).build();
    }

    @Override
    public DescribeImagesIterable describeImagesPaginator(DescribeImagesRequest request) {
      return new DescribeImagesIterable(this, request);
    }

    @Override
    public DescribeImagesResponse describeImages(DescribeImagesRequest request) {
      asked.add("images " + request.filters().get(0).values());
      refuse();
      assertThat(request.includeDeprecated() && request.includeDisabled()).isTrue();
      int page = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
      return DescribeImagesResponse.builder()
          .images(images.subList(Math.min(page, images.size()), Math.min(page + 1, images.size())))
          .nextToken(page + 1 < images.size() ? String.valueOf(page + 1) : null)
          .build();
    }

    @Override
    public DescribeInstanceTypeOfferingsIterable describeInstanceTypeOfferingsPaginator(
        DescribeInstanceTypeOfferingsRequest request) {
      return new DescribeInstanceTypeOfferingsIterable(this, request);
    }

    @Override
    public DescribeInstanceTypeOfferingsResponse describeInstanceTypeOfferings(
        DescribeInstanceTypeOfferingsRequest request) {
      asked.add(
          "%s by %s".formatted(request.filters().get(0).values(), request.locationTypeAsString()));
      refuse();
      return DescribeInstanceTypeOfferingsResponse.builder()
          .instanceTypeOfferings(offerings)
          .build();
    }

    private void refuse() {
      if (forbidden) {
        throw Ec2Exception.builder()
            .statusCode(403)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode("UnauthorizedOperation").build())
            .build();
      }
    }

    @Override
    public String serviceName() {
      return "aws";
    }

    @Override
    public void close() {}
  }

  /** The keys that the same test tells of. */
  private record Kms(Aws aws) implements KmsClient {

    @Override
    public DescribeKeyResponse describeKey(DescribeKeyRequest request) {
      aws.asked.add("key " + request.keyId());
      if (!aws.keys.containsKey(request.keyId())) {
        throw NotFoundException.builder()
            .awsErrorDetails(AwsErrorDetails.builder().errorCode("NotFoundException").build())
            .build();
      }
      return DescribeKeyResponse.builder()
          .keyMetadata(key -> key.keyId(request.keyId()).keyState(aws.keys.get(request.keyId())))
          .build();
    }

    @Override
    public String serviceName() {
      return "kms";
    }

    @Override
    public void close() {}
  }

  private static RestoreFacts facts(
      InstanceId instance, String type, String image, boolean boot, String key) {
    InstanceSettings none = InstanceSettings.unknown();
    return new RestoreFacts(
        AttemptId.of(instance.value() + type, 1),
        instance,
        Instant.parse("2026-11-22T02:00:00Z"),
        Optional.of(settings(none, type, image)),
        List.of(
            new VolumeSettings(
                new VolumeId("vol-0000000000000aaa1"),
                new SnapshotId("snap-0000000000000aaa1"),
                Optional.of("/dev/xvda"),
                Optional.of("gp3"),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.of(8),
                Optional.empty(),
                Optional.of(true),
                Optional.of(key),
                Optional.empty(),
                false,
                boot,
                Map.of())));
  }

  private static InstanceSettings settings(InstanceSettings none, String type, String image) {
    return new InstanceSettings(
        Optional.of(type),
        none.architecture(),
        none.platformDetails(),
        none.usageOperation(),
        none.productCodes(),
        Optional.of(image),
        none.keyName(),
        none.bootMode(),
        none.currentBootMode(),
        none.tpmSupport(),
        none.enaSupport(),
        none.sriovNetSupport(),
        none.virtualization(),
        none.rootDevice(),
        none.rootDeviceType(),
        none.vpc(),
        Optional.of("subnet-1"),
        Optional.of("eu-central-1a"),
        none.privateIp(),
        List.of("sg-1", "sg-2"),
        none.profile(),
        none.metadata(),
        none.ebsOptimized(),
        none.hibernation(),
        none.placement(),
        none.lifecycle(),
        none.autoScalingGroup(),
        none.tags());
  }

  private RestoreRisks of(RestoreFacts... living) {
    return RestoreCheck.ask(List.of(living), aws, new Kms(aws));
  }

  private void image(String id, String state) {
    aws.images.add(Image.builder().imageId(id).state(state).build());
  }

  private void network() {
    aws.subnets.add(Subnet.builder().subnetId("subnet-1").build());
    aws.groups.add(SecurityGroup.builder().groupId("sg-1").build());
    aws.groups.add(SecurityGroup.builder().groupId("sg-2").build());
  }

  private void offer(String type, String zone) {
    aws.offerings.add(InstanceTypeOffering.builder().instanceType(type).location(zone).build());
  }

  @Test
  void whatIsThereAndCanBeUsedIsNoRisk() {
    aws.keys.put("key-1", "Enabled");
    image("ami-2", "available");
    image("ami-1", "available");
    offer("m5.large", "eu-central-1a");
    network();

    RestoreRisks risks =
        of(
            facts(WEB, "m5.large", "ami-1", false, "key-1"),
            facts(DATABASE, "m5.large", "ami-2", false, "key-1"));

    assertThat(risks).isEqualTo(RestoreRisks.NONE);
    assertThat(aws.asked)
        .as("once each, images in two pages")
        .containsExactly(
            "key key-1",
            "images [ami-1, ami-2]",
            "images [ami-1, ami-2]",
            "[m5.large] by availability-zone",
            "subnets [subnet-1]",
            "groups [sg-1, sg-2]");
  }

  @Test
  void whatWouldBreakARestoreIsNamedWithWhoseSetsItIs() {
    aws.keys.put("key-1", "PendingDeletion");
    aws.keys.put("key-3", "Disabled");
    image("ami-2", "disabled");
    offer("m4.large", "eu-central-1b");
    network();

    RestoreRisks risks =
        of(
            facts(WEB, "m4.large", "ami-1", false, "key-1"),
            facts(DATABASE, "m4.large", "ami-2", false, "key-1"),
            facts(DATABASE, "m4.large", "ami-3", true, "key-2"),
            facts(DATABASE, "m4.large", "ami-3", true, "key-3"));

    assertThat(risks.notes()).isEmpty();
    assertThat(risks.troubles())
        .containsExactly(
            "key key-1 is PendingDeletion: sets of i-0000000000000aaa1, i-0000000000000aaa2 that it"
                + " encrypts cannot be restored",
            "key key-2 is not there: sets of i-0000000000000aaa2 that it encrypts cannot be"
                + " restored",
            "key key-3 is Disabled: sets of i-0000000000000aaa2 that it encrypts cannot be restored",
            "image ami-1 is not there, or not shared any more: sets of i-0000000000000aaa1 have no"
                + " boot volume, and no new instance starts without it",
            "image ami-2 is disabled: sets of i-0000000000000aaa2 have no boot volume, and no new"
                + " instance starts without it",
            "instance type m4.large is not offered in eu-central-1a: a new instance of"
                + " i-0000000000000aaa1, i-0000000000000aaa2 needs another type or zone");
  }

  @Test
  void aSubnetOrASecurityGroupThatIsGoneIsNamed() {
    aws.keys.put("key-1", "Enabled");
    image("ami-1", "available");
    offer("m5.large", "eu-central-1a");
    aws.groups.add(SecurityGroup.builder().groupId("sg-1").build());

    assertThat(of(facts(WEB, "m5.large", "ami-1", false, "key-1")).troubles())
        .containsExactly(
            "subnet subnet-1 is not there: a new instance of i-0000000000000aaa1 needs another one",
            "security group sg-2 is not there: a new instance of i-0000000000000aaa1 needs another"
                + " one");
  }

  @Test
  void whatIsNotAnsweredIsSaidAndNotTakenForGoodNews() {
    aws.keys.put("key-1", "Enabled");
    aws.forbidden = true;

    RestoreRisks risks = of(facts(WEB, "m5.large", "ami-1", false, "key-1"));

    assertThat(risks.troubles()).isEmpty();
    assertThat(risks.notes())
        .containsExactly(
            "Whether images are there that restores need is not known: AWS may not be asked, needs"
                + " the permission ec2:DescribeImages",
            "Whether instance types are offered that restores need is not known: AWS may not be"
                + " asked, needs the permission ec2:DescribeInstanceTypeOfferings",
            "Whether security groups are there that restores need is not known: AWS may not be"
                + " asked, needs the permission ec2:DescribeSecurityGroups",
            "Whether subnets are there that restores need is not known: AWS may not be asked, needs"
                + " the permission ec2:DescribeSubnets");
  }

  @Test
  void nobodyIsAskedAboutWhatNoRestoreNeeds() {
    assertThat(of()).isEqualTo(RestoreRisks.NONE);
    assertThat(aws.asked).isEmpty();
  }
}
