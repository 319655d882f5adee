package dev.freezeframe.task.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.SnapshotChange;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.task.KnownEc2;
import dev.freezeframe.task.NoAws;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.Snapshot;

/** The set of the input is 9 seconds old at first; waits are from 1 to 15 minutes. */
class CheckSnapshotsTaskTest {
  private static final SnapshotId SNAPSHOT = new SnapshotId("snap-0123456789abcdef0");
  private static final Duration OVERDUE = Duration.ofMinutes(30);

  private final KnownEc2 ec2 = new KnownEc2();
  private final NoAws aws = new NoAws(ec2);

  private void record() {
    BackupInput order = BackupInputs.with(work -> {});
    SnapshotSet set = order.work().taken();
    aws.ledger()
        .recordSnapshots(
            set.members().stream()
                .map(
                    member ->
                        SnapshotRow.pending(
                            member.snapshot(),
                            set.id(),
                            member.volume(),
                            order.instanceId(),
                            order.work().policy().name(),
                            order.work().runId(),
                            order.execution(),
                            set.pointInTime(),
                            Optional.empty()))
                .toList());
  }

  private BackupState.Completion check(Consumer<ObjectNode> change) {
    return new CheckSnapshotsTask(aws).handle(BackupInputs.with(change));
  }

  private static Consumer<ObjectNode> waited(int seconds) {
    return work ->
        work.putObject("completion")
            .putObject("answer")
            .put("settled", false)
            .put("waitSeconds", seconds)
            .put("words", "pending");
  }

  private SnapshotState state() {
    return aws.ledger().snapshots(List.of(SNAPSHOT)).get(0).state();
  }

  @ParameterizedTest
  @CsvSource({"0, 60", "60, 90", "90, 135", "800, 900"})
  void eachWaitIsLongerThanTheOneBeforeUpToTheLongest(int before, int next) {
    record();

    BackupState.Completion found = check(before == 0 ? work -> {} : waited(before));

    assertThat(found)
        .isEqualTo(new BackupState.Completion(false, next, "1 of 1 snapshots are pending"));
    assertThat(ec2.looks).isZero();
  }

  @Test
  void whatTheLedgerKnowsEndsTheWaitWithoutACall() {
    record();
    aws.ledger()
        .apply(
            new SnapshotChange(
                SNAPSHOT,
                SnapshotState.COMPLETED,
                Instant.parse("2026-11-22T03:00:00Z"),
                Optional.empty()));

    assertThat(check(work -> {}).settled()).isTrue();
    assertThat(ec2.looks).isZero();
  }

  @Test
  void anOverdueEventIsMadeGoodByALookAtEc2() {
    record();
    ec2.snapshots.add(
        Snapshot.builder()
            .snapshotId(SNAPSHOT.value())
            .volumeId("vol-0a000000000000001")
            .state("completed")
            .completionTime(Instant.parse("2026-11-22T03:05:00Z"))
            .build());
    aws.pause().pause(OVERDUE);

    assertThat(check(waited(900)).settled()).isTrue();
    assertThat(state()).isEqualTo(SnapshotState.COMPLETED);
  }

  @Test
  void aSnapshotThatEc2DoesNotShowAfterHalfAnHourIsGone() {
    record();
    aws.pause().pause(OVERDUE);

    assertThat(check(waited(900)).settled()).isTrue();
    assertThat(state()).isEqualTo(SnapshotState.ERROR);
  }

  @Test
  void aSetThatDoesNotSettleIsGivenUp() {
    record();
    ec2.snapshots.add(
        Snapshot.builder()
            .snapshotId(SNAPSHOT.value())
            .volumeId("vol-0a000000000000001")
            .state("pending")
            .build());
    aws.pause().pause(Duration.ofHours(24));

    assertThat(check(waited(900)))
        .isEqualTo(
            new BackupState.Completion(true, 0, "1 of 1 snapshots have not settled within PT24H"));
  }

  @Test
  void aSetWithoutItsRowsIsAFault() {
    assertThatThrownBy(() -> check(work -> {}))
        .hasMessageEndingWith("expected 1 rows in the ledger, found 0");
  }
}
