package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.FunctionDied;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * A run of retention that dies for good after one of its calls: all its functions die from then on,
 * so that no retry helps. The run of the next day finds what it left.
 */
class DyingExpiriesTest {
  private static final String TWO_DAYS =
      """
      name: daily
      schedule: {cron: "0 2 * * ? *"}
      retention: {days: 2}
      """;

  private static final Duration FIRST_RUN = Duration.ofDays(3).plusHours(4);

  /** Lets the first execution of retention that it meets make so many calls and no more. */
  private static final class DiesForGood implements CallFault {
    private final int after;
    private String execution = "";
    private int calls;
    private String last = "";

    DiesForGood(int after) {
      this.after = after;
    }

    private boolean meant(Caller caller) {
      if (!List.of("ReconcileLedger", "PlanExpiry", "DeleteSnapshots").contains(caller.task())) {
        return false;
      }
      if (execution.isEmpty()) {
        execution = caller.execution();
      }
      return execution.equals(caller.execution());
    }

    @Override
    public void before(String action, boolean changes, Caller caller, String detail) {
      if (meant(caller) && calls >= after) {
        throw new FunctionDied("after " + last);
      }
    }

    @Override
    public void after(String action, boolean changes, Caller caller, String detail) {
      if (meant(caller)) {
        calls++;
        last = "%s in %s".formatted(action, caller.task());
        if (calls >= after) {
          throw new FunctionDied("after " + last);
        }
      }
    }
  }

  @Test
  void afterWhateverCallARunDiesTheNextEndsRightAndEveryDeletionIsOnRecord() {
    TreeSet<String> deaths = new TreeSet<>();
    int after = 0;
    boolean died = true;
    while (died) {
      DiesForGood fault = new DiesForGood(++after);
      Result result =
          Scene.of(Fleets.one(1, 2))
              .policy(TWO_DAYS)
              .firings(List.of(Scene.DUE, Scene.DUE.plus(Duration.ofDays(3))))
              .faults(Faults.NONE.withCalls(fault))
              .besides(
                  cloud ->
                      cloud.scheduleExpiry(
                          List.of(
                              Scene.DUE.plus(FIRST_RUN),
                              Scene.DUE.plus(FIRST_RUN).plus(Duration.ofDays(1)))))
              .play();
      died = fault.calls >= after;
      if (died) {
        deaths.add(fault.last);
      }
      endsRight(result, "death after call %d, %s".formatted(after, fault.last));
    }
    assertThat(deaths)
        .contains(
            "ec2:DeleteSnapshot in DeleteSnapshots",
            "dynamodb:UpdateItem in DeleteSnapshots",
            "dynamodb:PutItem in PlanExpiry",
            "ec2:DescribeSnapshots in ReconcileLedger");
  }

  private static void endsRight(Result result, String when) {
    assertThat(result.expiries()).as(when).hasSize(2);
    assertThat(result.expiries().get(1).status()).as(when).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(result.snapshots()).as(when).hasSize(2);
    assertThat(result.lives()).as(when).hasSize(4);
    for (SnapshotHistory life : result.lives().values()) {
      boolean there =
          result.snapshots().stream()
              .anyMatch(
                  snapshot -> new SnapshotId(snapshot.snapshotId()).equals(life.row().snapshot()));
      assertThat(life.deletion().isPresent()).as(when).isNotEqualTo(there);
      assertThat(life.vanishedAt()).as(when).isEmpty();
      life.deletion()
          .ifPresent(
              deletion -> {
                assertThat(deletion.rule()).as(when).isEqualTo("age");
                assertThat(deletion.reason()).as(when).contains("the policy says 2 days");
                assertThat(deletion.run()).as(when).contains("expire-snapshots");
              });
    }
  }
}
