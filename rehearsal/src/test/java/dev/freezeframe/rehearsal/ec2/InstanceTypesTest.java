package dev.freezeframe.rehearsal.ec2;

import static dev.freezeframe.rehearsal.ec2.RestoreScene.FIRST;
import static dev.freezeframe.rehearsal.ec2.RestoreScene.ZONE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.InstanceTypeOffering;
import software.amazon.awssdk.services.ec2.model.LocationType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;

/** What a restore asks before it begins: types, their limits and zones, and what is described. */
class InstanceTypesTest {
  private final RestoreScene scene = new RestoreScene();
  private final EmbeddedEc2 ec2 = scene.ec2;

  @AfterEach
  void close() {
    scene.close();
  }

  @ParameterizedTest
  @CsvSource({
    "m5.large, 28, shared, nitro, false",
    "m5d.large, 28, shared, nitro, true",
    "m7i.large, 32, dedicated, nitro, false",
    "m7i.48xlarge, 128, dedicated, nitro, false",
    "r8gd.24xlarge, 64, dedicated, nitro, true",
    "t2.micro, 39, shared, xen, false"
  })
  void aTypeSaysHowManyVolumesItTakes(
      String type, int most, String kind, String hypervisor, boolean stores) {
    InstanceTypeInfo found =
        scene
            .call(() -> ec2.describeInstanceTypes(r -> r.instanceTypesWithStrings(type)))
            .instanceTypes()
            .get(0);

    assertThat(found.ebsInfo().maximumEbsAttachments()).isEqualTo(most);
    assertThat(found.ebsInfo().attachmentLimitTypeAsString()).isEqualTo(kind);
    assertThat(found.hypervisorAsString()).isEqualTo(hypervisor);
    assertThat(found.instanceStorageSupported()).isEqualTo(stores);
  }

  @Test
  void aZoneOffersATypeUntilItIsWithdrawn() {
    assertThat(zonesOf("m5.large"))
        .containsExactly("eu-central-1a", "eu-central-1b", "eu-central-1c");
    ec2.withdrawType("m5.large", ZONE);
    assertThat(zonesOf("m5.large")).containsExactly("eu-central-1b", "eu-central-1c");
    assertThat(zonesOf("no type")).isEmpty();
  }

  private Iterable<String> zonesOf(String type) {
    Filter filter = Filter.builder().name("instance-type").values(type).build();
    return scene
        .call(
            () ->
                ec2.describeInstanceTypeOfferings(
                    r -> r.locationType(LocationType.AVAILABILITY_ZONE).filters(filter)))
        .instanceTypeOfferings()
        .stream()
        .map(InstanceTypeOffering::location)
        .toList();
  }

  @Test
  void whatAFileDoesNotSayEc2Says() {
    Volume data = scene.described(RestoreScene.DATA);

    assertThat(data.availabilityZone()).isEqualTo(ZONE);
    assertThat(data.iops()).isEqualTo(3000);
    assertThat(data.throughput()).isEqualTo(125);
    assertThat(data.encrypted()).isFalse();
    assertThat(data.createTime()).isNotNull();
    assertThat(data.attachments().get(0).deleteOnTermination()).isFalse();
    assertThat(scene.described(RestoreScene.ROOT).attachments().get(0).deleteOnTermination())
        .isTrue();
  }

  @Test
  void whatAFileSaysIsPassedOn() {
    Instance found = scene.instance(FIRST);

    assertThat(found.imageId()).isEqualTo(RestoreScene.IMAGE);
    assertThat(found.keyName()).isEqualTo("operators");
    assertThat(found.iamInstanceProfile().arn()).endsWith("server");
    assertThat(found.subnetId()).isEqualTo(RestoreScene.SUBNET);
    assertThat(found.architectureAsString()).isEqualTo("x86_64");
  }

  @Test
  void volumesInstancesAndImagesAreTaggedTogether() {
    Tag tag = Tag.builder().key("freezeframe:restore").value("r-1").build();

    scene.call(
        () ->
            ec2.createTags(
                r -> r.resources(RestoreScene.DATA, FIRST, RestoreScene.IMAGE).tags(tag)));
    assertThat(scene.described(RestoreScene.DATA).tags()).contains(tag);
    assertThat(scene.instance(FIRST).tags()).contains(tag);
    Filter filter = Filter.builder().name("tag:freezeframe:restore").values("r-1").build();
    assertThat(scene.call(() -> ec2.describeImages(r -> r.filters(filter))).images())
        .singleElement()
        .satisfies(image -> assertThat(image.imageId()).isEqualTo(RestoreScene.IMAGE));
    scene.call(
        () -> ec2.deleteTags(r -> r.resources(RestoreScene.DATA, RestoreScene.IMAGE).tags(tag)));
    assertThat(scene.described(RestoreScene.DATA).tags()).doesNotContain(tag);
    assertThat(scene.call(() -> ec2.describeImages(r -> r.filters(filter))).images()).isEmpty();
  }

  @Test
  void aSnapshotTellsItsKeyItsTierAndHowMuchItHolds() {
    var encrypted =
        scene
            .call(() -> ec2.describeSnapshots(r -> r.snapshotIds(scene.snapshot(2))))
            .snapshots()
            .get(0);

    assertThat(encrypted.kmsKeyId()).isEqualTo(RestoreScene.KEY);
    assertThat(encrypted.storageTierAsString()).isEqualTo("standard");
    assertThat(encrypted.fullSnapshotSizeInBytes()).isBetween(10L << 30, 100L << 30);
    ec2.archive(scene.snapshot(2));
    assertThat(
            scene
                .call(() -> ec2.describeSnapshots(r -> r.snapshotIds(scene.snapshot(2))))
                .snapshots()
                .get(0)
                .storageTierAsString())
        .isEqualTo("archive");
  }
}
