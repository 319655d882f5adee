package dev.freezeframe.rehearsal.ssm;

import static dev.freezeframe.rehearsal.ssm.DrillScene.CALLER;
import static dev.freezeframe.rehearsal.ssm.DrillScene.ORIGINAL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.drill.DrillCost;
import dev.freezeframe.drill.DrillPlan;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillStage;
import dev.freezeframe.drill.DrillTags;
import dev.freezeframe.drill.Drills;
import dev.freezeframe.drill.ec2.Ec2DrillInstances;
import dev.freezeframe.ledger.memory.InMemoryLedger;
import dev.freezeframe.metric.Measurements;
import dev.freezeframe.rehearsal.run.EmbeddedDependencies;
import dev.freezeframe.task.Environment;
import dev.freezeframe.task.TestContext;
import dev.freezeframe.task.drill.SweepDrillsTask;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Volume;

/** What the sweep takes away in the embedded EC2, and what it leaves though somebody tagged it. */
class SweptDrillsTest {
  private static final Duration LEASE = Duration.ofMinutes(30);

  private final DrillScene scene = new DrillScene();
  private final InMemoryLedger ledger = new InMemoryLedger();
  private final SweepDrillsTask sweep =
      new SweepDrillsTask(
          new EmbeddedDependencies(
              scene.stage.time,
              scene.ec2,
              scene.ssm,
              ledger,
              new Environment("ledger", 100),
              Measurements.NONE));
  private final List<String> set = scene.set();
  private DrillRow drill;

  @BeforeEach
  void claim() {
    Instant now = scene.stage.time.instant();
    DrillPlan plan =
        new DrillPlan(
            now,
            List.of(
                new DrillPlan.Member(
                    new SnapshotId(set.get(0)),
                    Drills.volume(1),
                    "/dev/sdf",
                    100,
                    Optional.empty())),
            List.of(),
            Optional.of(Drills.document("ab".repeat(32))),
            Optional.of(
                new DrillPlan.Host(
                    "t3.small",
                    "resolve:ssm:" + DrillScene.AMAZON_LINUX,
                    List.of("subnet-drill"),
                    List.of("sg-drill"),
                    "drill",
                    Duration.ofHours(8))),
            DrillCost.NONE);
    drill =
        ledger.claimDrill(
            DrillRow.of(
                Drills.id(1), Drills.order(1, Drills.drill()), "execution", now, Optional.of(plan)),
            now.plus(LEASE));
    ledger.recordStage(drill.id(), DrillStage.LAUNCHING, now);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  /** As the schedule has it, for an hour. */
  private void sweepForAnHour() {
    for (int times = 0; times < 12; times++) {
      scene.stage.call(
          () -> {
            try {
              sweep.handleRequest(
                  new ByteArrayInputStream("{}".getBytes(UTF_8)),
                  new ByteArrayOutputStream(),
                  new TestContext());
            } catch (IOException impossible) {
              throw new UncheckedIOException(impossible);
            }
            return "";
          });
      scene.stage.pass(Duration.ofMinutes(5));
    }
  }

  @Test
  void aDrillThatBrokeOffIsTakenAwayBeforeItsGuestWouldHaveEnded() {
    scene.stage.call(CALLER, () -> new Ec2DrillInstances(scene.ec2).launch(drill));
    scene.stage.pass(Duration.ofMinutes(5));
    assertThat(scene.ec2.tagged(DrillTags.DRILL)).hasSize(3);
    sweepForAnHour();

    assertThat(scene.ec2.tagged(DrillTags.DRILL)).isEmpty();
    assertThat(ledger.drill(drill.id()).orElseThrow().open()).isFalse();
  }

  @Test
  void whatSomebodyTaggedIsLeftAsItIs() {
    List<String> volumes = scene.ec2.volumesOf(ORIGINAL);
    scene.ec2.tagByHand(ORIGINAL, DrillTags.DRILL, drill.id().value());
    volumes.forEach(id -> scene.ec2.tagByHand(id, DrillTags.DRILL, drill.id().value()));
    String free = volumes.get(1);
    scene.ec2.detach(free);
    scene.stage.call(CALLER, () -> new Ec2DrillInstances(scene.ec2).launch(drill));
    scene.stage.pass(Duration.ofMinutes(5));
    sweepForAnHour();

    assertThat(scene.ec2.running(ORIGINAL)).isTrue();
    assertThat(scene.ec2.volumes()).extracting(Volume::volumeId).containsAll(volumes);
    assertThat(scene.ec2.tagged(DrillTags.DRILL))
        .as("what somebody tagged, and nothing of the drill")
        .hasSize(1 + volumes.size());
  }
}
