package dev.freezeframe.rehearsal.ec2;

import static dev.freezeframe.rehearsal.ec2.RestoreScene.FIRST;
import static dev.freezeframe.rehearsal.ec2.RestoreScene.KEY;
import static dev.freezeframe.rehearsal.ec2.RestoreScene.SECOND;
import static dev.freezeframe.rehearsal.ec2.RestoreScene.SOON;
import static dev.freezeframe.rehearsal.ec2.RestoreScene.ZONE;
import static dev.freezeframe.rehearsal.ec2.api.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.CreateVolumeResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMappingSpecification;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;
import software.amazon.awssdk.services.ec2.model.VolumeState;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/**
 * CreateVolume, AttachVolume, DetachVolume and DeleteVolume; docs/embedded-cloud.md has sources.
 */
class RestoredVolumesTest {
  private final RestoreScene scene = new RestoreScene();
  private final EmbeddedEc2 ec2 = scene.ec2;

  @AfterEach
  void close() {
    scene.close();
  }

  private CreateVolumeResponse create(Consumer<CreateVolumeRequest.Builder> request) {
    return scene.call(() -> ec2.createVolume(request));
  }

  @Test
  void aVolumeOfASnapshotIsCreatingAndThenAvailable() {
    CreateVolumeResponse made =
        create(r -> r.snapshotId(scene.snapshot(1)).availabilityZone(ZONE).clientToken("one"));

    assertThat(made.state()).isEqualTo(VolumeState.CREATING);
    assertThat(made.size()).isEqualTo(100);
    assertThat(made.volumeType()).as("the default").isEqualTo(VolumeType.GP2);
    scene.stage.pass(SOON);
    Volume found = scene.described(made.volumeId());
    assertThat(found.state()).isEqualTo(VolumeState.AVAILABLE);
    assertThat(found.snapshotId()).isEqualTo(scene.snapshot(1));
    assertThat(scene.told("EBS Volume Notification"))
        .singleElement()
        .asString()
        .contains("createVolume", "available");
  }

  @Test
  void aNewVolumeIsUnknownToOtherCallsForAMoment() {
    String id = create(r -> r.snapshotId(scene.snapshot(1)).availabilityZone(ZONE)).volumeId();

    assertRefused("InvalidVolume.NotFound", () -> scene.described(id));
    assertThat(scene.call(() -> ec2.describeVolumes(r -> {})).volumes())
        .noneMatch(volume -> volume.volumeId().equals(id));
    scene.stage.pass(Duration.ofSeconds(3));
    assertThat(scene.described(id).volumeId()).isEqualTo(id);
  }

  @Test
  void theSameTokenMakesNothingMore() {
    Consumer<CreateVolumeRequest.Builder> request =
        r -> r.snapshotId(scene.snapshot(1)).availabilityZone(ZONE).clientToken("one");
    String first = create(request).volumeId();

    assertThat(create(request).volumeId()).isEqualTo(first);
    assertThat(create(r -> request.andThen(o -> o.clientToken("two")).accept(r)).volumeId())
        .isNotEqualTo(first);
    assertRefused(
        "IdempotentParameterMismatch",
        () -> create(r -> request.andThen(o -> o.size(200)).accept(r)));
  }

  @Test
  void typeIopsThroughputAndTagsAreAsAsked() {
    String id =
        create(
                r ->
                    r.snapshotId(scene.snapshot(1))
                        .availabilityZone(ZONE)
                        .volumeType(VolumeType.GP3)
                        .iops(6000)
                        .throughput(500)
                        .tagSpecifications(tags(ResourceType.VOLUME)))
            .volumeId();
    scene.stage.pass(SOON);

    Volume found = scene.described(id);
    assertThat(found.volumeTypeAsString()).isEqualTo("gp3");
    assertThat(found.iops()).isEqualTo(6000);
    assertThat(found.throughput()).isEqualTo(500);
    assertThat(found.tags())
        .containsExactly(Tag.builder().key("freezeframe:set").value("s").build());
    Filter tagged = Filter.builder().name("tag:freezeframe:set").values("s").build();
    assertThat(scene.call(() -> ec2.describeVolumes(r -> r.filters(tagged))).volumes()).hasSize(1);
  }

  private static TagSpecification tags(ResourceType type) {
    return TagSpecification.builder()
        .resourceType(type)
        .tags(Tag.builder().key("freezeframe:set").value("s").build())
        .build();
  }

  @Test
  void aVolumeOfAnEncryptedSnapshotHasItsKey() {
    Volume found = scene.described(scene.volumeOf(2));

    assertThat(found.encrypted()).isTrue();
    assertThat(found.kmsKeyId()).isEqualTo(KEY);
  }

  @ParameterizedTest
  @CsvSource({
    "gp2, 3000, , 100, InvalidParameterCombination",
    "gp3, 2999, , 100, InvalidParameterValue",
    "gp3, 80001, , 200, InvalidParameterValue",
    "gp3, 60000, , 100, InvalidParameterCombination",
    "gp3, , 124, 100, InvalidParameterValue",
    "gp3, , 2001, 100, InvalidParameterValue",
    "gp3, 3000, 751, 100, InvalidParameterCombination",
    "io1, , , 100, MissingParameter",
    "io1, 5001, , 100, InvalidParameterCombination",
    "io2, 256001, , 300, InvalidParameterValue",
    "io2, 1000, 125, 100, InvalidParameterCombination",
    "st1, , , 124, InvalidParameterValue",
    "standard, , , 1025, InvalidParameterValue",
    "gp3, , , 99, InvalidParameterValue"
  })
  void whatATypeDoesNotHaveIsRefused(
      String type, Integer iops, Integer throughput, int size, String code) {
    assertRefused(
        code,
        () ->
            create(
                r ->
                    r.snapshotId(scene.snapshot(1))
                        .availabilityZone(ZONE)
                        .volumeType(type)
                        .iops(iops)
                        .throughput(throughput)
                        .size(size)));
  }

  @Test
  void badCallsAreRefusedAndMakeNothing() {
    int before = ec2.volumes().size();

    assertRefused("MissingParameter", () -> create(r -> r.availabilityZone(ZONE)));
    assertRefused("MissingParameter", () -> create(r -> r.size(1)));
    assertRefused("InvalidZone.NotFound", () -> create(r -> r.size(1).availabilityZone("mars-1a")));
    assertRefused(
        "InvalidSnapshot.NotFound",
        () -> create(r -> r.snapshotId("snap-1").availabilityZone(ZONE)));
    assertRefused(
        "InvalidParameterDependency",
        () -> create(r -> r.size(1).availabilityZone(ZONE).kmsKeyId(KEY)));
    assertRefused(
        "InvalidParameterValue",
        () -> create(r -> r.snapshotId(scene.snapshot(2)).availabilityZone(ZONE).encrypted(false)));
    assertRefused(
        "InvalidParameterValue",
        () ->
            create(
                r ->
                    r.size(1)
                        .availabilityZone(ZONE)
                        .tagSpecifications(tags(ResourceType.INSTANCE))));
    assertRefused(
        "InvalidParameterCombination",
        () -> create(r -> r.size(1).availabilityZone(ZONE).volumeInitializationRate(100)));
    assertRefused(
        "DryRunOperation", () -> create(r -> r.size(1).availabilityZone(ZONE).dryRun(true)));
    assertThat(ec2.volumes()).hasSize(before);
  }

  @Test
  void aSnapshotThatIsPendingOrArchivedMakesNoVolume() {
    String pending =
        scene
            .call(
                () -> ec2.createSnapshots(r -> r.instanceSpecification(s -> s.instanceId(SECOND))))
            .snapshots()
            .get(0)
            .snapshotId();
    scene.stage.pass(Duration.ofSeconds(3));
    ec2.archive(scene.snapshot(1));

    assertRefused(
        "IncorrectState", () -> create(r -> r.snapshotId(pending).availabilityZone(ZONE)));
    assertRefused(
        "IncorrectState",
        () -> create(r -> r.snapshotId(scene.snapshot(1)).availabilityZone(ZONE)));
  }

  @Test
  void ratesOfInitializationHaveALimitTogether() {
    Consumer<CreateVolumeRequest.Builder> fast =
        r -> r.snapshotId(scene.snapshot(1)).availabilityZone(ZONE).volumeInitializationRate(300);
    for (int i = 0; i < 16; i++) {
      create(fast);
    }

    assertRefused("ResourceLimitExceeded", () -> create(fast));
    assertRefused(
        "InvalidParameterValue",
        () -> create(r -> fast.andThen(o -> o.volumeInitializationRate(301)).accept(r)));
    scene.stage.pass(Duration.ofHours(1));
    create(fast);
  }

  @Test
  void storageHasAQuota() {
    for (int i = 0; i < 3; i++) {
      create(r -> r.size(16_384).availabilityZone(ZONE));
    }

    assertRefused("VolumeLimitExceeded", () -> create(r -> r.size(16_384).availabilityZone(ZONE)));
  }

  @Test
  void initializationIsToldUpToFiveMinutesLate() {
    String id =
        create(
                r ->
                    r.snapshotId(scene.snapshot(1))
                        .availabilityZone(ZONE)
                        .volumeInitializationRate(100))
            .volumeId();
    scene.stage.pass(Duration.ofSeconds(30));

    var early =
        scene.call(() -> ec2.describeVolumeStatus(r -> r.volumeIds(id))).volumeStatuses().get(0);
    assertThat(early.initializationStatusDetails().initializationTypeAsString())
        .isEqualTo("provisioned-rate");
    assertThat(early.initializationStatusDetails().progress()).isZero();
    scene.stage.pass(Duration.ofHours(1));
    var late =
        scene.call(() -> ec2.describeVolumeStatus(r -> r.volumeIds(id))).volumeStatuses().get(0);
    assertThat(late.initializationStatusDetails().progress()).isEqualTo(100);
    assertThat(late.initializationStatusDetails().estimatedTimeToCompleteInSeconds()).isZero();
    assertThat(scene.told("EBS Volume Notification"))
        .filteredOn(detail -> detail.contains("initializeVolume"))
        .singleElement()
        .asString()
        .contains("succeeded", "completionTime");
  }

  @Test
  void aVolumeIsAttachedAndGoesNotWithTheInstance() {
    String id = scene.volumeOf(1);

    var begun =
        scene.call(
            () -> ec2.attachVolume(r -> r.volumeId(id).instanceId(FIRST).device("/dev/sdp")));
    assertThat(begun.stateAsString()).isEqualTo("attaching");
    scene.stage.pass(SOON);
    Volume found = scene.described(id);
    assertThat(found.state()).isEqualTo(VolumeState.IN_USE);
    VolumeAttachment attachment = found.attachments().get(0);
    assertThat(attachment.stateAsString()).isEqualTo("attached");
    assertThat(attachment.deleteOnTermination()).isFalse();
    assertThat(scene.instance(FIRST).blockDeviceMappings())
        .anyMatch(
            mapping ->
                mapping.deviceName().equals("/dev/sdp")
                    && mapping.ebs().volumeId().equals(id)
                    && !mapping.ebs().deleteOnTermination());
  }

  @Test
  void deleteOnTerminationIsSetByTheInstance() {
    String id = scene.volumeOf(1);
    attach(id, FIRST, "/dev/sdp");

    goesWithInstance("/dev/sdp");
    scene.stage.pass(SOON);
    assertThat(scene.described(id).attachments().get(0).deleteOnTermination()).isTrue();
    assertRefused("InvalidInstanceAttributeValue", () -> goesWithInstance("/dev/sdq"));
  }

  private void goesWithInstance(String device) {
    InstanceBlockDeviceMappingSpecification mapping =
        InstanceBlockDeviceMappingSpecification.builder()
            .deviceName(device)
            .ebs(ebs -> ebs.deleteOnTermination(true))
            .build();
    scene.call(
        () -> ec2.modifyInstanceAttribute(r -> r.instanceId(FIRST).blockDeviceMappings(mapping)));
  }

  private void attach(String volume, String instance, String device) {
    scene.call(() -> ec2.attachVolume(r -> r.volumeId(volume).instanceId(instance).device(device)));
    scene.stage.pass(SOON);
  }

  @Test
  void whatCannotBeAttachedIsRefused() {
    String id = scene.volumeOf(1);
    String elsewhere = create(r -> r.size(1).availabilityZone("eu-central-1b")).volumeId();
    scene.stage.pass(SOON);

    assertAttachRefused("InvalidVolume.NotFound", "vol-1", FIRST, "/dev/sdp");
    assertAttachRefused("InvalidInstanceID.NotFound", id, "i-1", "/dev/sdp");
    assertAttachRefused("InvalidVolume.ZoneMismatch", elsewhere, FIRST, "/dev/sdp");
    assertAttachRefused("InvalidParameterValue", id, FIRST, "/dev/xvda");
    assertAttachRefused("InvalidParameterValue", id, FIRST, "/dev/disk");
    assertAttachRefused("VolumeInUse", RestoreScene.DATA, SECOND, "/dev/sdp");
    assertAttachRefused("MissingParameter", id, FIRST, null);
    attach(id, FIRST, "/dev/sdp");
    assertAttachRefused("VolumeInUse", id, FIRST, "/dev/sdp");
    String other = scene.volumeOf(1);
    ec2.terminate(SECOND);
    assertAttachRefused("IncorrectState", other, SECOND, "/dev/sdp");
  }

  private void assertAttachRefused(String code, String volume, String instance, String device) {
    assertRefused(
        code,
        () ->
            scene.call(
                () ->
                    ec2.attachVolume(r -> r.volumeId(volume).instanceId(instance).device(device))));
  }

  @Test
  void aTypeTakesSoManyVolumes() {
    for (int i = 0; i < 24; i++) {
      String id = create(r -> r.size(1).availabilityZone(ZONE)).volumeId();
      scene.stage.pass(SOON);
      attach(id, FIRST, "/dev/xvdb" + (char) ('a' + i));
    }
    String last = create(r -> r.size(1).availabilityZone(ZONE)).volumeId();
    scene.stage.pass(SOON);

    assertThat(scene.instance(FIRST).blockDeviceMappings()).hasSize(27);
    assertAttachRefused("AttachmentLimitExceeded", last, FIRST, "/dev/sdp");
  }

  @Test
  void aVolumeInUseIsBusyUntilTheInstanceIsStopped() {
    scene.call(() -> ec2.detachVolume(r -> r.volumeId(RestoreScene.DATA)));
    scene.stage.pass(Duration.ofHours(1));
    assertThat(scene.described(RestoreScene.DATA).attachments().get(0).stateAsString())
        .isEqualTo("busy");

    scene.stop(FIRST);
    scene.stage.pass(SOON);
    Volume found = scene.described(RestoreScene.DATA);
    assertThat(found.attachments()).isEmpty();
    assertThat(found.state()).isEqualTo(VolumeState.AVAILABLE);
  }

  @Test
  void aVolumeThatCameLaterIsDetachedFromARunningInstance() {
    String id = scene.volumeOf(1);
    attach(id, FIRST, "/dev/sdp");

    assertThat(scene.call(() -> ec2.detachVolume(r -> r.volumeId(id))).stateAsString())
        .isEqualTo("detaching");
    scene.stage.pass(SOON);
    assertThat(scene.described(id).state()).isEqualTo(VolumeState.AVAILABLE);
    assertThat(scene.instance(FIRST).blockDeviceMappings()).hasSize(3);
  }

  @Test
  void aRootVolumeIsDetachedOnlyFromAStoppedInstanceWhichThenDoesNotStart() {
    assertRefused(
        "IncorrectState",
        () -> scene.call(() -> ec2.detachVolume(r -> r.volumeId(RestoreScene.ROOT))));
    scene.stop(FIRST);
    scene.call(() -> ec2.detachVolume(r -> r.volumeId(RestoreScene.ROOT)));
    scene.stage.pass(SOON);

    assertRefused(
        "InvalidParameterValue",
        () -> scene.call(() -> ec2.startInstances(r -> r.instanceIds(FIRST))));
    assertThat(ec2.start(FIRST)).isFalse();
    String root = scene.volumeOf(0);
    attach(root, FIRST, "/dev/xvda");
    scene.call(() -> ec2.startInstances(r -> r.instanceIds(FIRST)));
    scene.stage.pass(SOON);
    assertThat(ec2.running(FIRST)).isTrue();
    assertThat(ec2.bootVolumeOf(FIRST)).contains(root);
  }

  @Test
  void whatCannotBeDetachedIsRefused() {
    String id = scene.volumeOf(1);

    assertDetachRefused("IncorrectState", id, null);
    assertDetachRefused("InvalidAttachment.NotFound", RestoreScene.DATA, SECOND);
    assertDetachRefused("InvalidVolume.NotFound", "vol-1", null);
    scene.call(() -> ec2.detachVolume(r -> r.volumeId(RestoreScene.DATA)));
    assertDetachRefused("IncorrectState", RestoreScene.DATA, FIRST);
    assertRefused(
        "UnknownParameter",
        () -> scene.call(() -> ec2.detachVolume(r -> r.volumeId(id).force(true))));
  }

  private void assertDetachRefused(String code, String volume, String instance) {
    assertRefused(
        code,
        () -> scene.call(() -> ec2.detachVolume(r -> r.volumeId(volume).instanceId(instance))));
  }

  @Test
  void aSharedVolumeIsAttachedToSeveralAndDetachedFromOneThatIsNamed() {
    String id =
        create(
                r ->
                    r.size(8)
                        .availabilityZone(ZONE)
                        .volumeType(VolumeType.IO2)
                        .iops(100)
                        .multiAttachEnabled(true))
            .volumeId();
    scene.stage.pass(SOON);
    attach(id, FIRST, "/dev/sdp");
    attach(id, SECOND, "/dev/sdp");

    assertDetachRefused("MissingParameter", id, null);
    scene.call(() -> ec2.detachVolume(r -> r.volumeId(id).instanceId(SECOND)));
    scene.stage.pass(SOON);
    assertThat(scene.described(id).state()).isEqualTo(VolumeState.IN_USE);
    assertThat(scene.described(id).attachments())
        .singleElement()
        .satisfies(left -> assertThat(left.instanceId()).isEqualTo(FIRST));
    assertRefused(
        "InvalidParameterCombination",
        () -> create(r -> r.size(8).availabilityZone(ZONE).multiAttachEnabled(true)));
  }

  @Test
  void aVolumeIsDeletedInAWhileUnlessItIsInUse() {
    String id = scene.volumeOf(1);
    scene.stage.events.clear();

    assertRefused(
        "VolumeInUse",
        () -> scene.call(() -> ec2.deleteVolume(r -> r.volumeId(RestoreScene.DATA))));
    scene.call(() -> ec2.deleteVolume(r -> r.volumeId(id)));
    scene.stage.pass(Duration.ofSeconds(2));
    assertThat(scene.described(id).state()).isEqualTo(VolumeState.DELETING);
    assertRefused(
        "InvalidVolume.NotFound", () -> scene.call(() -> ec2.deleteVolume(r -> r.volumeId(id))));
    scene.stage.pass(Duration.ofMinutes(6));
    assertRefused("InvalidVolume.NotFound", () -> scene.described(id));
    assertThat(scene.told("EBS Volume Notification"))
        .singleElement()
        .asString()
        .contains("deleteVolume", "deleted");
  }
}
