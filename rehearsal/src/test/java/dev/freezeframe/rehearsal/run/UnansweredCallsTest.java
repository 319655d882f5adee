package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.cloud.Call;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.FunctionDied;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.instance.Freeze;
import java.time.Duration;
import java.time.Instant;
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

  /** The first ten seconds are those in which EC2 mostly does not show it yet. */
  @Test
  void theSetIsLookedForOnceInEachTryOfItsState() {
    List<EmbeddedCloud> clouds = new ArrayList<>();
    Result result =
        Scene.of(Fleets.of(1, 1))
            .faults(Faults.NONE.withCalls(losingAnswers()))
            .besides(clouds::add)
            .play();

    assertThat(result.reports().get(0).states())
        .containsSubsequence(
            "Set taken?", "Wait until a set is visible", "Find snapshot set", "Use found set");
    assertThat(lookedAt(result)).hasSize(1);
  }

  /** EC2 took nothing: three looks, 10 s apart, before the next attempt freezes. */
  @Test
  void aSetThatWasNeverTakenIsLookedForThreeTimes() {
    boolean[] lost = new boolean[1];
    CallFault never =
        new CallFault() {
          @Override
          public void before(String action, boolean changes, Caller caller, String detail) {
            if (action.equals("ec2:CreateSnapshots") && !lost[0]) {
              lost[0] = true;
              throw new FunctionDied("before " + action);
            }
          }
        };

    Result result = Scene.of(Fleets.of(1, 1)).faults(Faults.NONE.withCalls(never)).play();

    Invariants.areKept(result);
    assertThat(result.reports().get(0).consistency()).contains("APPLICATION");
    List<Instant> looks = lookedAt(result);
    assertThat(looks).hasSize(3);
    for (int look = 1; look < looks.size(); look++) {
      assertThat(Duration.between(looks.get(look - 1), looks.get(look)))
          .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(12));
    }
    assertThat(result.invocations()).as("a try each").containsEntry("FindSnapshots", looks.size());
  }

  private static List<Instant> lookedAt(Result result) {
    return result.log().stream()
        .filter(call -> call.caller().task().equals("FindSnapshots"))
        .filter(call -> call.action().equals("ec2:DescribeSnapshots"))
        .map(Call::startedAt)
        .toList();
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
