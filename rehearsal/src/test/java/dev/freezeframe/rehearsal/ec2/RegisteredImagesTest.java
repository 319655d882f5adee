package dev.freezeframe.rehearsal.ec2;

import static dev.freezeframe.rehearsal.ec2.RestoreScene.FIRST;
import static dev.freezeframe.rehearsal.ec2.RestoreScene.IMAGE;
import static dev.freezeframe.rehearsal.ec2.RestoreScene.ROOT;
import static dev.freezeframe.rehearsal.ec2.RestoreScene.SOON;
import static dev.freezeframe.rehearsal.ec2.api.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;
import software.amazon.awssdk.services.ec2.model.RegisterImageRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceRootVolumeTask;
import software.amazon.awssdk.services.ec2.model.VolumeState;

/** Images, and root volumes that are replaced; docs/embedded-cloud.md has the sources. */
class RegisteredImagesTest {
  private final RestoreScene scene = new RestoreScene();
  private final EmbeddedEc2 ec2 = scene.ec2;

  @AfterEach
  void close() {
    scene.close();
  }

  private Consumer<RegisterImageRequest.Builder> usual() {
    return request ->
        request
            .name("restore-1")
            .architecture("x86_64")
            .virtualizationType("hvm")
            .rootDeviceName("/dev/xvda")
            .enaSupport(true)
            .blockDeviceMappings(root(scene.snapshot(0)));
  }

  static BlockDeviceMapping root(String snapshot) {
    return BlockDeviceMapping.builder()
        .deviceName("/dev/xvda")
        .ebs(ebs -> ebs.snapshotId(snapshot).volumeType("gp3"))
        .build();
  }

  private String register(Consumer<RegisterImageRequest.Builder> other) {
    return scene.call(() -> ec2.registerImage(usual().andThen(other))).imageId();
  }

  private List<Image> images(String id) {
    return scene.call(() -> ec2.describeImages(r -> r.imageIds(id))).images();
  }

  @Test
  void anImageIsPendingAndThenLaunches() {
    String id = register(r -> {});

    assertThat(images(id).get(0).state()).isEqualTo(ImageState.PENDING);
    assertRefused("InvalidAMIID.Unavailable", () -> launch(id));
    scene.stage.pass(SOON);
    assertThat(images(id).get(0).state()).isEqualTo(ImageState.AVAILABLE);
    String instance = launch(id);
    scene.stage.pass(SOON);
    assertThat(scene.described(ec2.bootVolumeOf(instance).orElseThrow()).snapshotId())
        .isEqualTo(scene.snapshot(0));
  }

  private String launch(String image) {
    return scene
        .call(
            () ->
                ec2.runInstances(
                    r -> r.minCount(1).maxCount(1).imageId(image).instanceType("m5.large")))
        .instances()
        .get(0)
        .instanceId();
  }

  @Test
  void theDefaultsLaunchNothing() {
    String i386 = register(r -> r.architecture((String) null));
    String paravirtual = register(r -> r.name("second").virtualizationType(null));
    scene.stage.pass(SOON);

    assertThat(images(i386).get(0).architectureAsString()).isEqualTo("i386");
    assertThat(images(paravirtual).get(0).virtualizationTypeAsString()).isEqualTo("paravirtual");
    assertRefused("InvalidParameterValue", () -> launch(i386));
    assertRefused("InvalidParameterCombination", () -> launch(paravirtual));
  }

  @Test
  void whatIsWrongWithAnImageIsRefused() {
    register(r -> {});

    assertRefused("InvalidAMIName.Duplicate", () -> register(r -> {}));
    assertRefused("InvalidAMIName.Malformed", () -> register(r -> r.name("a;b")));
    assertRefused("MissingParameter", () -> register(r -> r.name(null)));
    assertRefused(
        "InvalidBlockDeviceMapping",
        () -> register(r -> r.name("other").rootDeviceName("/dev/sda1")));
    assertRefused(
        "InvalidBlockDeviceMapping",
        () ->
            register(
                r ->
                    r.name("other")
                        .blockDeviceMappings(
                            root(scene.snapshot(0))
                                .copy(
                                    m ->
                                        m.ebs(
                                            e ->
                                                e.snapshotId(scene.snapshot(0))
                                                    .encrypted(true))))));
    assertRefused(
        "InvalidParameterCombination", () -> register(r -> r.name("other").tpmSupport("v2.0")));
    assertRefused(
        "InvalidSnapshot.NotFound",
        () -> register(r -> r.name("other").blockDeviceMappings(root("snap-1"))));
  }

  @Test
  void anImageHoldsItsSnapshotUntilItIsDeregistered() {
    String id = register(r -> {});

    assertRefused(
        "InvalidSnapshot.InUse",
        () -> scene.call(() -> ec2.deleteSnapshot(r -> r.snapshotId(scene.snapshot(0)))));
    scene.call(() -> ec2.deregisterImage(r -> r.imageId(id)));
    scene.call(() -> ec2.deleteSnapshot(r -> r.snapshotId(scene.snapshot(0))));
    assertRefused("InvalidAMIID.NotFound", () -> images(id));
    assertRefused(
        "InvalidAMIID.NotFound", () -> scene.call(() -> ec2.deregisterImage(r -> r.imageId(id))));
  }

  @Test
  void anImageOfTheFleetThatIsGoneIsNotFoundAndNotRefused() {
    assertThat(images(IMAGE).get(0).rootDeviceName()).isEqualTo("/dev/xvda");
    ec2.deregisterByHand(IMAGE);
    assertThat(images(IMAGE)).isEmpty();
    assertRefused("InvalidAMIID.NotFound", () -> launch(IMAGE));
  }

  private ReplaceRootVolumeTask replace(String instance, String snapshot) {
    return scene
        .call(
            () ->
                ec2.createReplaceRootVolumeTask(
                    r -> r.instanceId(instance).snapshotId(snapshot).clientToken("one")))
        .replaceRootVolumeTask();
  }

  private ReplaceRootVolumeTask task(String id) {
    return scene
        .call(() -> ec2.describeReplaceRootVolumeTasks(r -> r.replaceRootVolumeTaskIds(id)))
        .replaceRootVolumeTasks()
        .get(0);
  }

  @Test
  void aRootVolumeIsReplacedWhileTheInstanceRuns() {
    ReplaceRootVolumeTask begun = replace(FIRST, scene.snapshot(0));

    assertThat(begun.taskStateAsString()).isEqualTo("pending");
    assertThat(replace(FIRST, scene.snapshot(0)).replaceRootVolumeTaskId())
        .isEqualTo(begun.replaceRootVolumeTaskId());
    scene.stage.pass(SOON);
    assertThat(task(begun.replaceRootVolumeTaskId()).taskStateAsString()).isEqualTo("succeeded");
    String root = ec2.bootVolumeOf(FIRST).orElseThrow();
    assertThat(root).isNotEqualTo(ROOT);
    assertThat(scene.described(root).snapshotId()).isEqualTo(scene.snapshot(0));
    assertThat(scene.described(root).volumeTypeAsString()).isEqualTo("gp3");
    assertThat(scene.described(root).attachments().get(0).deleteOnTermination()).isTrue();
    assertThat(scene.described(ROOT).state()).isEqualTo(VolumeState.AVAILABLE);
    assertThat(ec2.running(FIRST)).isTrue();
  }

  @Test
  void onlyItsOwnSnapshotsReplaceARootAndOnlyWhileItRuns() {
    assertRefused("InvalidParameterValue", () -> replace(FIRST, scene.snapshot(1)));
    assertRefused("InvalidParameterValue", () -> replace(RestoreScene.SECOND, scene.snapshot(0)));
    assertRefused("InvalidSnapshot.NotFound", () -> replace(FIRST, "snap-1"));
    scene.stop(FIRST);
    assertRefused("IncorrectInstanceState", () -> replace(FIRST, scene.snapshot(0)));
  }

  @Test
  void anEarlierRootsSnapshotsCanStillBeUsed() {
    replace(FIRST, scene.snapshot(0));
    scene.stage.pass(SOON);

    ReplaceRootVolumeTask again =
        scene
            .call(
                () ->
                    ec2.createReplaceRootVolumeTask(
                        r ->
                            r.instanceId(FIRST)
                                .snapshotId(scene.snapshot(0))
                                .deleteReplacedRootVolume(true)))
            .replaceRootVolumeTask();
    scene.stage.pass(SOON);
    assertThat(task(again.replaceRootVolumeTaskId()).taskStateAsString()).isEqualTo("succeeded");
  }
}
