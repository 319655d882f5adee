package dev.freezeframe.rehearsal.ec2;

import static dev.freezeframe.rehearsal.ec2.RestoreScene.DATA;
import static dev.freezeframe.rehearsal.ec2.RestoreScene.FIRST;
import static dev.freezeframe.rehearsal.ec2.RestoreScene.IMAGE;
import static dev.freezeframe.rehearsal.ec2.RestoreScene.SOON;
import static dev.freezeframe.rehearsal.ec2.RestoreScene.ZONE;
import static dev.freezeframe.rehearsal.ec2.api.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.instance.InstanceFault;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** Calls that were carried out, and that the SDK makes again as it never had an answer. */
class LostAnswersTest {
  private final Set<String> lost = new HashSet<>();
  private final RestoreScene scene =
      new RestoreScene(
          new CallFault() {
            @Override
            public void after(String action, boolean changes, Caller caller, String detail) {
              if (lost.remove(action)) {
                throw ApiCallTimeoutException.create(10_000);
              }
            }
          },
          InstanceFault.NONE,
          7);
  private final Ec2Client client = scene.ec2.client(3);
  private int volumes;

  @BeforeEach
  void count() {
    volumes = scene.ec2.volumes().size();
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void aVolumeWithATokenIsMadeOnce() {
    lost.add("ec2:CreateVolume");
    String id =
        scene
            .call(
                () ->
                    client.createVolume(
                        r ->
                            r.snapshotId(scene.snapshot(1))
                                .availabilityZone(ZONE)
                                .clientToken("one")))
            .volumeId();

    assertThat(lost).isEmpty();
    assertThat(scene.ec2.volumes())
        .hasSize(volumes + 1)
        .anyMatch(volume -> volume.volumeId().equals(id));
  }

  @Test
  void aVolumeWithoutATokenIsMadeTwice() {
    lost.add("ec2:CreateVolume");
    scene.call(
        () -> client.createVolume(r -> r.snapshotId(scene.snapshot(1)).availabilityZone(ZONE)));

    assertThat(scene.ec2.volumes()).hasSize(volumes + 2);
  }

  @Test
  void anInstanceWithATokenIsLaunchedOnce() {
    lost.add("ec2:RunInstances");
    scene.call(
        () ->
            client.runInstances(
                r ->
                    r.minCount(1)
                        .maxCount(1)
                        .imageId(IMAGE)
                        .instanceType("m5.large")
                        .clientToken("one")));

    assertThat(lost).isEmpty();
    assertThat(scene.ec2.instances()).hasSize(3);
  }

  @Test
  void anAttachmentIsRefusedTheSecondTimeThoughItIsThere() {
    String id = scene.volumeOf(1);
    lost.add("ec2:AttachVolume");

    assertRefused(
        "VolumeInUse",
        () ->
            scene.call(
                () ->
                    client.attachVolume(r -> r.volumeId(id).instanceId(FIRST).device("/dev/sdp"))));
    scene.stage.pass(SOON);
    assertThat(scene.described(id).attachments().get(0).device()).isEqualTo("/dev/sdp");
  }

  @Test
  void aDetachmentIsRefusedTheSecondTimeThoughItIsUnderWay() {
    scene.stop(FIRST);
    lost.add("ec2:DetachVolume");

    assertRefused(
        "IncorrectState", () -> scene.call(() -> client.detachVolume(r -> r.volumeId(DATA))));
    scene.stage.pass(SOON);
    assertThat(scene.described(DATA).attachments()).isEmpty();
  }

  @Test
  void aDeletionIsNotFoundTheSecondTime() {
    String id = scene.volumeOf(1);
    lost.add("ec2:DeleteVolume");

    assertRefused(
        "InvalidVolume.NotFound", () -> scene.call(() -> client.deleteVolume(r -> r.volumeId(id))));
  }

  @Test
  void anImageIsADuplicateOfItselfTheSecondTime() {
    lost.add("ec2:RegisterImage");

    assertRefused(
        "InvalidAMIName.Duplicate",
        () ->
            scene.call(
                () ->
                    client.registerImage(
                        r ->
                            r.name("restore-1")
                                .rootDeviceName("/dev/xvda")
                                .blockDeviceMappings(
                                    RegisteredImagesTest.root(scene.snapshot(0))))));
  }
}
