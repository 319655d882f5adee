package dev.freezeframe.drill;

import static dev.freezeframe.drill.Drills.EIGHT;
import static dev.freezeframe.drill.Drills.snapshot;
import static dev.freezeframe.drill.Drills.volume;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrillLeftoversTest {
  private static final DrillRow DRILL = Drills.row(1, EIGHT);
  private static final Optional<String> TAG = Optional.of(Drills.id(1).value());

  @Test
  void anInstanceIsTheDrillsByItsTokenAndItsTag() {
    assertThat(DrillLeftovers.notTheDrills(DRILL, TAG, TAG)).isEmpty();
    assertThat(DrillLeftovers.notTheDrills(DRILL, Optional.of(TAG.get() + "-2"), TAG)).isEmpty();
  }

  @Test
  void anInstanceThatSomebodyTaggedIsNotTheDrills() {
    assertThat(DrillLeftovers.notTheDrills(DRILL, Optional.empty(), TAG)).isPresent();
    assertThat(DrillLeftovers.notTheDrills(DRILL, Optional.of("mine"), TAG)).isPresent();
    assertThat(DrillLeftovers.notTheDrills(DRILL, Optional.of(TAG.get() + "-3"), TAG))
        .as("it has two subnets, and so two tokens")
        .isPresent();
    assertThat(DrillLeftovers.notTheDrills(DRILL, TAG, Optional.empty())).isPresent();
  }

  @Test
  void aVolumeIsTheDrillsByItsTagAndTheSnapshotThatItIsOf() {
    assertThat(DrillLeftovers.notTheDrills(DRILL, volume(7), Optional.of(snapshot(1)), TAG))
        .isEmpty();
  }

  @Test
  void aVolumeThatSomebodyTaggedIsNotTheDrills() {
    assertThat(DrillLeftovers.notTheDrills(DRILL, volume(7), Optional.empty(), TAG)).isPresent();
    assertThat(DrillLeftovers.notTheDrills(DRILL, volume(7), Optional.of(snapshot(9)), TAG))
        .isPresent();
    assertThat(
            DrillLeftovers.notTheDrills(
                DRILL, volume(7), Optional.of(snapshot(1)), Optional.of("drill-other")))
        .isPresent();
  }

  @Test
  void aSecondVolumeOfAMemberIsNotTheOneOnRecord() {
    DrillRow running =
        new DrillRow(
            DRILL.id(),
            DRILL.order(),
            DRILL.execution(),
            DRILL.startedAt(),
            DRILL.plan(),
            Map.of(),
            new DrillRow.Found(
                Optional.empty(),
                Optional.empty(),
                1,
                Map.of(snapshot(1), volume(7), snapshot(99), volume(8)),
                Map.of(),
                Optional.empty()),
            Optional.empty());

    assertThat(DrillLeftovers.notTheDrills(running, volume(7), Optional.of(snapshot(1)), TAG))
        .isEmpty();
    assertThat(DrillLeftovers.notTheDrills(running, volume(9), Optional.of(snapshot(1)), TAG))
        .as("somebody made another of the same snapshot")
        .isPresent();
    assertThat(DrillLeftovers.notTheDrills(running, volume(8), Optional.of(snapshot(99)), TAG))
        .as("its root")
        .isEmpty();
  }
}
