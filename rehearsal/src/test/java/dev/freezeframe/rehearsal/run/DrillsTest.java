package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.common.SetHolder;
import dev.freezeframe.drill.DrillEnd;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillStage;
import dev.freezeframe.drill.DrillTags;
import dev.freezeframe.drill.DrillVerdict;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.policy.Drill;
import dev.freezeframe.policy.Drill.Level;
import dev.freezeframe.rehearsal.ec2.snapshot.SetFault;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotBehavior;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotOrigin.Damage;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drills from their schedule to their end, where nothing goes wrong. */
class DrillsTest {
  private static final Instant OVER = Scene.DUE.plus(Duration.ofDays(1));

  private final List<DrillRow> rows = new ArrayList<>();
  private final List<SetHolder> leased = new ArrayList<>();
  private EmbeddedCloud cloud;

  private Result play(int instances, Drill drill, Faults faults) {
    return Scene.of(RestoreWorld.fleet(instances, 2))
        .policy(Drilling.POLICY)
        .faults(faults)
        .besides(
            given -> {
              cloud = given;
              given.scheduleDrills(Drilling.DAILY, drill, OVER);
              given.sweepDrills(OVER);
              given.time().at(OVER, () -> look(given));
            })
        .play();
  }

  private void look(EmbeddedCloud given) {
    rows.addAll(Drilling.all(given));
    rows.forEach(row -> given.ledger().setLease(row.order().set(), OVER).ifPresent(leased::add));
  }

  @ParameterizedTest
  @CsvSource({"L0, filesystem", "L2, filesystem", "L3, postgresql", "L3, mysql"})
  void aSetIsDrilledWhenItsPolicySaysAndNothingStays(Level level, String document) {
    play(1, Drilling.drill(level, document), Faults.NONE);

    assertThat(rows).hasSize(1);
    DrillRow row = rows.get(0);
    assertThat(row.end().map(DrillEnd::verdict))
        .as("%s", row.end())
        .contains(level == Level.L0 ? DrillVerdict.PASSED : DrillVerdict.PASSED_WITH_WARNINGS);
    assertThat(row.end().orElseThrow().reached()).contains(level);
    assertThat(row.at(DrillStage.VALIDATED).isPresent()).isEqualTo(level != Level.L0);
    assertThat(cloud.ec2().tagged(DrillTags.DRILL)).isEmpty();
    assertThat(leased).isEmpty();
    assertThat(cloud.measured().sum(Drilling.DAILY, Metric.DRILLS_PASSED)).hasValue(1);
    assertThat(cloud.measured().sum(Drilling.DAILY, Metric.UNDRILLED)).isPresent();
    assertThat(cloud.drills())
        .as("a run and the drill that it starts")
        .hasSize(2)
        .allMatch(one -> one.status() == ExecutionStatus.SUCCEEDED);
  }

  @Test
  void theResultTellsOfEachDrillAndItsStages() {
    Result result = play(2, Drilling.drill(Level.L3, "postgresql"), Faults.NONE);

    JsonNode json = RunJson.tree(result);
    assertThat(json.path("stillRestored")).isEmpty();
    assertThat(json.path("drills")).as("one a day suffices for two within 90 days").hasSize(1);
    JsonNode drill = json.path("drills").path(0);
    assertThat(drill.fieldNames())
        .toIterable()
        .containsExactly(
            "drillId",
            "setId",
            "instanceId",
            "level",
            "verdict",
            "reason",
            "warnings",
            "stages",
            "cost",
            "states");
    assertThat(drill.path("verdict").asText()).isEqualTo("PASSED_WITH_WARNINGS");
    assertThat(drill.path("stages").fieldNames())
        .toIterable()
        .containsExactly("running", "agent", "mounted", "checked", "started", "validated", "gone");
    List<Double> seconds = new ArrayList<>();
    drill.path("stages").forEach(stage -> seconds.add(stage.asDouble()));
    assertThat(seconds).isSorted().allMatch(second -> second > 0);
    assertThat(drill.path("cost").asDouble()).isBetween(0.001, 0.1);
    assertThat(drill.path("states")).extracting(JsonNode::asText).contains("Validate", "Drilled");
    assertThat(result.good()).isTrue();
  }

  /** As many as a policy may have; EC2 takes five launches at once, and then two in a second. */
  @Test
  void drillsBesideEachOtherKeepTheRateOfLaunches() {
    Result result =
        play(
            10,
            Drilling.drill(
                Level.L2, "filesystem", Duration.ofDays(1), new Drill.Limits(10, 2000, 1_000)),
            Faults.NONE);

    assertThat(result.calls().get("ec2:RunInstances")).isEqualTo(10);
    assertThat(result.log()).noneMatch(call -> call.error().equals("RequestLimitExceeded"));
  }

  @Test
  void aSetThatFailsItsDrillIsNoGoodResult() {
    SetFault damaged = any -> SnapshotBehavior.GOOD.with(Damage.DAMAGED);

    Result result = play(1, Drilling.drill(Level.L2, "filesystem"), Faults.NONE.withSets(damaged));

    assertThat(result.drills().failed()).hasSize(1);
    assertThat(result.drills().failed().get(0).reason())
        .startsWith("the validation exited with 214: a check found damage");
    assertThat(cloud.measured().sum(Drilling.DAILY, Metric.DRILLS_FAILED)).hasValue(1);
    assertThat(result.good()).isFalse();
  }
}
