package dev.freezeframe.rehearsal.ssm;

import static dev.freezeframe.rehearsal.ec2.api.Refused.assertRefused;
import static dev.freezeframe.rehearsal.ssm.DrillScene.AMAZON_LINUX;
import static dev.freezeframe.rehearsal.ssm.DrillScene.BOOTED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileSpecification;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Volume;

/** How an instance that is launched boots, registers and shuts itself down. */
class DrillInstancesTest {
  private final DrillScene scene = new DrillScene();

  @AfterEach
  void close() {
    scene.close();
  }

  private Optional<InstanceStateName> state(String id) {
    return scene.ec2.state(id);
  }

  @Test
  void anAgentRegistersSomeTimeAfterItsInstanceRuns() {
    String id = scene.launch(scene.set());
    assertThat(scene.online(id)).isFalse();
    scene.stage.pass(Duration.ofSeconds(15));
    assertThat(scene.online(id)).as("it has just begun to boot").isFalse();
    scene.stage.pass(BOOTED);

    assertThat(state(id)).contains(InstanceStateName.RUNNING);
    assertThat(scene.online(id)).isTrue();
    scene.ec2.terminate(id);
    assertThat(scene.online(id)).isFalse();
  }

  @Test
  void noAgentRegistersWithoutAProfileOrAWayToSystemsManager() {
    List<String> set = scene.set();
    List<String> ids =
        List.of(
            scene.launch(set, r -> r.subnetId("subnet-cut")),
            scene.launch(set, r -> r.iamInstanceProfile(profile -> profile.name("mute"))),
            scene.launch(set, r -> r.iamInstanceProfile((IamInstanceProfileSpecification) null)),
            scene.launch(set, r -> r.subnetId(null)));
    scene.stage.pass(Duration.ofHours(1));

    assertThat(ids).noneMatch(scene::online);
  }

  @Test
  void aFaultKeepsTheAgentOrTheWholeSystemFromComingUp() {
    List<String> set = scene.set();
    scene.lacksAgent = true;
    String silent = scene.launch(set);
    scene.lacksAgent = false;
    scene.hangs = true;
    String hanging = scene.launch(set);
    scene.stage.pass(BOOTED);

    assertThat(scene.online(silent)).isFalse();
    assertThat(scene.online(hanging)).isFalse();
    scene.stage.pass(Duration.ofHours(2));
    assertThat(state(silent))
        .as("its user data has run")
        .isNotEqualTo(Optional.of(InstanceStateName.RUNNING));
    assertThat(state(hanging)).contains(InstanceStateName.RUNNING);
  }

  @Test
  void aPublicParameterNamesAnImageOfItsArchitecture() {
    String id = scene.launch(scene.set());
    Instance found = scene.ec2.instance(id).orElseThrow();
    String image =
        scene
            .stage
            .call(() -> scene.ssm.getParameter(r -> r.name(AMAZON_LINUX)))
            .parameter()
            .value();

    assertThat(found.imageId()).isEqualTo(image).startsWith("ami-");
    assertThat(found.architectureAsString()).isEqualTo("x86_64");
    assertThat(scene.stage.call(() -> scene.ec2.describeImages(r -> r.imageIds(image))).images())
        .singleElement()
        .matches(described -> described.rootDeviceName().equals("/dev/xvda"));
    List<String> set = scene.set();
    assertRefused(
        "SsmInvalidParameter", () -> scene.launch(set, r -> r.imageId("resolve:ssm:/no/such")));
    assertRefused(
        "InvalidParameterValue", () -> scene.launch(set, r -> r.instanceType("t4g.small")));
  }

  @Test
  void theGuestShutsItselfDownWhichTerminatesItWithAllVolumes() {
    List<String> set = scene.set();
    String id = scene.launch(set);
    scene.stage.pass(Duration.ofMinutes(45));
    assertThat(state(id)).contains(InstanceStateName.RUNNING);
    scene.stage.pass(Duration.ofMinutes(5));

    Instance found = scene.ec2.instance(id).orElseThrow();
    assertThat(found.state().name()).isEqualTo(InstanceStateName.TERMINATED);
    assertThat(found.stateReason().code()).isEqualTo("Client.InstanceInitiatedShutdown");
    assertThat(scene.ec2.volumes()).extracting(Volume::snapshotId).doesNotContainAnyElementsOf(set);
  }

  @Test
  void whereAShutdownOnlyStopsTheVolumesStay() {
    List<String> set = scene.set();
    String id = scene.launch(set, r -> r.instanceInitiatedShutdownBehavior("stop"));
    scene.stage.pass(Duration.ofHours(1));

    assertThat(state(id)).contains(InstanceStateName.STOPPED);
    assertThat(scene.ec2.volumes()).extracting(Volume::snapshotId).containsAll(set);
  }

  @Test
  void aShutdownThatIsDueIsForgottenWhenTheInstanceIsRestarted() {
    String id = scene.launch(scene.set());
    scene.stage.pass(BOOTED);
    scene.ec2.stop(id);
    scene.stage.pass(Duration.ofMinutes(3));
    assertThat(scene.ec2.start(id)).isTrue();
    scene.stage.pass(Duration.ofHours(3));

    assertThat(state(id)).contains(InstanceStateName.RUNNING);
    assertThat(scene.drill(id, "drill-filesystem", Map.of()).responseCode())
        .as("/run is empty after a restart")
        .isEqualTo(206);
  }

  @Test
  void userDataHasToBeBase64AndMayBeNoScript() {
    List<String> set = scene.set();
    assertRefused("InvalidParameterValue", () -> scene.launch(set, r -> r.userData("#!/bin/sh")));
    assertRefused(
        "InvalidParameterValue",
        () -> scene.launch(set, r -> r.userData(DrillScene.script("x".repeat(17_000)))));
    String id =
        scene.launch(
            set,
            r ->
                r.userData(Base64.getEncoder().encodeToString("shutdown -P +1\n".getBytes(UTF_8))));
    scene.stage.pass(Duration.ofHours(1));

    assertThat(state(id)).contains(InstanceStateName.RUNNING);
  }
}
