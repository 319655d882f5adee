package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.rehearsal.cloud.Call;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotBehavior;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.instance.GuestFault;
import dev.freezeframe.rehearsal.instance.ScriptBehavior;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A fleet that is larger than the quota of pending snapshots: nobody freezes for nothing. */
class SlotsTest {
  private static final int LIMIT = 30;

  static List<Call> refused(Result result) {
    return result.log().stream()
        .filter(call -> call.action().equals("ec2:CreateSnapshots") && !call.error().isEmpty())
        .toList();
  }

  static void nobodyFrozeForNothing(Result result) {
    assertThat(refused(result)).isEmpty();
    assertThat(result.reports())
        .allSatisfy(
            report -> {
              assertThat(report.status()).as(report.reason()).isEqualTo(Status.SUCCEEDED);
              assertThat(report.consistency()).contains("APPLICATION");
              assertThat(report.attempts()).isEqualTo(1);
            });
    Invariants.areKept(result);
  }

  @Test
  void aFleetOfThreeTimesTheQuotaWaitsUnfrozenAndFinishesAsSoonAsTheQuotaAllows() {
    Result result = Scene.of(Fleets.of(30, 3)).pendingLimit(LIMIT).play();

    nobodyFrozeForNothing(result);
    QuotaBound bound = QuotaBound.of(result, LIMIT);
    System.out.println(bound);
    assertThat(bound.times()).isLessThan(1.2);
    assertThat(SlotsHeld.after(result)).isZero();
  }

  @Test
  void eventsThatAreLostCostNoSlotForGood() {
    Faults lost = Faults.NONE.withSets(instance -> SnapshotBehavior.GOOD.losingEvents());
    Result result = Scene.of(Fleets.of(30, 3)).faults(lost).pendingLimit(LIMIT).play();

    nobodyFrozeForNothing(result);
    QuotaBound bound = QuotaBound.of(result, LIMIT);
    System.out.println(bound);
    assertThat(bound.times()).isLessThan(1.2);
    assertThat(SlotsHeld.after(result)).isZero();
  }

  @Test
  void snapshotsOfOtherToolsThatComeAndGoLeaveTheRestOfTheQuota() {
    OtherTools others = OtherTools.atOnce(10, Duration.ofMinutes(3), Duration.ofMinutes(5));
    Result result = Scene.of(Fleets.of(30, 3)).besides(others::beside).pendingLimit(LIMIT).play();

    assertThat(refused(result)).as("sets for which others were faster").isEmpty();
    assertThat(result.reports())
        .allSatisfy(
            report -> assertThat(report.status()).as(report.reason()).isEqualTo(Status.SUCCEEDED));
    System.out.println(QuotaBound.of(result, LIMIT, others.spans(), 1));
    assertThat(SlotsHeld.after(result)).isZero();
  }

  @Test
  void twoPoliciesThatFireAtOnceTakeTurns() {
    Policy other = new PolicyReader().read("policy.yaml", Scene.ALL_OR_NOTHING.formatted("other"));
    Result result =
        Scene.of(Fleets.of(20, 3))
            .policy(Scene.ALL_OR_NOTHING.formatted("one"))
            .besides(cloud -> cloud.schedule(other, List.of(Scene.DUE.plusSeconds(60))))
            .pendingLimit(LIMIT)
            .play();

    assertThat(refused(result)).isEmpty();
    assertThat(result.lives().values())
        .extracting(life -> life.row().consistency().orElseThrow().name())
        .containsOnly("APPLICATION");
    List<Instant> one = pointsInTime(result, "one");
    List<Instant> two = pointsInTime(result, "other");
    assertThat(two.get(0))
        .as("the later policy begins before the first is through")
        .isBefore(one.get(one.size() - 1));
    assertThat(SlotsHeld.after(result)).isZero();
  }

  private static List<Instant> pointsInTime(Result result, String policy) {
    return result.rows().values().stream()
        .filter(row -> row.policy().value().equals(policy))
        .map(row -> row.pointInTime())
        .distinct()
        .sorted()
        .toList();
  }

  @Test
  void aLargeSetIsNotOvertakenForEverBySmallOnes() {
    Result result =
        Scene.of(Fleets.together(Fleets.of(24, 1), Fleets.one(25, 20))).pendingLimit(LIMIT).play();

    nobodyFrozeForNothing(result);
  }

  @Test
  void instancesThatHaveAVolumeInCommonAreTakenOneAfterTheOtherAndNeitherFreezesForNothing() {
    Result result = Scene.of(Fleets.sharing(2)).pendingLimit(LIMIT).play();

    assertThat(refused(result)).isEmpty();
    assertThat(result.reports())
        .hasSize(2)
        .allSatisfy(
            report -> {
              assertThat(report.status()).as(report.reason()).isEqualTo(Status.SUCCEEDED);
              assertThat(report.consistency()).contains("CRASH");
              assertThat(report.reason()).contains("which may write to it");
              assertThat(report.attempts()).isEqualTo(1);
            });
    assertThat(result.guests().values())
        .allSatisfy(guest -> assertThat(guest.freezes()).hasSize(1));
  }

  @Test
  void aRunThatIsAbortedWhileItWaitsStandsInNobodysWayLater() {
    Instant nextDay = Scene.DUE.plus(Duration.ofDays(1));
    Result result =
        Scene.of(Fleets.of(30, 3))
            .pendingLimit(LIMIT)
            .firings(List.of(Scene.DUE, nextDay))
            .besides(
                cloud ->
                    cloud
                        .time()
                        .at(
                            Scene.DUE.plusSeconds(60),
                            () ->
                                cloud.states().executions().stream()
                                    .filter(one -> one.status() == ExecutionStatus.RUNNING)
                                    .map(Execution::arn)
                                    .toList()
                                    .forEach(cloud.states()::abort)))
            .play();

    assertThat(result.reports().stream().skip(30))
        .hasSize(30)
        .allSatisfy(
            report -> assertThat(report.status()).as(report.reason()).isEqualTo(Status.SUCCEEDED));
    assertThat(result.rows().values())
        .extracting(row -> row.pointInTime())
        .allSatisfy(at -> assertThat(at).isBefore(nextDay.plus(Duration.ofMinutes(20))));
  }

  @Test
  void aRefusedSetHoldsUpALargerOneThatWaitsFirstForMinutesOnly() {
    AtomicInteger refusals = new AtomicInteger();
    CallFault refused =
        new CallFault() {
          @Override
          public void before(String action, boolean changes, Caller caller, String detail) {
            if (action.equals("ec2:CreateSnapshots")
                && detail.equals(Fleets.instanceId(2))
                && refusals.getAndIncrement() == 0) {
              throw Ec2Refusal.of("PendingSnapshotLimitExceeded", "others were faster");
            }
          }
        };
    AtomicInteger hangs = new AtomicInteger();
    GuestFault hanging =
        new GuestFault() {
          @Override
          public ScriptBehavior script(String instanceId, String command) {
            return instanceId.equals(Fleets.instanceId(1))
                    && command.equals("pre-script")
                    && hangs.getAndIncrement() == 0
                ? new ScriptBehavior.Hangs()
                : ScriptBehavior.GOOD;
          }
        };
    Result result =
        Scene.of(Fleets.together(Fleets.one(1, 3), Fleets.one(2, 2)))
            .faults(Faults.NONE.withCalls(refused).withGuests(hanging))
            .play();

    assertThat(result.reports())
        .hasSize(2)
        .allSatisfy(
            report -> assertThat(report.status()).as(report.reason()).isEqualTo(Status.SUCCEEDED));
    assertThat(result.rows().values())
        .extracting(row -> row.pointInTime())
        .allSatisfy(at -> assertThat(at).isBefore(Scene.DUE.plus(Duration.ofMinutes(25))));
  }

  @Test
  void aSetLargerThanTheQuotaFailsAtOnceAndSaysWhy() {
    Result result = Scene.of(Fleets.of(1, 31)).pendingLimit(LIMIT).play();

    assertThat(result.reports())
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.status()).isEqualTo(Status.FAILED);
              assertThat(report.reason())
                  .startsWith("the set has 31 snapshots, and no more than 30 may be pending");
              assertThat(report.states()).doesNotContain("Run pre-script", "Wait for slots");
            });
    assertThat(result.calls()).doesNotContainKey("ec2:CreateSnapshots");
  }

  @Test
  void whatEc2RefusesAllTheSameIsThawedWaitsAndGoesOnWithoutCountingAsARefusal() {
    AtomicInteger calls = new AtomicInteger();
    CallFault full =
        new CallFault() {
          @Override
          public void before(String action, boolean changes, Caller caller, String detail) {
            if (action.equals("ec2:CreateSnapshots") && calls.incrementAndGet() <= 2) {
              throw Ec2Refusal.of("PendingSnapshotLimitExceeded", "others were faster");
            }
          }
        };
    Result result = Scene.of(Fleets.of(1, 1)).faults(Faults.NONE.withCalls(full)).play();

    assertThat(result.reports())
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.status()).as(report.reason()).isEqualTo(Status.SUCCEEDED);
              assertThat(report.consistency()).contains("APPLICATION");
              assertThat(report.states())
                  .containsSubsequence(
                      "Create snapshots",
                      "Run post-script",
                      "Count quota refusal",
                      "Take slots",
                      "Wait for slots",
                      "Create snapshots")
                  .doesNotContain("Count refusal");
            });
    assertThat(SlotsHeld.after(result)).isZero();
  }

  @Test
  void aQuotaThatIsLowerThanTheSettingFreezesFewForNothing() {
    Result result = Scene.of(Fleets.of(20, 3)).pendingLimit(15).slotSetting(LIMIT).play();

    assertThat(result.reports())
        .allSatisfy(
            report -> assertThat(report.status()).as(report.reason()).isEqualTo(Status.SUCCEEDED));
    assertThat(refused(result)).hasSizeLessThan(20);
  }
}
