package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.rehearsal.cloud.Call;
import dev.freezeframe.rehearsal.fleet.Fleets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HappyPathTest {
  private static Result result;

  @BeforeAll
  static void backUpOneInstanceOfThreeVolumes() {
    result = Scene.of(Fleets.one(1, 3)).play();
  }

  private static InstanceReport report() {
    return result.reports().get(0);
  }

  @Test
  void itEndsApplicationConsistent() {
    assertThat(report().status()).isEqualTo(Status.SUCCEEDED);
    assertThat(report().consistency()).contains("APPLICATION");
    assertThat(report().reason()).startsWith("held by its scripts from ");
    assertThat(result.good()).isTrue();
  }

  @Test
  void itsStatesAreThoseOfTheWorkflow() {
    assertThat(report().states())
        .containsExactly(
            "First attempt",
            "Inspect instance",
            "Choose action",
            "Dry run",
            "Take slots",
            "Slots taken?",
            "Warm up functions",
            "Run pre-script",
            "Create snapshots",
            "Has post-script?",
            "Run post-script",
            "Set taken?",
            "Record snapshots",
            "Wait for completion",
            "Check snapshots",
            "All snapshots done?",
            "Wait for completion",
            "Check snapshots",
            "All snapshots done?",
            "Record outcome",
            "Announce outcome",
            "Choose ending",
            "Succeeded");
  }

  @Test
  void onlyCreateSnapshotsIsCalledWhileTheGuestIsFrozen() {
    assertThat(report().callsWhileFrozen()).containsExactly("ec2:CreateSnapshots");
  }

  /** A known fault of the scripts that this project follows: they never awaited their flush. */
  @Test
  void noSnapshotIsTakenBeforeTheFlushIsKnownToHaveRun() {
    List<Call> log = result.log();
    int ordered = first(log, "ssm:SendCommand", "pre-script", 0);
    int answered = first(log, "ssm:GetCommandInvocation", "", ordered);
    int taken = first(log, "ec2:CreateSnapshots", "", 0);

    assertThat(log.get(answered).startedAt()).isAfter(log.get(ordered).endedAt());
    assertThat(log.get(taken).startedAt()).isAfterOrEqualTo(log.get(answered).endedAt());
  }

  private static int first(List<Call> log, String action, String detail, int from) {
    return IntStream.range(from, log.size())
        .filter(call -> log.get(call).action().equals(action))
        .filter(call -> log.get(call).detail().contains(detail))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void itCostsTheCallsThatItMust() {
    assertThat(result.calls())
        .containsEntry("ec2:DescribeInstances", 2)
        .containsEntry("ec2:DescribeVolumes", 1)
        .containsEntry("ssm:DescribeInstanceInformation", 1)
        .containsEntry("ssm:GetDocument", 1)
        .containsEntry("ssm:SendCommand", 3)
        .containsEntry("ssm:DescribeDocument", 1)
        .containsEntry("ec2:CreateSnapshots", 1)
        .containsEntry("ec2:CreateTags", 1)
        .containsEntry("ec2:DescribeSnapshots", 1);
  }
}
