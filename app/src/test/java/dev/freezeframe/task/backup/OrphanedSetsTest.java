package dev.freezeframe.task.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.SetVerdict;
import dev.freezeframe.consistency.Verdict;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.restore.InspectedInstance;
import dev.freezeframe.restore.Settings;
import dev.freezeframe.retention.GroupReview;
import dev.freezeframe.retention.rule.Lifetime;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.task.NoAws;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrphanedSetsTest {
  private static final Instant AT = Instant.parse("2026-11-22T02:59:51Z");
  private static final String WHY = "its call was not answered";

  private final NoAws aws = new NoAws();
  private final BackupInput order = BackupInputs.with(work -> {});
  private final Policy policy = order.work().policy();
  private int asked;

  private SnapshotSet set(int first, int members) {
    return new SnapshotSet(
        AttemptId.of(order.execution(), first),
        AT,
        IntStream.range(first, first + members)
            .mapToObj(
                number ->
                    new SnapshotSet.Member(
                        new SnapshotId("snap-%017x".formatted(number)),
                        new VolumeId("vol-%017x".formatted(number))))
            .toList(),
        false,
        true);
  }

  private void record(SnapshotSet... sets) {
    new OrphanedSets(aws.ledger(), aws.clock())
        .record(
            List.of(sets),
            order.instanceId(),
            policy,
            order.work().runId(),
            order.execution(),
            WHY,
            () -> {
              asked++;
              return new Lifetime(OptionalInt.of(3), "the tag says 3 days");
            });
  }

  @Test
  void whatTheInspectionFoundIsOnRecordForEachOfThem() {
    SnapshotSet taken = set(1, 2);
    InspectedInstance inspected =
        InspectedInstance.of(
            order.work().runId(),
            order.instanceId(),
            AT,
            Optional.of(Settings.instance(Map.of())),
            List.of(Settings.volume(1, "/dev/xvda", Map.of())));
    aws.ledger().recordInspection(inspected);

    record(taken, set(3, 1));

    assertThat(aws.ledger().facts(taken.id()))
        .contains(inspected.facts(taken.id(), taken.volumes()));
    assertThat(aws.ledger().facts(set(3, 1).id())).isPresent();
  }

  private List<SnapshotRow> rows(SnapshotSet set) {
    return aws.ledger().snapshots(set.snapshots());
  }

  private void recordRows(SnapshotSet set) {
    aws.ledger()
        .recordSnapshots(
            SnapshotRows.pending(
                set,
                order.instanceId(),
                policy.name(),
                order.work().runId(),
                order.execution(),
                Map.of()));
  }

  private void judge(SnapshotSet set) {
    new GroupReview(aws.ledger())
        .record(
            new GroupKey(policy.name(), order.instanceId()),
            set.snapshots(),
            set.pointInTime(),
            SetVerdict.on(new Verdict(Consistency.CRASH, Optional.empty(), "not held")),
            new Lifetime(OptionalInt.of(14), "the policy says 14 days").under(policy),
            aws.clock().instant());
  }

  @Test
  void aSetThatTheLedgerDoesNotKnowGetsItsRowsAVerdictOfUnknownAndItsLifetime() {
    SnapshotSet lost = set(1, 2);

    record(lost);

    assertThat(rows(lost))
        .hasSize(2)
        .allSatisfy(
            row -> {
              assertThat(row.set()).isEqualTo(lost.id());
              assertThat(row.execution()).isEqualTo(order.execution());
              assertThat(row.state()).isEqualTo(SnapshotState.PENDING);
              assertThat(row.consistency()).contains(Consistency.UNKNOWN);
              assertThat(row.verdict().map(Verdict::reason)).contains(WHY);
            });
    assertThat(asked).isOne();
    assertThat(aws.ledger().lives(lost.snapshots()).get(0).terms().orElseThrow().days())
        .isEqualTo(OptionalInt.of(3));
  }

  @Test
  void aSetThatWasJudgedKeepsItsVerdictAndNobodyAsksForALifetime() {
    SnapshotSet known = set(1, 2);
    recordRows(known);
    judge(known);

    record(known);

    assertThat(rows(known))
        .extracting(SnapshotRow::consistency)
        .containsOnly(Optional.of(Consistency.CRASH));
    assertThat(asked).isZero();
  }

  @Test
  void aSetOfWhichTheLedgerHasAPartIsCompleted() {
    SnapshotSet whole = set(1, 3);
    recordRows(set(1, 1));

    record(whole);

    assertThat(rows(whole)).hasSize(3).allMatch(row -> row.consistency().isPresent());
  }

  @Test
  void aSetWithRowsAndWithoutAVerdictIsJudged() {
    SnapshotSet recorded = set(1, 2);
    recordRows(recorded);
    aws.pause().pause(Duration.ofMinutes(1));

    record(recorded, set(7, 1));

    assertThat(rows(recorded))
        .extracting(SnapshotRow::consistency)
        .containsOnly(Optional.of(Consistency.UNKNOWN));
    assertThat(rows(set(7, 1))).hasSize(1);
    assertThat(asked).isEqualTo(2);
  }
}
