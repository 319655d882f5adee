package dev.freezeframe.task.drill;

import static dev.freezeframe.drill.Drills.EIGHT;
import static dev.freezeframe.drill.Drills.instance;
import static dev.freezeframe.drill.Drills.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.drill.DrillCost;
import dev.freezeframe.drill.DrillId;
import dev.freezeframe.drill.DrillOrder;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillVerdict;
import dev.freezeframe.drill.Drills;
import dev.freezeframe.ledger.Deletion;
import dev.freezeframe.ledger.Rows;
import dev.freezeframe.ledger.SnapshotChange;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.memory.InMemoryLedger;
import dev.freezeframe.policy.Drill;
import dev.freezeframe.snapshot.Ownership;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.task.InputRefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.ListSnapshotsInRecycleBinRequest;
import software.amazon.awssdk.services.ec2.model.ListSnapshotsInRecycleBinResponse;
import software.amazon.awssdk.services.ec2.model.Snapshot;

class ClaimDrillTaskTest {
  private static final Instant NIGHT = EIGHT.minus(Duration.ofHours(6));
  private static final DrillCost MOST = new DrillCost(19_990_000);

  private final InMemoryLedger ledger = new InMemoryLedger();
  private final Shown ec2 = new Shown();
  private final ClaimDrillTask task =
      new ClaimDrillTask(
          new DrillDependencies(ec2, new DrilledGuests(() -> EIGHT), ledger, () -> EIGHT));

  /** An EC2 that shows snapshots. */
  private static final class Shown implements Ec2Client {
    private final List<Snapshot> snapshots = new ArrayList<>();

    @Override
    public DescribeSnapshotsResponse describeSnapshots(DescribeSnapshotsRequest request) {
      return DescribeSnapshotsResponse.builder().snapshots(snapshots).build();
    }

    @Override
    public DescribeVolumesResponse describeVolumes(DescribeVolumesRequest request) {
      return DescribeVolumesResponse.builder().build();
    }

    @Override
    public ListSnapshotsInRecycleBinResponse listSnapshotsInRecycleBin(
        ListSnapshotsInRecycleBinRequest request) {
      return ListSnapshotsInRecycleBinResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "ec2";
    }

    @Override
    public void close() {}
  }

  /** The root and two data volumes, as {@link Drills#facts} has them. */
  @BeforeEach
  void backedUp() {
    List<SnapshotId> members = new ArrayList<>();
    for (int volume = 100; volume <= 102; volume++) {
      SnapshotId member = Drills.snapshot(volume);
      members.add(member);
      ledger.recordSnapshots(
          List.of(
              SnapshotRow.pending(
                  member,
                  set(1),
                  Drills.volume(volume),
                  instance(1),
                  Drills.DAILY,
                  Rows.RUN,
                  Rows.EXECUTION,
                  NIGHT,
                  Optional.empty())));
      ledger.apply(
          new SnapshotChange(
              member, SnapshotState.COMPLETED, NIGHT.plusSeconds(600), Optional.empty()));
      ec2.snapshots.add(
          Snapshot.builder()
              .snapshotId(member.value())
              .volumeId(Drills.volume(volume).value())
              .startTime(NIGHT)
              .description(Ownership.description(Rows.RUN, instance(1)))
              .state("completed")
              .volumeSize(100)
              .encrypted(true)
              .kmsKeyId(Drills.KEY)
              .build());
    }
    ledger.recordVerdict(
        members, Rows.verdict(Consistency.APPLICATION, "proved"), Optional.empty());
    ledger.recordFacts(Drills.facts(1, 2, 100));
  }

  private static DrillInput input(DrillId id, Drill drill, String execution) {
    return new DrillInput(
        execution,
        0,
        Optional.empty(),
        new DrillWork(
            id,
            Optional.of(Drills.order(1, drill)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  private DrillClaim claim() {
    return task.handle(input(Drills.id(1), Drills.drill(), Drills.EXECUTION));
  }

  private DrillVerdict verdict() {
    return ledger.drill(Drills.id(1)).orElseThrow().end().orElseThrow().verdict();
  }

  private boolean spends() {
    return ledger.spendings(Drills.DAILY, DrillRecord.month(EIGHT)).containsKey(Drills.id(1));
  }

  private void delete(int volume) {
    Deletion deletion = new Deletion("count", "it is old", Rows.EXECUTION, EIGHT, true);
    ledger.recordDeletion(Drills.snapshot(volume), deletion);
    ec2.snapshots.removeIf(
        snapshot -> snapshot.snapshotId().equals(Drills.snapshot(volume).value()));
  }

  @Test
  void aClaimFixesWhatIsLaunchedAndTakesTheLeaseAndTheMoney() {
    DrillClaim claim = claim();

    assertThat(claim.launches()).isTrue();
    assertThat(claim.words()).isEqualTo("2 volumes are drilled on a t3.small");
    DrillRow row = ledger.drill(Drills.id(1)).orElseThrow();
    assertThat(row.plan().orElseThrow().members()).hasSize(2);
    assertThat(row.plan().orElseThrow().excluded()).singleElement().asString().contains("boots");
    assertThat(row.plan().orElseThrow().document().orElseThrow().sha256())
        .isEqualTo("ab".repeat(32));
    assertThat(ledger.setLease(set(1), EIGHT)).isPresent();
    assertThat(spends()).isTrue();
  }

  @Test
  void aClaimThatIsTriedTwiceIsOneAndASecondExecutionGetsNone() {
    DrillClaim first = claim();

    assertThat(claim()).isEqualTo(first);
    assertThatThrownBy(
            () -> task.handle(input(Drills.id(1), Drills.drill(), "arn:another:execution")))
        .isInstanceOf(InputRefusedException.class);
  }

  @Test
  void aSetThatRetentionHasDeletedSinceIsSkippedAndNotCondemned() {
    delete(100);
    delete(101);
    delete(102);

    DrillClaim claim = claim();

    assertThat(claim.refused()).isTrue();
    assertThat(claim.words()).contains("was deleted by retention since the set was chosen");
    assertThat(verdict()).isEqualTo(DrillVerdict.SKIPPED);
    assertThat(ledger.drilledGroup(Drills.DAILY, instance(1))).isEmpty();
  }

  @Test
  void aSetThatRetentionIsAboutToDeleteIsSkipped() {
    ledger.recordDeleting(
        Drills.snapshot(101), new Deletion("count", "it is old", Rows.EXECUTION, EIGHT, true));

    assertThat(claim().refused()).isTrue();
    assertThat(verdict()).isEqualTo(DrillVerdict.SKIPPED);
    assertThat(ledger.setLease(set(1), EIGHT)).isEmpty();
  }

  @Test
  void aSetThatWasNeverOneIsSkipped() {
    DrillInput unknown =
        new DrillInput(
            Drills.EXECUTION,
            0,
            Optional.empty(),
            new DrillWork(
                Drills.id(1),
                Optional.of(
                    new DrillOrder(Drills.DAILY, Drills.drill(), set(7), instance(7), "by hand")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));

    assertThat(task.handle(unknown).words()).contains("is not on record");
    assertThat(verdict()).isEqualTo(DrillVerdict.SKIPPED);
  }

  @Test
  void aSnapshotThatSomebodyElseDeletedFailsTheSet() {
    ec2.snapshots.remove(1);

    assertThat(claim().words()).contains("cannot be restored");
    assertThat(verdict()).isEqualTo(DrillVerdict.FAILED);
  }

  @Test
  void aMonthWithoutMoneySkipsAndNothingIsSpent() {
    ledger.recordSpending(Drills.DAILY, DrillRecord.month(EIGHT), Drills.id(9), MOST);

    assertThat(claim().words()).contains("of the month");
    assertThat(verdict()).isEqualTo(DrillVerdict.SKIPPED);
    assertThat(spends()).isFalse();
  }

  /** Its first try had put the money on record; since then others have come first. */
  @Test
  void aRetryThatGivesWayTakesBackWhatTheFirstTryWouldSpend() {
    claim();
    assertThat(spends()).isTrue();
    for (int other = 2; other <= 3; other++) {
      ledger.claimDrill(
          DrillRow.of(
              Drills.id(other),
              Drills.order(other, Drills.drill()),
              Drills.EXECUTION,
              EIGHT.minusSeconds(60),
              Optional.of(Drills.plan(NIGHT))),
          EIGHT.plus(OpenDrill.LEASE));
    }

    assertThat(claim().words()).contains("expected 2 at most at once");
    assertThat(verdict()).isEqualTo(DrillVerdict.SKIPPED);
    assertThat(spends()).isFalse();
  }

  @Test
  void aRetryOfAClaimThatHadComeToNoPlanDecidesAgain() {
    delete(101);
    ledger.claimDrill(
        DrillRow.of(
            Drills.id(1),
            Drills.order(1, Drills.drill()),
            Drills.EXECUTION,
            EIGHT,
            Optional.empty()),
        EIGHT.plus(OpenDrill.LEASE));

    assertThat(claim().words()).contains("was deleted by retention");
    assertThat(verdict()).isEqualTo(DrillVerdict.SKIPPED);
    assertThat(ledger.setLease(set(1), EIGHT)).isEmpty();
  }

  @Test
  void completenessAloneNeedsNoInstanceAndCostsNothing() {
    DrillClaim claim =
        task.handle(
            input(
                Drills.id(1),
                Drills.drill(Drill.Level.L0, Optional.empty(), Optional.empty()),
                Drills.EXECUTION));

    assertThat(claim.refused()).isFalse();
    assertThat(claim.launches()).isFalse();
    assertThat(ledger.spendings(Drills.DAILY, DrillRecord.month(EIGHT)).get(Drills.id(1)))
        .isEqualTo(DrillCost.NONE);
  }
}
