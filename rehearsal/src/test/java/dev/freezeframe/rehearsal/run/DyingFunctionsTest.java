package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.FunctionDied;
import dev.freezeframe.rehearsal.fleet.Fleets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * One instance for each call that changes something: its function dies just before or just after
 * that call, once.
 */
class DyingFunctionsTest {
  /** So that none meets another where slots are taken, and each makes the same calls. */
  private static final String ONE_AFTER_THE_OTHER =
      """
      name: daily
      schedule: {cron: "0 2 * * ? *"}
      scripts: {document: freezeframe-filesystem, timeout: 30s, retries: 1}
      retention: {days: 14}
      pacing: {setsPerSecond: 0.2}
      """;

  private static final int CALLS = 16;

  /** Instance {@code 2n - 1} dies before its n-th changing call, instance {@code 2n} after it. */
  private static final class DiesOnce implements CallFault {
    private final Map<String, Integer> changes = new TreeMap<>();
    private final Map<String, String> deaths = new TreeMap<>();

    @Override
    public void before(String action, boolean changing, Caller caller, String detail) {
      if (!changing || caller.instanceId().isEmpty()) {
        return;
      }
      int number = changes.merge(caller.instanceId(), 1, Integer::sum);
      if (caller.instanceId().equals(Fleets.instanceId(2 * number - 1))) {
        die("before", action, caller);
      }
    }

    @Override
    public void after(String action, boolean changing, Caller caller, String detail) {
      if (!changing || caller.instanceId().isEmpty()) {
        return;
      }
      int number = changes.get(caller.instanceId());
      if (caller.instanceId().equals(Fleets.instanceId(2 * number))) {
        die("after", action, caller);
      }
    }

    /** Nobody knows when a call that was never answered took its set. */
    private boolean lostTheAnswer(InstanceReport report) {
      return deaths
          .getOrDefault(report.instance().value(), "")
          .startsWith("after ec2:CreateSnapshots");
    }

    private void die(String when, String action, Caller caller) {
      if (deaths.putIfAbsent(
              caller.instanceId(), "%s %s in %s".formatted(when, action, caller.task()))
          == null) {
        throw new FunctionDied(when + " " + action);
      }
    }
  }

  @Test
  void whereverAFunctionDiesEveryPromiseIsKeptAndABackupIsThere() {
    DiesOnce faults = new DiesOnce();

    Result result =
        Scene.of(Fleets.of(2 * CALLS, 1))
            .policy(ONE_AFTER_THE_OTHER)
            .faults(Faults.NONE.withCalls(faults))
            .play();

    Invariants.areKept(result);
    assertThat(faults.deaths.values())
        .anyMatch(death -> death.contains("ec2:CreateSnapshots"))
        .anyMatch(death -> death.contains("ssm:SendCommand in RunPreScript"))
        .anyMatch(death -> death.contains("ssm:SendCommand in RunPostScript"))
        .anyMatch(death -> death.contains("in RecordOutcome"));
    assertThat(result.reports())
        .allSatisfy(
            report -> {
              assertThat(report.status()).isEqualTo(Status.SUCCEEDED);
              assertThat(report.consistency())
                  .as(faults.deaths.get(report.instance().value()))
                  .contains(faults.lostTheAnswer(report) ? "UNKNOWN" : "APPLICATION");
            });
    assertThat(result.good()).isTrue();
  }
}
