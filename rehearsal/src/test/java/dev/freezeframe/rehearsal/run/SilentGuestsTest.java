package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.ledger.run.FreezeRow;
import dev.freezeframe.rehearsal.cloud.ExecutionFault;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.instance.GuestFault;
import dev.freezeframe.rehearsal.instance.ScriptBehavior;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An execution is aborted in a freeze, and its guest answers no post-script until it is fixed. */
class SilentGuestsTest {
  private static final RunId RUN = RunId.of(new PolicyName("daily"), Scene.DUE);
  private static final InstanceId INSTANCE = new InstanceId(Fleets.instanceId(1));

  /** Long after every try has failed. */
  private static final Instant GIVEN_UP = Scene.DUE.plus(Duration.ofHours(2));

  private static final Instant END = Scene.DUE.plus(Duration.ofHours(4));

  private final List<ExecutionStatus> statuses = new ArrayList<>();
  private final List<String> states = new ArrayList<>();
  private final List<FreezeRow> freezes = new ArrayList<>();
  private boolean fixed;
  private boolean recorded;

  private static Execution thaw(EmbeddedCloud cloud) {
    assertThat(cloud.thaws()).hasSize(1);
    return cloud.thaws().get(0);
  }

  private void look(EmbeddedCloud cloud) {
    statuses.add(thaw(cloud).status());
    states.clear();
    states.addAll(thaw(cloud).stateNames());
    freezes.clear();
    freezes.addAll(cloud.ledger().freezes(RUN, INSTANCE));
  }

  private Result play() {
    GuestFault silent =
        new GuestFault() {
          @Override
          public ScriptBehavior script(String instanceId, String command) {
            return command.equals("post-script") && !fixed
                ? new ScriptBehavior.Exits(202)
                : ScriptBehavior.GOOD;
          }
        };
    ExecutionFault abort =
        new ExecutionFault() {
          @Override
          public boolean abortsAfter(String execution, String instanceId, String state) {
            return state.equals("Create snapshots");
          }
        };
    return Scene.of(Fleets.of(1, 1))
        .faults(Faults.NONE.withGuests(silent).withExecutions(abort))
        .besides(
            cloud -> {
              cloud
                  .time()
                  .at(
                      Scene.DUE.plus(Duration.ofMinutes(6)),
                      () -> recorded = cloud.ledger().outcome(RUN, INSTANCE).isPresent());
              cloud
                  .time()
                  .at(
                      GIVEN_UP,
                      () -> {
                        look(cloud);
                        fixed = true;
                        cloud.states().redrive(thaw(cloud).arn());
                      });
              cloud.time().at(END, () -> look(cloud));
            })
        .play();
  }

  @Test
  void whatItTookIsOnRecordLongBeforeTheLastThawHasFailed() {
    Result result = play();

    assertThat(recorded).as("six minutes after the abort").isTrue();
    assertThat(result.reports().get(0).reason())
        .isEqualTo("the execution was aborted before its end");
  }

  @Test
  void theThawFailsInRedAndARedriveOfItAsksTheGuestAgain() {
    Result result = play();

    assertThat(statuses).containsExactly(ExecutionStatus.FAILED, ExecutionStatus.SUCCEEDED);
    assertThat(states)
        .containsExactly(
            "Keep event",
            "Thaw guest",
            "Wait for calls under way",
            "Thaw late freezes",
            "Record what was taken",
            "All thawed?",
            "Thaw guest again",
            "Thaw guest again",
            "All recorded?",
            "Done");
    assertThat(freezes).hasSize(1).allMatch(FreezeRow::thawProved);
    assertThat(result.calls()).containsEntry("ec2:CreateSnapshots", 1);
  }
}
