package dev.freezeframe.task.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.run.OutcomeRow;
import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.snapshot.SnapshotState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutcomeMetricsTest {
  private static final Instant TWO = Instant.parse("2026-11-22T02:00:00Z");
  private static final Policy POLICY =
      new PolicyReader()
          .read(
              "daily.yaml",
              """
              name: daily
              schedule: {cron: "0 2 * * ? *"}
              scripts: {document: freezeframe-filesystem, freezeBudget: 10s}
              """);
  private static final RunId RUN = RunId.of(POLICY.name(), TWO);
  private static final InstanceId INSTANCE = new InstanceId("i-00000000000000001");

  private static OutcomeRow outcome(
      Status status, Optional<Consistency> consistency, Optional<Duration> frozen) {
    return new OutcomeRow(
        RUN,
        INSTANCE,
        "an execution",
        status,
        consistency,
        Optional.empty(),
        "a reason",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        frozen,
        List.of(),
        TWO);
  }

  private static SnapshotRow snapshot(int number, SnapshotState state, Duration lag) {
    return new SnapshotRow(
        new SnapshotId("snap-%017x".formatted(number)),
        AttemptId.of("an execution", 1),
        new VolumeId("vol-%017x".formatted(number)),
        INSTANCE,
        POLICY.name(),
        RUN,
        "an execution",
        TWO,
        state,
        state == SnapshotState.PENDING ? Optional.empty() : Optional.of(TWO.plus(lag)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void aGoodBackupCountsWithItsVerdictAndTheLastOfItsSnapshots() {
    OutcomeRow outcome =
        outcome(
            Status.SUCCEEDED,
            Optional.of(Consistency.APPLICATION),
            Optional.of(Duration.ofMillis(2_500)));

    assertThat(
            OutcomeMetrics.of(
                outcome,
                List.of(
                    snapshot(1, SnapshotState.COMPLETED, Duration.ofSeconds(90)),
                    snapshot(2, SnapshotState.COMPLETED, Duration.ofSeconds(60))),
                true))
        .isEqualTo(
            Map.of(
                Metric.COMPLETED, 1.0,
                Metric.APPLICATION, 1.0,
                Metric.COMPLETION, 90.0));
  }

  @Test
  void aGuestThatMayBeFrozenCounts() {
    assertThat(
            OutcomeMetrics.of(
                outcome(Status.FAILED, Optional.empty(), Optional.empty()), List.of(), false))
        .isEqualTo(Map.of(Metric.FAILED, 1.0, Metric.THAW_UNPROVED, 1.0));
  }

  @Test
  void aSetThatIsNotCompleteHasNoTimeOfCompletion() {
    assertThat(
            OutcomeMetrics.of(
                outcome(Status.FAILED, Optional.of(Consistency.UNKNOWN), Optional.empty()),
                List.of(
                    snapshot(1, SnapshotState.COMPLETED, Duration.ofSeconds(90)),
                    snapshot(2, SnapshotState.PENDING, Duration.ZERO)),
                true))
        .isEqualTo(Map.of(Metric.FAILED, 1.0, Metric.UNKNOWN, 1.0));
  }

  @Test
  void whatIsSkippedCountsAsSkipped() {
    assertThat(
            OutcomeMetrics.of(
                outcome(Status.SKIPPED, Optional.empty(), Optional.empty()), List.of(), true))
        .isEqualTo(Map.of(Metric.SKIPPED, 1.0));
  }
}
