package dev.freezeframe.operator.report;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.Proof;
import dev.freezeframe.consistency.script.DocumentVersion;
import dev.freezeframe.ledger.SnapshotChange;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.dynamo.DynamoLedger;
import dev.freezeframe.ledger.run.FreezeRow;
import dev.freezeframe.ledger.run.OutcomeRow;
import dev.freezeframe.ledger.run.PageRow;
import dev.freezeframe.ledger.run.RunRow;
import dev.freezeframe.snapshot.SnapshotState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A run of three instances as a ledger has it: one backed up, one invalid, one under way. */
final class RecordedRun {
  static final PolicyName DAILY = new PolicyName("daily");
  static final InstanceId BACKED_UP = new InstanceId("i-0aaa0000000000001");
  static final InstanceId INELIGIBLE = new InstanceId("i-0aaa0000000000002");
  static final InstanceId UNDER_WAY = new InstanceId("i-0aaa0000000000003");
  static final SnapshotId SNAPSHOT = new SnapshotId("snap-0aaa000000000001");
  static final Instant FIRED = Instant.parse("2026-12-09T02:00:00Z");
  static final SnapshotId ALSO_OF_THE_SET = new SnapshotId("snap-0aaa000000000002");
  static final Instant NOW = FIRED.plus(Duration.ofHours(10));
  static final RunId RUN = RunId.of(DAILY, FIRED);
  static final AttemptId ATTEMPT = AttemptId.of("arn:execution", 1);

  private RecordedRun() {}

  static void record(DynamoLedger ledger) {
    ledger.claimRun(
        new RunRow(RUN, DAILY, FIRED, "arn:run", FIRED.plusMillis(100), Optional.empty()));
    ledger.recordPage(
        new PageRow(
            RUN,
            1,
            List.of(BACKED_UP, UNDER_WAY),
            List.of(new PageRow.Invalid(INELIGIBLE, "the instance is terminated")),
            true));
    ledger.recordFreeze(freeze(BACKED_UP, "arn:execution"));
    ledger.recordThaw(
        RUN,
        BACKED_UP,
        ATTEMPT,
        new FreezeRow.Thaw(FIRED.plusSeconds(8), "RunPostScript", "succeeded", true));
    ledger.recordSnapshots(List.of(row(SNAPSHOT)));
    ledger.apply(
        new SnapshotChange(
            SNAPSHOT, SnapshotState.COMPLETED, FIRED.plusSeconds(70), Optional.empty()));
    ledger.recordOutcome(outcome());
  }

  static FreezeRow freeze(InstanceId instance, String execution) {
    return new FreezeRow(
        RUN,
        instance,
        1,
        AttemptId.of(execution, 1),
        execution,
        0,
        new DocumentVersion("freezeframe-filesystem", "3", "ab", true),
        30,
        FIRED.plusSeconds(5),
        true,
        List.of());
  }

  static SnapshotRow row(SnapshotId snapshot) {
    return SnapshotRow.pending(
        snapshot,
        ATTEMPT,
        new VolumeId("vol-0aaa0000000000001"),
        BACKED_UP,
        DAILY,
        RUN,
        "arn:execution",
        FIRED.plusSeconds(7),
        Optional.empty());
  }

  private static OutcomeRow outcome() {
    return new OutcomeRow(
        RUN,
        BACKED_UP,
        "arn:execution",
        OutcomeRow.Status.SUCCEEDED,
        Optional.of(Consistency.APPLICATION),
        Optional.of(Proof.PROVED),
        "held by its scripts",
        Optional.of(ATTEMPT),
        Optional.of("succeeded"),
        Optional.of("succeeded"),
        1,
        Optional.of(Duration.ofMillis(2_100)),
        List.of(SNAPSHOT),
        FIRED.plusSeconds(80));
  }
}
