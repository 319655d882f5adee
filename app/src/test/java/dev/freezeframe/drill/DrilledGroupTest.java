package dev.freezeframe.drill;

import static dev.freezeframe.drill.Drills.EIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.policy.Drill;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrilledGroupTest {

  private static DrillRow ended(DrillVerdict verdict, Drill.Level reached) {
    DrillRow row = Drills.row(1, EIGHT);
    return new DrillRow(
        row.id(),
        row.order(),
        row.execution(),
        row.startedAt(),
        row.plan(),
        row.reached(),
        row.found(),
        Optional.of(
            new DrillEnd(
                verdict,
                "because",
                List.of(),
                Optional.of(reached),
                DrillCost.NONE,
                List.of(),
                EIGHT)));
  }

  @Test
  void aSetIsProvedByARestoreAndNotByItsSnapshotsBeingComplete() {
    assertThat(DrilledGroup.with(Optional.empty(), ended(DrillVerdict.PASSED, Drill.Level.L2)))
        .hasValueSatisfying(group -> assertThat(group.proved()).isPresent());

    assertThat(DrilledGroup.with(Optional.empty(), ended(DrillVerdict.PASSED, Drill.Level.L0)))
        .hasValueSatisfying(
            group -> {
              assertThat(group.proved()).isEmpty();
              assertThat(group.conclusive()).as("its turn has been all the same").isPresent();
            });
  }

  @Test
  void whatWasProvedByARestoreStaysSoWhenItIsLaterSeenToBeComplete() {
    Optional<DrilledGroup> restored =
        DrilledGroup.with(Optional.empty(), ended(DrillVerdict.PASSED, Drill.Level.L2));

    assertThat(DrilledGroup.with(restored, ended(DrillVerdict.PASSED, Drill.Level.L0)))
        .hasValueSatisfying(group -> assertThat(group.proved()).isPresent());
  }
}
