package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.FunctionDied;
import dev.freezeframe.rehearsal.cloud.InvocationFault;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotBehavior;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.instance.Freeze;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A freeze that is longer than its budget, and a set that takes an hour to complete. */
class FreezesMeasuredTest {
  private static final PolicyName DAILY = new PolicyName("daily");
  private static final String SMALL_BUDGET =
      """
      name: daily
      schedule: {cron: "0 2 * * ? *"}
      scripts: {document: freezeframe-filesystem, timeout: 30s, retries: 1, freezeBudget: 1s}
      retention: {days: 14}
      """;
  private static final SnapshotBehavior AN_HOUR = SnapshotBehavior.GOOD.taking(Duration.ofHours(1));

  private final List<Instant> measured = new ArrayList<>();
  private final List<Freeze> freezes = new ArrayList<>();
  private double times;

  private void play(Faults faults) {
    Scene.of(Fleets.of(1, 1))
        .policy(SMALL_BUDGET)
        .faults(faults.withSets(instance -> AN_HOUR))
        .besides(
            cloud -> {
              UnprovedThawsTest.whenMeasured(cloud, Metric.FROZEN_OVER_BUDGET, measured);
              cloud
                  .time()
                  .at(
                      Scene.DUE.plus(Duration.ofHours(3)),
                      () -> {
                        freezes.addAll(cloud.ssm().guest(Fleets.instanceId(1)).freezes());
                        times = cloud.measured().sum(DAILY, Metric.FROZEN_OVER_BUDGET).orElse(0);
                      });
            })
        .play();
  }

  @Test
  void itIsMeasuredWhenItHasEndedAndNotWhenTheSetIsComplete() {
    play(Faults.NONE);

    assertThat(freezes).hasSize(1);
    assertThat(measured).isNotEmpty();
    assertThat(Duration.between(freezes.get(0).from(), measured.get(0)))
        .isLessThan(Duration.ofSeconds(10));
    assertThat(times).isEqualTo(1);
  }

  /** What was measured before its death is in the log already. */
  @Test
  void aFunctionThatDiesWithTheAnswerMeasuresItOnce() {
    boolean[] died = new boolean[1];
    play(
        Faults.NONE.withInvocations(
            new InvocationFault() {
              @Override
              public boolean diesAfter(Caller caller) {
                boolean thaws =
                    caller.task().equals("RunPostScript") && !caller.instanceId().isEmpty();
                boolean dies = thaws && !died[0];
                died[0] |= dies;
                return dies;
              }
            }));

    assertThat(died[0]).isTrue();
    assertThat(times).isEqualTo(1);
  }

  /** Else a freeze of which nobody heard would be missing; the second sending finds the first. */
  @Test
  void aFunctionThatDiesBeforeItHasTheAnswerLeavesItToTheNext() {
    boolean[] died = new boolean[1];
    play(
        Faults.NONE.withCalls(
            new CallFault() {
              @Override
              public void after(String action, boolean changes, Caller caller, String detail) {
                if (action.equals("ssm:SendCommand") && detail.equals("post-script") && !died[0]) {
                  died[0] = true;
                  throw new FunctionDied("with its command sent");
                }
              }
            }));

    assertThat(died[0]).isTrue();
    assertThat(freezes).hasSize(1);
    assertThat(times).isEqualTo(1);
  }
}
