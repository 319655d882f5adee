package dev.freezeframe.rehearsal.ec2;

import static dev.freezeframe.rehearsal.ec2.RestoreScene.FIRST;
import static dev.freezeframe.rehearsal.ec2.RestoreScene.GROUP;
import static dev.freezeframe.rehearsal.ec2.RestoreScene.IMAGE;
import static dev.freezeframe.rehearsal.ec2.RestoreScene.KEY;
import static dev.freezeframe.rehearsal.ec2.RestoreScene.SOON;
import static dev.freezeframe.rehearsal.ec2.RestoreScene.SUBNET;
import static dev.freezeframe.rehearsal.ec2.RestoreScene.ZONE;
import static dev.freezeframe.rehearsal.ec2.api.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeState;
import software.amazon.awssdk.services.kms.model.KeyState;

/** RunInstances and TerminateInstances; docs/embedded-cloud.md has the sources. */
class LaunchedInstancesTest {
  private final RestoreScene scene = new RestoreScene();
  private final EmbeddedEc2 ec2 = scene.ec2;

  @AfterEach
  void close() {
    scene.close();
  }

  private static BlockDeviceMapping device(String name, String snapshot) {
    return BlockDeviceMapping.builder()
        .deviceName(name)
        .ebs(ebs -> ebs.snapshotId(snapshot).volumeType("gp3").deleteOnTermination(false))
        .build();
  }

  private Consumer<RunInstancesRequest.Builder> usual() {
    return request ->
        request
            .minCount(1)
            .maxCount(1)
            .imageId(IMAGE)
            .instanceType("m5.large")
            .subnetId(SUBNET)
            .securityGroupIds(GROUP)
            .keyName("operators")
            .iamInstanceProfile(profile -> profile.name("server"))
            .clientToken("restore-1")
            .blockDeviceMappings(
                device("/dev/sda", scene.snapshot(1)), device("/dev/sdb", scene.snapshot(2)))
            .tagSpecifications(
                TagSpecification.builder()
                    .resourceType(ResourceType.INSTANCE)
                    .tags(Tag.builder().key("Name").value("restored").build())
                    .build());
  }

  private String run(Consumer<RunInstancesRequest.Builder> other) {
    return scene
        .call(() -> ec2.runInstances(usual().andThen(other)))
        .instances()
        .get(0)
        .instanceId();
  }

  private String run() {
    return run(r -> {});
  }

  @Test
  void anInstanceIsPendingAndThenRunsWithItsVolumes() {
    scene.stage.events.clear();
    String id = run();

    assertRefused("InvalidInstanceID.NotFound", () -> scene.instance(id));
    scene.stage.pass(SOON);
    Instance found = scene.instance(id);
    assertThat(found.state().name()).isEqualTo(InstanceStateName.RUNNING);
    assertThat(found.subnetId()).isEqualTo(SUBNET);
    assertThat(found.vpcId()).isEqualTo("vpc-0123456789abcdef0");
    assertThat(found.placement().availabilityZone()).isEqualTo(ZONE);
    assertThat(found.securityGroups().get(0).groupName()).isEqualTo("servers");
    assertThat(found.iamInstanceProfile().arn()).endsWith("instance-profile/server");
    assertThat(found.tags()).containsExactly(Tag.builder().key("Name").value("restored").build());
    assertThat(found.blockDeviceMappings())
        .extracting(mapping -> mapping.deviceName())
        .containsExactly("/dev/xvda", "/dev/sda", "/dev/sdb");
    Volume data = scene.described(found.blockDeviceMappings().get(2).ebs().volumeId());
    assertThat(data.state()).isEqualTo(VolumeState.IN_USE);
    assertThat(data.snapshotId()).isEqualTo(scene.snapshot(2));
    assertThat(data.kmsKeyId()).isEqualTo(KEY);
    assertThat(data.volumeTypeAsString()).isEqualTo("gp3");
    assertThat(data.attachments().get(0).stateAsString()).isEqualTo("attached");
    assertThat(scene.told("EC2 Instance State-change Notification"))
        .extracting(detail -> detail.replaceAll(".*\"state\":\"(.*)\".*", "$1"))
        .containsExactly("pending", "running");
  }

  @Test
  void theSameTokenLaunchesNothingMore() {
    assertThat(run()).isEqualTo(run());
    assertThat(ec2.instances()).hasSize(3);
    assertRefused("IdempotentParameterMismatch", () -> run(r -> r.instanceType("m5.xlarge")));
  }

  @Test
  void whatDoesNotExistOrFitIsRefusedAndMakesNothing() {
    int volumes = ec2.volumes().size();

    assertRefused("InvalidAMIID.NotFound", () -> run(r -> r.imageId("ami-1")));
    assertRefused("InvalidSubnetID.NotFound", () -> run(r -> r.subnetId("subnet-1")));
    assertRefused("InvalidGroup.NotFound", () -> run(r -> r.securityGroupIds("sg-1")));
    assertRefused("InvalidKeyPair.NotFound", () -> run(r -> r.keyName("nobody")));
    assertRefused(
        "InvalidParameterValue", () -> run(r -> r.iamInstanceProfile(p -> p.name("nobody"))));
    assertRefused("InvalidParameterValue", () -> run(r -> r.instanceType("m7g.large")));
    assertRefused(
        "InvalidParameterValue",
        () -> run(r -> r.placement(p -> p.availabilityZone("eu-central-1b"))));
    assertRefused(
        "InvalidSnapshot.NotFound",
        () -> run(r -> r.blockDeviceMappings(device("/dev/sdb", "snap-1"))));
    assertRefused(
        "InvalidBlockDeviceMapping",
        () -> run(r -> r.blockDeviceMappings(device("/dev/xvda", scene.snapshot(0)))));
    assertRefused("VcpuLimitExceeded", () -> run(r -> r.instanceType("m5.96xlarge")));
    assertRefused("MissingParameter", () -> run(r -> r.imageId(null)));
    assertRefused("DryRunOperation", () -> run(r -> r.dryRun(true)));
    ec2.withdrawType("m5.large", ZONE);
    assertRefused("Unsupported", this::run);
    assertThat(ec2.volumes()).hasSize(volumes);
    assertThat(ec2.instances()).hasSize(2);
  }

  @Test
  void aDisabledKeyEndsTheLaunchAndLeavesNothingEncrypted() {
    scene.kms.put(KEY, KeyState.DISABLED);
    String id = run();
    scene.stage.pass(SOON);

    Instance found = scene.instance(id);
    assertThat(found.state().name()).isEqualTo(InstanceStateName.TERMINATED);
    assertThat(found.stateReason().code()).isEqualTo("Client.InternalError");
    assertThat(found.stateReason().message()).endsWith("Client error on launch");
    assertThat(ec2.volumes())
        .filteredOn(volume -> volume.snapshotId().equals(scene.snapshot(2)))
        .isEmpty();
  }

  @Test
  void aTerminatedInstanceLeavesWhatDoesNotGoWithIt() {
    String id = run();
    scene.stage.pass(SOON);
    String root = ec2.bootVolumeOf(id).orElseThrow();
    String data = ec2.volumesOf(id).get(1);

    var change =
        scene
            .call(() -> ec2.terminateInstances(r -> r.instanceIds(id)))
            .terminatingInstances()
            .get(0);
    assertThat(change.currentState().nameAsString()).isEqualTo("shutting-down");
    scene.stage.pass(SOON);
    assertThat(scene.instance(id).state().name()).isEqualTo(InstanceStateName.TERMINATED);
    assertRefused("InvalidVolume.NotFound", () -> scene.described(root));
    assertThat(scene.described(data).state()).isEqualTo(VolumeState.AVAILABLE);
    scene.call(() -> ec2.terminateInstances(r -> r.instanceIds(id)));
    scene.stage.pass(Duration.ofHours(2));
    assertRefused("InvalidInstanceID.NotFound", () -> scene.instance(id));
  }

  @Test
  void terminationProtectionHolds() {
    String id = run(r -> r.disableApiTermination(true));
    scene.stage.pass(SOON);

    assertRefused(
        "OperationNotPermitted",
        () -> scene.call(() -> ec2.terminateInstances(r -> r.instanceIds(FIRST, id))));
    scene.call(
        () ->
            ec2.modifyInstanceAttribute(
                r -> r.instanceId(id).disableApiTermination(v -> v.value(false))));
    scene.call(() -> ec2.terminateInstances(r -> r.instanceIds(id)));
    assertThat(ec2.running(FIRST)).isTrue();
    assertThat(ec2.running(id)).isFalse();
  }

  @Test
  void aLaunchedInstanceStopsAndStarts() {
    String id = run();
    scene.stage.pass(SOON);
    scene.stop(id);
    assertThat(scene.instance(id).state().name()).isEqualTo(InstanceStateName.STOPPED);
    scene.call(() -> ec2.startInstances(r -> r.instanceIds(id)));
    scene.stage.pass(SOON);
    assertThat(ec2.running(id)).isTrue();
  }

  @Test
  void anInstanceWhoseKeyIsDisabledGoesBackToStopped() {
    scene.stop(FIRST);
    scene.kms.put(KEY, KeyState.PENDING_DELETION);

    scene.call(() -> ec2.startInstances(r -> r.instanceIds(FIRST)));
    scene.stage.pass(SOON);
    assertThat(scene.instance(FIRST).state().name()).isEqualTo(InstanceStateName.STOPPED);
    assertThat(scene.instance(FIRST).stateReason().code()).isEqualTo("Client.InternalError");
  }

  @Test
  void launchesHaveASmallBucket() {
    for (int i = 0; i < 5; i++) {
      int number = i;
      scene.stage.time.start(
          "launch", () -> ec2.runInstances(usual().andThen(r -> r.clientToken("t" + number))));
    }

    assertRefused("RequestLimitExceeded", () -> run(r -> r.clientToken("sixth")));
    scene.stage.pass(Duration.ofSeconds(1));
    run(r -> r.clientToken("seventh"));
  }
}
