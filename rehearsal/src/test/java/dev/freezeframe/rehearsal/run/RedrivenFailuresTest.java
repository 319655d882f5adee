package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotBehavior;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A backup and its run that have failed by themselves, and are redriven by an operator. */
class RedrivenFailuresTest {
  private final List<ExecutionStatus> before = new ArrayList<>();
  private final List<ExecutionStatus> after = new ArrayList<>();

  /** Redrives first the backup, then the run, some hours after the firing. */
  private Result redriven(SnapshotBehavior fate, Duration later) {
    return Scene.of(Fleets.of(1, 2))
        .faults(Faults.NONE.withSets(instance -> fate))
        .besides(
            cloud -> {
              cloud.time().at(Scene.DUE.plus(later), () -> redrive(cloud, backup(cloud)));
              cloud
                  .time()
                  .at(Scene.DUE.plus(later).plusSeconds(600), () -> redrive(cloud, run(cloud)));
              cloud
                  .time()
                  .at(
                      Scene.DUE.plus(later).plusSeconds(1_200),
                      () -> {
                        after.add(backup(cloud).status());
                        after.add(run(cloud).status());
                      });
            })
        .play();
  }

  private void redrive(EmbeddedCloud cloud, Execution execution) {
    before.add(execution.status());
    cloud.states().redrive(execution.arn());
  }

  private static Execution backup(EmbeddedCloud cloud) {
    return cloud.backups().get(0);
  }

  private static Execution run(EmbeddedCloud cloud) {
    return cloud.states().executions().stream()
        .filter(execution -> !cloud.backups().contains(execution))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatHasCompletedSinceIsSeenAndBothEndWell() {
    SnapshotBehavior slow = SnapshotBehavior.GOOD.taking(Duration.ofHours(30));

    Result result = redriven(slow, Duration.ofHours(40));

    Invariants.areKept(result);
    assertThat(before).containsExactly(ExecutionStatus.FAILED, ExecutionStatus.FAILED);
    assertThat(after).containsExactly(ExecutionStatus.SUCCEEDED, ExecutionStatus.SUCCEEDED);
    assertThat(result.reports().get(0).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(result.reports().get(0).consistency()).contains("APPLICATION");
    assertThat(result.reports().get(0).states())
        .containsSubsequence(
            "Record outcome",
            "Announce outcome",
            "Choose ending",
            "Backup failed",
            "Backup failed",
            "Announce outcome",
            "Choose ending",
            "Succeeded");
    assertThat(result.calls()).containsEntry("ec2:CreateSnapshots", 1);
  }

  @Test
  void whatIsStillBrokenFailsAgainAndNothingIsDoneTwice() {
    SnapshotBehavior broken = SnapshotBehavior.GOOD.failing();

    Result result = redriven(broken, Duration.ofHours(3));

    Invariants.areKept(result);
    assertThat(before).containsExactly(ExecutionStatus.FAILED, ExecutionStatus.FAILED);
    assertThat(after).containsExactly(ExecutionStatus.FAILED, ExecutionStatus.FAILED);
    assertThat(result.reports().get(0).status()).isEqualTo(Status.FAILED);
    assertThat(result.calls())
        .containsEntry("ec2:CreateSnapshots", 1)
        .containsEntry("ssm:SendCommand", 3);
  }
}
