package dev.freezeframe.operator.evidence;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.Proof;
import dev.freezeframe.consistency.SetVerdict;
import dev.freezeframe.consistency.Verdict;
import dev.freezeframe.consistency.script.DocumentVersion;
import dev.freezeframe.consistency.script.ScriptRun;
import dev.freezeframe.drill.DrillCheck;
import dev.freezeframe.drill.DrillCommand;
import dev.freezeframe.drill.DrillCost;
import dev.freezeframe.drill.DrillEnd;
import dev.freezeframe.drill.DrillId;
import dev.freezeframe.drill.DrillOrder;
import dev.freezeframe.drill.DrillPlan;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillStage;
import dev.freezeframe.drill.DrillVerdict;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.ledger.SnapshotChange;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.policy.Drill;
import dev.freezeframe.policy.schedule.Schedule;
import dev.freezeframe.retention.GroupReview;
import dev.freezeframe.snapshot.SnapshotState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Drills of a quarter, as they could be: passed, passed late, failed after it passed, inconclusive,
 * skipped, under way at its end, too long ago, and never.
 */
public final class DrawnQuarter {
  static final Instant READ_AT = Instant.parse("2027-01-04T09:30:00Z");
  static final PolicyName DATABASE = new PolicyName("database");
  static final PolicyName FILES = new PolicyName("files");
  static final PolicyName SCRATCH = new PolicyName("scratch");

  /** Passed, and later passed with a warning. */
  public static final InstanceId PROVED = instance(1);

  /** Passed, and failed since. */
  public static final InstanceId DAMAGED = instance(2);

  /** Drilled twice, both times in vain. */
  public static final InstanceId NO_RESULT = instance(3);

  public static final InstanceId NEVER = instance(4);

  /** Its policy drills nothing. */
  public static final InstanceId UNASKED = instance(5);

  /** Passed half a year ago. */
  public static final InstanceId LONG_AGO = instance(6);

  /** Its snapshots were seen to be complete; its second drill is under way. */
  public static final InstanceId UNDER_WAY = instance(7);

  private final Ledger ledger;
  private int snapshots;

  private DrawnQuarter(Ledger ledger) {
    this.ledger = ledger;
  }

  public static void record(Ledger ledger) {
    DrawnQuarter quarter = new DrawnQuarter(ledger);
    quarter.sets();
    quarter.proved();
    quarter.damaged();
    quarter.withoutResult();
    quarter.others();
  }

  static InstanceId instance(int number) {
    return new InstanceId("i-%017x".formatted(number));
  }

  static AttemptId set(InstanceId instance) {
    return AttemptId.of(instance.value(), 1);
  }

  static Drill drill(int days, Drill.Level level) {
    return new Drill(
        Duration.ofDays(days),
        new Schedule("cron(0 8 * * ? *)", ZoneId.of("UTC"), Duration.ZERO),
        level,
        level == Drill.Level.L3 ? "freezeframe-drill-postgresql" : "freezeframe-drill-filesystem",
        Duration.ofMinutes(30),
        new Drill.Host(Optional.empty(), Optional.empty(), List.of(), List.of()),
        new Drill.Limits(2, 2000, 20),
        new Drill.Targets(
            Optional.of(Duration.ofMinutes(15)).filter(rto -> level == Drill.Level.L3),
            Optional.of(Duration.ofHours(26)).filter(rpo -> level == Drill.Level.L3)));
  }

  private void sets() {
    set(DATABASE, PROVED, Consistency.APPLICATION);
    set(DATABASE, DAMAGED, Consistency.CRASH);
    set(FILES, NO_RESULT, Consistency.APPLICATION);
    set(FILES, NEVER, Consistency.APPLICATION);
    set(SCRATCH, UNASKED, Consistency.CRASH);
    set(FILES, LONG_AGO, Consistency.APPLICATION);
    set(FILES, UNDER_WAY, Consistency.UNKNOWN);
  }

  private void set(PolicyName policy, InstanceId instance, Consistency consistency) {
    Instant at = Instant.parse("2026-09-27T02:00:00Z");
    RunId run = RunId.of(policy, at);
    SnapshotId snapshot = snapshot(instance);
    ledger.recordSnapshots(
        List.of(
            SnapshotRow.pending(
                snapshot,
                set(instance),
                volume(instance),
                instance,
                policy,
                run,
                "arn:execution",
                at,
                Optional.of("/dev/sdf"))));
    ledger.apply(
        new SnapshotChange(
            snapshot, SnapshotState.COMPLETED, at.plusSeconds(60), Optional.empty()));
    boolean held = consistency == Consistency.APPLICATION;
    new GroupReview(ledger)
        .record(
            new GroupKey(policy, instance),
            List.of(snapshot),
            at,
            SetVerdict.on(
                new Verdict(
                    consistency,
                    held ? Optional.of(Proof.PROVED) : Optional.empty(),
                    held ? "held by its scripts" : "its scripts did not hold it")),
            new RetentionSettings(
                OptionalInt.of(35),
                "the policy says 35 days",
                OptionalInt.empty(),
                Optional.empty(),
                RetentionSettings.MIN,
                false,
                ZoneOffset.UTC),
            at.plusSeconds(70));
  }

  private static SnapshotId snapshot(InstanceId instance) {
    return new SnapshotId(instance.value().replace("i-", "snap-"));
  }

  private static VolumeId volume(InstanceId instance) {
    return new VolumeId(instance.value().replace("i-", "vol-"));
  }

  private void proved() {
    DrillRow first = begin(DATABASE, PROVED, drill(30, Drill.Level.L3), "2026-11-20T08:00:00Z");
    validated(first, 0, 400);
    end(first, DrillVerdict.PASSED, "the validation succeeded", Drill.Level.L3);
    DrillRow second = begin(DATABASE, PROVED, drill(30, Drill.Level.L3), "2026-12-19T08:00:00Z");
    validated(second, 0, 1330);
    end(
        second,
        DrillVerdict.PASSED_WITH_WARNINGS,
        "the validation succeeded",
        Drill.Level.L3,
        "it took 1330 s to recover, expected 15 min at most");
  }

  private void damaged() {
    DrillRow first = begin(DATABASE, DAMAGED, drill(30, Drill.Level.L3), "2026-10-05T08:00:00Z");
    validated(first, 0, 300);
    end(first, DrillVerdict.PASSED, "the validation succeeded", Drill.Level.L3);
    DrillRow second = begin(DATABASE, DAMAGED, drill(30, Drill.Level.L3), "2026-11-04T08:00:00Z");
    validated(second, 216, 420);
    end(
        second,
        DrillVerdict.FAILED,
        "the validation exited with 216: the application's own check failed: table <b>orders</b> |"
            + " [click](https://example.org) lacks 3 rows",
        Drill.Level.L2);
  }

  private void withoutResult() {
    DrillRow first = begin(FILES, NO_RESULT, drill(90, Drill.Level.L2), "2026-10-07T08:00:00Z");
    end(first, DrillVerdict.INCONCLUSIVE, "its agent was not online within 15 min", Drill.Level.L0);
    DrillRow second = begin(FILES, NO_RESULT, drill(90, Drill.Level.L2), "2026-10-08T08:00:00Z");
    ledger.recordCheck(second.id(), DrillCommand.DRY_RUN, check(206, second, 60));
    end(
        second,
        DrillVerdict.INCONCLUSIVE,
        "the dry run exited with 206: the document refused the drill instance",
        Drill.Level.L0);
  }

  private void others() {
    DrillRow ago = begin(FILES, LONG_AGO, drill(90, Drill.Level.L2), "2026-07-01T08:00:00Z");
    validated(ago, 0, 200);
    end(ago, DrillVerdict.PASSED, "the validation succeeded", Drill.Level.L2);
    DrillRow skipped =
        DrillRow.of(
            id(FILES, LONG_AGO, "2026-10-20T08:00:00Z"),
            order(FILES, LONG_AGO, drill(90, Drill.Level.L2)),
            "arn:execution",
            Instant.parse("2026-10-20T08:00:02Z"),
            Optional.empty());
    ledger.claimDrill(skipped, skipped.startedAt().plusSeconds(60));
    ledger.recordDrillEnded(
        skipped.id(),
        new DrillEnd(
            DrillVerdict.SKIPPED,
            "its volumes are 2,400 GiB, expected 2,000 at most",
            List.of(),
            Optional.empty(),
            DrillCost.NONE,
            List.of(),
            skipped.startedAt()));
    DrillRow passed = begin(FILES, UNDER_WAY, drill(90, Drill.Level.L0), "2026-11-11T08:00:00Z");
    end(passed, DrillVerdict.PASSED, "every snapshot of the set is complete", Drill.Level.L0);
    begin(FILES, UNDER_WAY, drill(90, Drill.Level.L2), "2026-12-31T23:55:00Z");
    DrillRow later = begin(FILES, NEVER, drill(90, Drill.Level.L2), "2027-01-01T00:05:00Z");
    end(later, DrillVerdict.PASSED, "the validation succeeded", Drill.Level.L2);
  }

  private static DrillId id(PolicyName policy, InstanceId instance, String at) {
    return DrillId.of(policy, instance, Instant.parse(at));
  }

  private static DrillOrder order(PolicyName policy, InstanceId instance, Drill drill) {
    return new DrillOrder(policy, drill, set(instance), instance, "it was never drilled");
  }

  private DrillRow begin(PolicyName policy, InstanceId instance, Drill drill, String at) {
    Instant begin = Instant.parse(at);
    boolean restores = drill.level() != Drill.Level.L0;
    DrillPlan plan =
        new DrillPlan(
            begin.minus(Duration.ofHours(6)),
            restores
                ? List.of(
                    new DrillPlan.Member(
                        snapshot(instance), volume(instance), "/dev/sdf", 1200, Optional.empty()))
                : List.of(),
            restores ? List.of("vol-0b001 is the root volume, which no drill restores") : List.of(),
            Optional.of(new DocumentVersion(drill.document(), "3", "ab".repeat(32), true))
                .filter(any -> restores),
            Optional.of(
                    new DrillPlan.Host(
                        "t3.small",
                        "resolve:ssm:/aws/service/image",
                        List.of("subnet-01234567"),
                        List.of("sg-01234567"),
                        "drills",
                        Duration.ofMinutes(70)))
                .filter(any -> restores),
            DrillCost.ofDollars(0.5));
    DrillRow row =
        DrillRow.of(
            id(policy, instance, at),
            order(policy, instance, drill),
            "arn:execution",
            begin.plusSeconds(2),
            Optional.of(plan));
    ledger.claimDrill(row, begin.plusSeconds(1800));
    if (restores) {
      ledger.recordStage(row.id(), DrillStage.LAUNCHING, begin.plusSeconds(10));
      ledger.recordDrillInstance(
          row.id(), new InstanceId("i-0d%015x".formatted(++snapshots)), "ami-0123456789abcdef0");
      ledger.recordStage(row.id(), DrillStage.RUNNING, begin.plusSeconds(51));
    }
    return row;
  }

  private static DrillCheck check(int code, DrillRow row, int seconds) {
    Instant from = row.startedAt().plusSeconds(8);
    return new DrillCheck(
        code == 0 ? ScriptRun.Ending.SUCCEEDED : ScriptRun.Ending.FAILED,
        code,
        "",
        code == 0 || code > 213
            ? Map.of("mounted", from.plusSeconds(80), "checked", from.plusSeconds(110))
            : Map.of(),
        List.of(),
        from.plusSeconds(seconds));
  }

  private void validated(DrillRow row, int code, int seconds) {
    Instant from = row.startedAt().plusSeconds(8);
    ledger.recordStage(row.id(), DrillStage.AGENT, from.plusSeconds(65));
    ledger.recordCheck(row.id(), DrillCommand.DRY_RUN, check(0, row, 70));
    ledger.recordCheck(row.id(), DrillCommand.VALIDATE, check(code, row, seconds));
    ledger.recordStage(row.id(), DrillStage.VALIDATED, from.plusSeconds(seconds));
    ledger.recordStage(row.id(), DrillStage.GONE, from.plusSeconds(seconds + 120));
  }

  private void end(
      DrillRow row, DrillVerdict verdict, String reason, Drill.Level reached, String... warnings) {
    ledger.recordDrillEnded(
        row.id(),
        new DrillEnd(
            verdict,
            reason,
            List.of(warnings),
            Optional.of(reached),
            DrillCost.ofDollars(reached == Drill.Level.L0 ? 0.01 : 0.04),
            List.of(),
            row.startedAt().plusSeconds(1600)));
  }
}
