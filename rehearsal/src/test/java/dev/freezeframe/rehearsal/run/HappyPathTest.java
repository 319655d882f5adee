package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.ledger.OutcomeRow.Status;
import dev.freezeframe.rehearsal.fleet.Fleets;
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
            "What is to be done?",
            "Wake the freeze",
            "Dry run",
            "Pre-script wanted?",
            "Run pre-script",
            "Create snapshots",
            "Post-script wanted?",
            "Run post-script",
            "Set taken?",
            "Record snapshots",
            "Wait for completion",
            "Check snapshots",
            "All settled?",
            "Wait for completion",
            "Check snapshots",
            "All settled?",
            "Record outcome",
            "Announce outcome",
            "How did it end?",
            "Succeeded");
  }

  @Test
  void onlyCreateSnapshotsIsCalledWhileTheGuestIsFrozen() {
    assertThat(report().callsWhileFrozen()).containsExactly("ec2:CreateSnapshots");
  }

  @Test
  void itCostsTheCallsThatItMust() {
    assertThat(result.calls())
        .containsEntry("ec2:DescribeInstances", 2)
        .containsEntry("ec2:DescribeVolumes", 1)
        .containsEntry("ssm:DescribeInstanceInformation", 1)
        .containsEntry("ssm:GetDocument", 1)
        .containsEntry("ssm:SendCommand", 3)
        .containsEntry("ec2:CreateSnapshots", 1)
        .containsEntry("ec2:CreateTags", 1)
        .doesNotContainKey("ec2:DescribeSnapshots");
  }
}
