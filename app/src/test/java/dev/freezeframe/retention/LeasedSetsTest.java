package dev.freezeframe.retention;

import static dev.freezeframe.consistency.Consistency.APPLICATION;
import static dev.freezeframe.retention.Sets.days;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.PlanRow;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoreRow.Status;
import dev.freezeframe.snapshot.Ec2Snapshot;
import dev.freezeframe.snapshot.Ec2Snapshots;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Nobody deletes a set that is being restored. */
class LeasedSetsTest {
  private static final RestoreId RESTORE = new RestoreId("restore-20261128T153000Z-1a2b3c4d");
  private static final DeletionLimit ANY = new DeletionLimit(Integer.MAX_VALUE, 1);

  private final Fleet fleet = new Fleet();
  private final Fleet.Taken old;

  LeasedSetsTest() {
    fleet.passTo("2026-01-01T02:00:00Z");
    old = fleet.take(1, APPLICATION, days(7));
    fleet.passTo("2026-01-08T02:00:00Z");
    fleet.take(1, APPLICATION, days(7));
    fleet.passTo("2026-01-08T03:00:00Z");
  }

  private void claim() {
    RestoreRequest request =
        new RestoreRequest(
            old.set(),
            Fleet.instance(1),
            Destination.VOLUMES,
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            false,
            List.of(),
            List.of(),
            new TreeSet<>(),
            false,
            Optional.empty());
    fleet.ledger.claimRestore(
        new RestoreRow(
            RESTORE,
            request,
            "h",
            "e",
            fleet.now(),
            Status.RUNNING,
            "it goes on",
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new RestorePlan(
            request, "z", Optional.empty(), false, List.of(), List.of(), Optional.empty()),
        fleet.now().plus(Duration.ofMinutes(30)));
  }

  @Test
  void aSetThatIsBeingRestoredIsKeptWithTheReasonUntilItsLeaseLapses() {
    claim();

    PlanRow plan = fleet.plan(ANY);
    assertThat(plan.snapshots()).isZero();
    fleet.apply(plan);
    assertThat(fleet.ledger.lives(old.members()).get(0).held())
        .hasValueSatisfying(held -> assertThat(held).contains("being restored by " + RESTORE));
    assertThat(fleet.live.all()).hasSize(4);

    fleet.pass(Duration.ofHours(24));
    assertThat(fleet.expire().deleted()).isEqualTo(2);
  }

  @Test
  void aLeaseThatIsTakenAfterThePlanKeepsTheSetToo() {
    PlanRow plan = fleet.plan(ANY);
    assertThat(plan.snapshots()).isEqualTo(2);
    claim();

    assertThat(fleet.apply(plan).deleted()).isZero();
    assertThat(fleet.live.all()).hasSize(4);
  }

  @Test
  void aLeaseThatIsTakenBetweenTheDecisionAndTheDeletionKeepsTheSetToo() {
    PlanRow plan = fleet.plan(ANY);
    Ec2Snapshots claiming =
        new Ec2SnapshotsOfPlan() {
          @Override
          public Map<SnapshotId, Ec2Snapshot> find(Collection<SnapshotId> ids) {
            Map<SnapshotId, Ec2Snapshot> found = fleet.live.find(ids);
            claim();
            return found;
          }

          @Override
          public Map<SnapshotId, List<String>> sharing(Collection<SnapshotId> ids) {
            return fleet.live.sharing(ids);
          }

          @Override
          public Ending delete(SnapshotId snapshot) {
            return fleet.live.delete(snapshot);
          }
        };

    PlanExecutor.Result result = fleet.apply(fleet.ledger, claiming, plan);

    assertThat(result.deleted()).isZero();
    assertThat(result.words())
        .singleElement()
        .asString()
        .contains("is being restored by " + RESTORE);
    assertThat(fleet.live.all()).hasSize(4);
    assertThat(fleet.ledger.lives(old.members())).allMatch(life -> life.deleting().isEmpty());
  }
}
