package dev.freezeframe.rehearsal.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotBehavior;
import dev.freezeframe.rehearsal.instance.ScriptBehavior;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

class FaultPlanTest {
  private static final String ONE = "i-0123456789abcdef1";
  private static final String TWO = "i-0123456789abcdef2";

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-22T02:00:00Z"));

  @AfterEach
  void end() {
    time.close();
  }

  @Test
  void withoutTimesAScriptFailsEveryTime() {
    FaultPlan plan = plan(ONE, "at: pre-script, do: exit 201");

    for (int i = 0; i < 5; i++) {
      assertThat(plan.script(ONE, "pre-script")).isEqualTo(new ScriptBehavior.Exits(201));
    }
    assertThat(plan.script(ONE, "post-script")).isEqualTo(ScriptBehavior.GOOD);
    assertThat(plan.script(TWO, "pre-script")).isEqualTo(ScriptBehavior.GOOD);
    assertThat(plan.script(ONE, "")).isEqualTo(ScriptBehavior.GOOD);
  }

  @Test
  void aStarCountsPerInstance() {
    FaultPlan plan = plan("*", "at: pre-script, do: exit 204, times: 1");

    assertThat(plan.script(ONE, "pre-script")).isEqualTo(new ScriptBehavior.Exits(204));
    assertThat(plan.script(TWO, "pre-script")).isEqualTo(new ScriptBehavior.Exits(204));
    assertThat(plan.script(ONE, "pre-script")).isEqualTo(ScriptBehavior.GOOD);
  }

  @Test
  void entriesForTheSamePlaceHappenOneAfterAnother() {
    FaultPlan plan =
        read(
            """
            faults:
              - {instance: "*", at: post-script, do: exit 202, times: 1}
              - {instance: "*", at: post-script, do: time-out, times: 1}
              - {instance: "*", at: post-script, do: hang}
            """);

    assertThat(plan.script(ONE, "post-script")).isEqualTo(new ScriptBehavior.Exits(202));
    assertThat(plan.script(ONE, "post-script")).isEqualTo(new ScriptBehavior.TimesOut());
    assertThat(plan.script(ONE, "post-script")).isEqualTo(new ScriptBehavior.Hangs());
  }

  @Test
  void undeliveredWithADurationLastsThatLongOnce() {
    FaultPlan plan = plan(ONE, "at: post-script, do: undelivered 10m");
    Optional<Instant> end = Optional.of(time.instant().plus(Duration.ofMinutes(10)));

    assertThat(plan.script(ONE, "post-script")).isEqualTo(new ScriptBehavior.Undelivered(end));
    pass(Duration.ofMinutes(9));
    assertThat(plan.script(ONE, "post-script")).isEqualTo(new ScriptBehavior.Undelivered(end));
    pass(Duration.ofMinutes(1));
    assertThat(plan.script(ONE, "post-script")).isEqualTo(ScriptBehavior.GOOD);
  }

  @Test
  void undeliveredAloneIsNeverDelivered() {
    assertThat(plan(ONE, "at: dry-run, do: undelivered").script(ONE, "dry-run"))
        .isEqualTo(new ScriptBehavior.Undelivered(Optional.empty()));
  }

  @Test
  void createSnapshotsIsRefusedBeforeItTakesEffect() {
    assertCode(plan(ONE, "at: create-snapshots, do: throttle"), "RequestLimitExceeded", 503);
    assertCode(
        plan(ONE, "at: create-snapshots, do: pending-quota"), "PendingSnapshotLimitExceeded", 400);
    assertCode(plan(ONE, "at: create-snapshots, do: error"), "InternalError", 500);
  }

  @Test
  void otherCallsAndOtherInstancesAreLeftAlone() {
    FaultPlan plan = plan(ONE, "at: create-snapshots, do: throttle");

    assertThatCode(() -> plan.before("ec2:CreateTags", true, Caller.UNNAMED, ONE))
        .doesNotThrowAnyException();
    assertThatCode(() -> plan.before("ec2:CreateSnapshots", true, Caller.UNNAMED, TWO))
        .doesNotThrowAnyException();
  }

  @Test
  void aSetCanFailOrBeSlow() {
    assertThat(plan(ONE, "at: snapshot, do: error").fate(ONE).fails()).isTrue();
    assertThat(plan(ONE, "at: snapshot, do: slow 1h30m").fate(ONE).slowest())
        .contains(Duration.ofMinutes(90));
    assertThat(plan(ONE, "at: snapshot, do: error").fate(TWO)).isEqualTo(SnapshotBehavior.GOOD);
  }

  @Test
  void eventsCanHaveSeveralFaultsAtOnce() {
    FaultPlan plan =
        read(
            """
            faults:
              - {instance: "*", at: event, do: double}
              - {instance: "*", at: event, do: delay 1d, times: 1}
            """);

    assertThat(plan.fate(ONE))
        .isEqualTo(SnapshotBehavior.GOOD.doublingEvents().delayingEvents(Duration.ofDays(1)));
    assertThat(plan.fate(ONE).late()).isZero();
    assertThat(plan(ONE, "at: event, do: lose").fate(ONE).lost()).isTrue();
    assertThat(plan(ONE, "at: event, do: early").fate(ONE).early()).isTrue();
  }

  @Test
  void aTaskCrashesOnceUnlessMoreIsSaid() {
    Caller caller = new Caller("execution", "CreateSnapshots", ONE);
    FaultPlan once = plan(ONE, "at: task, do: crash-before, task: CreateSnapshots");
    FaultPlan twice = plan("*", "at: task, do: crash-after, task: CreateSnapshots, times: 2");

    assertThat(once.diesAfter(caller)).isFalse();
    assertThat(once.diesBefore(new Caller("execution", "RunPreScript", ONE))).isFalse();
    assertThat(once.diesBefore(caller)).isTrue();
    assertThat(once.diesBefore(caller)).isFalse();
    assertThat(twice.diesAfter(caller)).isTrue();
    assertThat(twice.diesAfter(caller)).isTrue();
    assertThat(twice.diesAfter(caller)).isFalse();
  }

  @Test
  void anExecutionIsAbortedOnceAfterAState() {
    FaultPlan plan = plan("*", "at: execution, do: abort, after: Run pre-script");

    assertThat(plan.abortsAfter("execution", ONE, "Dry run")).isFalse();
    assertThat(plan.abortsAfter("execution", ONE, "Run pre-script")).isTrue();
    assertThat(plan.abortsAfter("execution", ONE, "Run pre-script")).isFalse();
    assertThat(plan.abortsAfter("execution", TWO, "Run pre-script")).isTrue();
  }

  @Test
  void anAgentIsOfflineAsOftenAsIsSaid() {
    FaultPlan plan = plan(ONE, "at: agent, do: offline, times: 1");

    assertThat(plan.offline(TWO)).isFalse();
    assertThat(plan.offline(ONE)).isTrue();
    assertThat(plan.offline(ONE)).isFalse();
  }

  @Test
  void aFaultWithASpanHappensOnlyInIt() {
    FaultPlan plan = plan("*", "at: agent, do: offline, from: 10m, until: 2026-11-22T02:20:00Z");

    assertThat(plan.offline(ONE)).isFalse();
    pass(Duration.ofMinutes(10));
    assertThat(plan.offline(ONE)).isTrue();
    pass(Duration.ofMinutes(10));
    assertThat(plan.offline(ONE)).isFalse();
  }

  @Test
  void aPercentageOfTheOccasionsIsDrawnAndTheSameForTheSameSeed() {
    String fault = "at: task, do: crash-before, task: \"*\", percent: 30";
    FaultPlan plan = plan("*", fault);
    FaultPlan again = plan("*", fault);
    Caller caller = new Caller("execution", "CreateSnapshots", ONE);

    int died = 0;
    for (int i = 0; i < 1_000; i++) {
      boolean dies = plan.diesBefore(caller);
      assertThat(again.diesBefore(caller)).isEqualTo(dies);
      died += dies ? 1 : 0;
    }
    assertThat(died).isBetween(200, 400);
    assertThat(plan.met(FaultAction.CRASH_BEFORE)).isEqualTo(died);
  }

  @Test
  void theDrawsOfAFaultStayWhenOthersGo() {
    String kept = "{number: 7, instance: \"*\", at: agent, do: offline, percent: 50}";
    FaultPlan many = read("faults: [{instance: \"*\", at: ec2, do: error}, %s]".formatted(kept));
    FaultPlan alone = read("faults: [%s]".formatted(kept));

    for (int i = 0; i < 100; i++) {
      assertThat(alone.offline(ONE)).isEqualTo(many.offline(ONE));
    }
  }

  @Test
  void everyFunctionThatIsNotReadyIsSoOnce() {
    FaultPlan plan = plan("*", "at: task, do: not-ready 5m, task: \"*\"");

    assertThat(plan.initializes(new Caller("e", "RunPreScript", ONE)))
        .contains(Duration.ofMinutes(5));
    assertThat(plan.initializes(new Caller("e", "RunPreScript", TWO))).isEmpty();
    assertThat(plan.initializes(new Caller("e", "CreateSnapshots", TWO))).isPresent();
  }

  @Test
  void aSetThatFailsByChanceMayBeSlowAsWell() {
    String both =
        "faults: [{instance: \"*\", at: snapshot, do: error%1$s},"
            + " {instance: \"*\", at: snapshot, do: slow 6h%1$s}]";

    SnapshotBehavior chance = read(both.formatted(", percent: 100")).fate(ONE);
    assertThat(chance.fails()).isTrue();
    assertThat(chance.slowest()).contains(Duration.ofHours(6));
    assertThat(read(both.formatted("")).fate(ONE).slowest()).isEmpty();
  }

  @Test
  void aScheduleIsJudgedByTheInstantForWhichItIsMeant() {
    FaultPlan plan =
        read(
            """
            faults:
              - {instance: "*", at: schedule, do: delay 5m, from: 1h, until: 2h}
              - {instance: "*", at: schedule, do: twice 1m, from: 1h}
            """);
    Instant start = time.instant();

    assertThat(plan.firings("nightly", start)).containsExactly(Duration.ZERO);
    assertThat(plan.firings("nightly", start.plus(Duration.ofHours(1))))
        .containsExactly(Duration.ofMinutes(5), Duration.ofMinutes(6));
    assertThat(plan.firings("nightly", start.plus(Duration.ofHours(2))))
        .containsExactly(Duration.ZERO, Duration.ofMinutes(1));
  }

  private void assertCode(FaultPlan plan, String code, int status) {
    assertThatThrownBy(() -> plan.before("ec2:CreateSnapshots", true, Caller.UNNAMED, ONE))
        .isInstanceOfSatisfying(
            Ec2Exception.class,
            refused -> {
              assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(refused.statusCode()).isEqualTo(status);
            });
  }

  private FaultPlan plan(String instance, String fault) {
    return read("faults: [{instance: \"%s\", %s}]".formatted(instance, fault));
  }

  private void pass(Duration duration) {
    time.runUntil(time.instant().plus(duration));
  }

  private FaultPlan read(String text) {
    List<Fault> faults = new FaultsReader(KnownNames.NOTHING, time.instant()).read("f.yaml", text);
    return new FaultPlan(faults, new Seed(1), time);
  }
}
