package dev.freezeframe.rehearsal.ec2;

import static dev.freezeframe.rehearsal.ec2.RestoreScene.DATA;
import static dev.freezeframe.rehearsal.ec2.RestoreScene.FIRST;
import static dev.freezeframe.rehearsal.ec2.RestoreScene.IMAGE;
import static dev.freezeframe.rehearsal.ec2.RestoreScene.KEY;
import static dev.freezeframe.rehearsal.ec2.RestoreScene.ROOT;
import static dev.freezeframe.rehearsal.ec2.RestoreScene.SOON;
import static dev.freezeframe.rehearsal.ec2.RestoreScene.ZONE;
import static dev.freezeframe.rehearsal.ec2.api.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.SdkRetries;
import dev.freezeframe.rehearsal.instance.InstanceFault;
import dev.freezeframe.rehearsal.instance.InstancePermission;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.VolumeState;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;

/** What goes wrong with volumes and launches after a call was answered, or because of who calls. */
class RestoreFaultsTest {
  private final Set<String> wrong = new HashSet<>();
  private Duration busy = Duration.ZERO;
  private RestoreScene scene = scene(7);

  private RestoreScene scene(long seed) {
    return new RestoreScene(
        CallFault.NONE,
        new InstanceFault() {
          @Override
          public boolean launchLacksCapacity(String instanceId) {
            return wrong.contains("capacity " + instanceId);
          }

          @Override
          public boolean findsKeyDisabled(String action, String instanceId) {
            return wrong.contains(action + " " + instanceId);
          }

          @Override
          public Duration keepsBusy(String instanceId) {
            return busy;
          }
        },
        seed);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private String create(int place) {
    return scene
        .call(
            () ->
                scene.ec2.createVolume(
                    r -> r.snapshotId(scene.snapshot(place)).availabilityZone(ZONE)))
        .volumeId();
  }

  @ParameterizedTest
  @CsvSource({
    "DISABLED, is disabled.",
    "PENDING_DELETION, is pending deletion.",
    "PENDING_IMPORT, is pending import.",
    "UNAVAILABLE, is unavailable."
  })
  void aKeyThatCannotBeUsedIsFoundAfterTheAnswer(KeyState state, String cause) {
    scene.kms.put(KEY, state);
    String id = create(2);
    scene.stage.pass(SOON);

    assertThat(scene.told("EBS Volume Notification"))
        .singleElement()
        .asString()
        .contains("\"result\":\"failed\"", "\"cause\":\"" + KEY + " " + cause + "\"");
    assertThat(scene.ec2.volumes())
        .noneMatch(volume -> volume.volumeId().equals(id) && volume.state() != VolumeState.ERROR);
  }

  @Test
  void aVolumeWithoutItsKeyGoesToErrorOrIsGoneAsTheSeedHasIt() {
    Set<String> ends = new TreeSet<>();
    for (int seed = 1; seed <= 12; seed++) {
      try (RestoreScene other = scene(seed)) {
        other.kms.put(KEY, KeyState.DISABLED);
        String id =
            other
                .call(
                    () ->
                        other.ec2.createVolume(
                            r -> r.snapshotId(other.snapshot(2)).availabilityZone(ZONE)))
                .volumeId();
        other.stage.pass(SOON);
        ends.add(
            other.ec2.volumes().stream()
                .filter(volume -> volume.volumeId().equals(id))
                .map(volume -> volume.stateAsString())
                .findFirst()
                .orElse("gone"));
      }
    }
    assertThat(ends).containsExactly("error", "gone");
  }

  @Test
  void theNameOfTheEventOfInitializationHasASpaceAsTheSeedHasIt() {
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < 8; i++) {
      create(1);
    }
    scene.stage.pass(Duration.ofDays(1));
    scene
        .told("EBS Volume Notification")
        .forEach(detail -> names.add(detail.replaceAll(".*\"event\":\"([^\"]*)\".*", "$1")));

    assertThat(names).containsExactly(" initializeVolume", "createVolume", "initializeVolume");
  }

  @Test
  void aFaultFindsTheKeyOfAVolumeDisabledWhateverKmsSays() {
    wrong.add("ec2:CreateVolume " + FIRST);
    create(2);
    create(1);
    scene.stage.pass(SOON);

    assertThat(scene.told("EBS Volume Notification"))
        .filteredOn(detail -> detail.contains("failed"))
        .singleElement()
        .asString()
        .contains(KEY + " is disabled.");
    assertThat(scene.kms.state(KEY)).contains(KeyState.ENABLED);
  }

  @Test
  void aVolumeWhoseKeyIsLostIsNotAttached() {
    String id = scene.volumeOf(2);
    scene.stage.events.clear();
    scene.kms.put(KEY, KeyState.PENDING_DELETION);

    scene.call(
        () -> scene.ec2.attachVolume(r -> r.volumeId(id).instanceId(FIRST).device("/dev/sdp")));
    scene.stage.pass(SOON);
    assertThat(scene.described(id).state()).isEqualTo(VolumeState.AVAILABLE);
    assertThat(scene.instance(FIRST).blockDeviceMappings()).hasSize(3);
    assertThat(scene.stage.events.get(0).get("resources")).hasSize(2);
    assertThat(scene.told("EBS Volume Notification").get(0))
        .contains("attachVolume", "failed", KEY + " is pending deletion.");
  }

  @Test
  void aVolumeIsBusyThoughItsInstanceIsStopped() {
    scene.stop(FIRST);
    busy = Duration.ofMinutes(30);
    scene.call(() -> scene.ec2.detachVolume(r -> r.volumeId(DATA)));

    scene.stage.pass(Duration.ofMinutes(29));
    assertThat(scene.described(DATA).attachments().get(0).stateAsString()).isEqualTo("busy");
    scene.stage.pass(SOON);
    assertThat(scene.described(DATA).state()).isEqualTo(VolumeState.AVAILABLE);
  }

  private String launch() {
    return scene
        .call(
            () ->
                scene.ec2.runInstances(
                    r -> r.minCount(1).maxCount(1).imageId(IMAGE).instanceType("m5.large")))
        .instances()
        .get(0)
        .instanceId();
  }

  @Test
  void aLaunchThatWasAcceptedLacksCapacity() {
    wrong.add("capacity " + FIRST);
    String id = launch();
    scene.stage.pass(SOON);

    assertThat(scene.instance(id).state().name()).isEqualTo(InstanceStateName.TERMINATED);
    assertThat(scene.instance(id).stateReason().code())
        .isEqualTo("Server.InsufficientInstanceCapacity");
  }

  @Test
  void aReplacementWhoseKeyIsDisabledFailsAndTheRootStays() {
    scene.kms.put(KEY, KeyState.DISABLED);
    String copied = encryptedRoot();
    wrong.add("ec2:CreateReplaceRootVolumeTask " + FIRST);
    String task =
        scene
            .call(() -> scene.ec2.createReplaceRootVolumeTask(r -> r.instanceId(FIRST)))
            .replaceRootVolumeTask()
            .replaceRootVolumeTaskId();
    scene.stage.pass(SOON);

    assertThat(
            scene
                .call(
                    () ->
                        scene.ec2.describeReplaceRootVolumeTasks(
                            r -> r.replaceRootVolumeTaskIds(task)))
                .replaceRootVolumeTasks()
                .get(0)
                .taskStateAsString())
        .isEqualTo("failed");
    assertThat(scene.ec2.bootVolumeOf(FIRST)).contains(copied);
    assertThat(scene.ec2.running(FIRST)).isTrue();
  }

  /** Gives the first instance a root volume that is encrypted with the default key. */
  private String encryptedRoot() {
    scene.stop(FIRST);
    scene.call(() -> scene.ec2.detachVolume(r -> r.volumeId(ROOT)));
    String id =
        scene
            .call(
                () ->
                    scene.ec2.createVolume(
                        r ->
                            r.snapshotId(scene.snapshot(0)).availabilityZone(ZONE).encrypted(true)))
            .volumeId();
    scene.stage.pass(SOON);
    scene.call(
        () -> scene.ec2.attachVolume(r -> r.volumeId(id).instanceId(FIRST).device("/dev/xvda")));
    scene.kms.put(KEY, KeyState.ENABLED);
    scene.stage.pass(SOON);
    scene.call(() -> scene.ec2.startInstances(r -> r.instanceIds(FIRST)));
    scene.stage.pass(SOON);
    return id;
  }

  @Test
  void aCallerMayDoOnlyWhatItsRoleGrants() {
    String id = scene.volumeOf(1);
    InstancePermission noDeletion =
        (action, resource) -> !action.equals("ec2:DeleteVolume") && !resource.equals(FIRST);
    Ec2Client client = scene.ec2.client(1, noDeletion);

    assertRefused(
        "UnauthorizedOperation", () -> scene.call(() -> client.deleteVolume(r -> r.volumeId(id))));
    assertRefused(
        "UnauthorizedOperation",
        () ->
            scene.call(
                () ->
                    client.attachVolume(r -> r.volumeId(id).instanceId(FIRST).device("/dev/sdp"))));
    assertRefused(
        "UnauthorizedOperation",
        () -> scene.call(() -> client.terminateInstances(r -> r.instanceIds(FIRST))));
    assertThat(scene.described(id).state()).isEqualTo(VolumeState.AVAILABLE);
  }

  @Test
  void aFunctionsLookAtAKeyIsCountedAndNamesItsState() {
    scene.kms.put(KEY, KeyState.PENDING_IMPORT);
    KmsClient client =
        scene.kms.client(
            scene.stage.api, new SdkRetries(scene.stage.time, scene.stage.seed, "KmsClient", 3));

    KeyMetadata found =
        scene.call(() -> client.describeKey(r -> r.keyId("1234abcd"))).keyMetadata();
    assertThat(found.arn()).isEqualTo(KEY);
    assertThat(found.keyState()).isEqualTo(KeyState.PENDING_IMPORT);
    assertThat(found.keyManagerAsString()).isEqualTo("CUSTOMER");
    assertThat(
            scene
                .call(() -> client.describeKey(r -> r.keyId("alias/aws/ebs")))
                .keyMetadata()
                .keyManagerAsString())
        .isEqualTo("AWS");
    assertThat(scene.stage.api.counts()).containsEntry("kms:DescribeKey", 2);
  }

  @Test
  void mutatingCallsShareABucket() {
    for (int i = 0; i < 50; i++) {
      scene.stage.time.start("modify", () -> protect(true));
    }

    assertRefused(
        "RequestLimitExceeded",
        () -> scene.call(() -> scene.ec2.detachVolume(r -> r.volumeId(DATA))));
    scene.stage.pass(Duration.ofSeconds(1));
    scene.call(() -> scene.ec2.detachVolume(r -> r.volumeId(DATA)));
  }

  private void protect(boolean on) {
    scene.ec2.modifyInstanceAttribute(
        r -> r.instanceId(FIRST).disableApiStop(value -> value.value(on)));
  }
}
