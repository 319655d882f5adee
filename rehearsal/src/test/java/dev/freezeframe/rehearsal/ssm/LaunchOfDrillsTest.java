package dev.freezeframe.rehearsal.ssm;

import static dev.freezeframe.rehearsal.ssm.DrillScene.BOOTED;
import static dev.freezeframe.rehearsal.ssm.DrillScene.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.drill.DrillCost;
import dev.freezeframe.drill.DrillPlan;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillTags;
import dev.freezeframe.drill.Drills;
import dev.freezeframe.drill.ec2.DrillInstances;
import dev.freezeframe.drill.ec2.Ec2DrillInstances;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The launch that a drill asks for, as it goes in the embedded cloud. */
class LaunchOfDrillsTest {
  private static final Duration LIFETIME = Duration.ofMinutes(70);

  private final DrillScene scene = new DrillScene();
  private final DrillInstances instances = new Ec2DrillInstances(scene.ec2);
  private final DrillRow drill = drill(scene.frozenSet());

  @AfterEach
  void close() {
    scene.close();
  }

  private DrillRow drill(List<String> set) {
    Instant now = scene.stage.time.instant();
    List<DrillPlan.Member> members = new ArrayList<>();
    for (String snapshot : set) {
      members.add(
          new DrillPlan.Member(
              new SnapshotId(snapshot),
              Drills.volume(members.size() + 1),
              "/dev/sd" + (char) ('f' + members.size()),
              100,
              Optional.empty()));
    }
    DrillPlan plan =
        new DrillPlan(
            now,
            members,
            List.of(),
            Optional.of(Drills.document("ab".repeat(32))),
            Optional.of(
                new DrillPlan.Host(
                    "t3.small",
                    "resolve:ssm:" + DrillScene.AMAZON_LINUX,
                    List.of("subnet-drill"),
                    List.of("sg-drill"),
                    "drill",
                    LIFETIME)),
            DrillCost.NONE);
    return DrillRow.of(
        Drills.id(1), Drills.order(1, Drills.drill()), "execution", now, Optional.of(plan));
  }

  private InstanceId launch() {
    DrillInstances.Launch launch = scene.stage.call(CALLER, () -> instances.launch(drill));
    assertThat(launch).isInstanceOf(DrillInstances.Launch.Taken.class);
    return ((DrillInstances.Launch.Taken) launch).id();
  }

  private List<String> left() {
    return scene.ec2.tagged(DrillTags.DRILL);
  }

  @Test
  void itsInstanceProvesWhoseDrillItIsAndGoesWithAllThatItHas() {
    InstanceId id = launch();
    scene.stage.pass(BOOTED);

    assertThat(scene.stage.call(instances::tagged)).extracting(v -> v.id()).containsExactly(id);
    assertThat(left()).as("an instance, its root and two members").hasSize(4);
    assertThat(
            scene
                .drill(
                    id.value(),
                    "drill-filesystem",
                    Map.of("executionId", drill.id().scriptExecution().value()))
                .responseCode())
        .isZero();
    scene.stage.call(
        () -> {
          instances.terminate(id);
          return id;
        });
    scene.stage.pass(BOOTED);
    assertThat(left()).isEmpty();
  }

  @Test
  void aLaunchWhoseAnswerIsLostIsFoundAgain() {
    InstanceId id = launch();

    assertThat(launch()).isEqualTo(id);
    scene.stage.pass(BOOTED);
    assertThat(scene.stage.call(() -> instances.launched(drill.token(1))))
        .hasValueSatisfying(view -> assertThat(view.id()).isEqualTo(id));
    assertThat(left()).hasSize(4);
  }

  @Test
  void whereNobodyEndsItTheGuestEndsIt() {
    launch();
    scene.stage.pass(LIFETIME);
    assertThat(left()).isNotEmpty();
    scene.stage.pass(Duration.ofMinutes(5));

    assertThat(left()).isEmpty();
  }
}
