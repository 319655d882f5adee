package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.FunctionDied;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.ssm.Freeze;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * EC2 stamps a call on receipt; anyone who had no answer knows nothing of when it took the data.
 */
class UnansweredCallsTest {

  @Test
  void aSetWhoseCallWasNeverAnsweredIsNotCalledConsistent() {
    List<EmbeddedCloud> clouds = new ArrayList<>();
    Result result =
        Scene.of(Fleets.of(8, 1))
            .faults(Faults.NONE.withCalls(losingAnswers()))
            .besides(clouds::add)
            .play();

    Invariants.areKept(result);
    assertThat(result.reports())
        .hasSize(8)
        .allSatisfy(
            report -> {
              assertThat(report.states()).contains("Use found set");
              assertThat(report.consistency()).contains("UNKNOWN");
              assertThat(report.reason()).contains("CreateSnapshots was not answered");
            });
    assertThat(result.snapshots())
        .as("sets of which the data was taken when the guest had been thawed")
        .anyMatch(
            view ->
                clouds.get(0).ssm().guest(view.instanceId()).freezes().stream()
                    .map(Freeze::to)
                    .allMatch(
                        to ->
                            to.orElseThrow()
                                .isBefore(
                                    clouds.get(0).ec2().takenAt(view.snapshotId()).orElseThrow())));
  }

  private static CallFault losingAnswers() {
    return new CallFault() {
      @Override
      public void after(String action, boolean changes, Caller caller, String detail) {
        if (action.equals("ec2:CreateSnapshots")) {
          throw new FunctionDied("after " + action);
        }
      }
    };
  }
}
