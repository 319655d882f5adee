package dev.freezeframe.retention;

import static dev.freezeframe.consistency.Consistency.APPLICATION;
import static dev.freezeframe.retention.Sets.days;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.Deletion;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.restore.InspectedInstance;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.restore.Settings;
import dev.freezeframe.restore.VolumeSettings;
import dev.freezeframe.snapshot.Ec2Snapshot;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.snapshot.SnapshotTags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconcilerTest {
  private final Fleet fleet = new Fleet();
  private final Reconciler reconciler = new Reconciler(fleet.ledger, fleet.live);

  @BeforeEach
  void begin() {
    fleet.passTo("2026-01-01T02:00:00Z");
  }

  private List<Reconciler.Result> reconcile() {
    List<Reconciler.Result> pages = new ArrayList<>();
    Optional<String> token = Optional.empty();
    do {
      pages.add(reconciler.ofEc2(token, fleet.now()));
      token = pages.get(pages.size() - 1).next();
    } while (token.isPresent());
    pages.add(reconciler.ofLedger(Optional.empty(), fleet.now()));
    return pages;
  }

  private SnapshotHistory life(SnapshotId id) {
    return fleet.ledger.lives(List.of(id)).get(0);
  }

  @Test
  void whatIsOursAndUnknownIsAdopted() {
    Fleet.Taken lost = fleet.create(1, 3);
    lost.members().forEach(id -> fleet.live.settle(id, SnapshotState.COMPLETED));
    fleet.pass(Duration.ofDays(1));

    assertThat(reconcile().stream().mapToInt(Reconciler.Result::adopted).sum()).isEqualTo(3);

    SnapshotHistory life = life(lost.members().get(0));
    assertThat(life.row().set()).isEqualTo(lost.set());
    assertThat(life.row().state()).isEqualTo(SnapshotState.COMPLETED);
    assertThat(life.adoption()).isPresent();
  }

  /** The instance may be gone by then; its inspection was on record before the set was taken. */
  @Test
  void whatIsAdoptedHasTheFactsThatTheInspectionOfItsRunFound() {
    Fleet.Taken lost = fleet.create(1, 3);
    SnapshotId first = lost.members().get(0);
    InspectedInstance inspected =
        InspectedInstance.of(
            new RunId(fleet.live.all().get(first).tags().get(SnapshotTags.RUN)),
            Fleet.instance(1),
            fleet.now(),
            Optional.of(Settings.instance(Map.of())),
            List.of());
    fleet.ledger.recordInspection(inspected);
    fleet.pass(Duration.ofDays(1));

    reconcile();

    RestoreFacts facts = fleet.ledger.facts(lost.set()).orElseThrow();
    assertThat(facts.settings()).isEqualTo(inspected.settings());
    assertThat(facts.volumes())
        .extracting(VolumeSettings::snapshot)
        .containsExactlyElementsOf(lost.members());
  }

  @Test
  void whatWasNeverJudgedIsUnknownAndEndsByTheTermsOfItsGroup() {
    Fleet.Taken lost = fleet.create(1, 1);
    lost.members().forEach(id -> fleet.live.settle(id, SnapshotState.COMPLETED));
    fleet.pass(Duration.ofDays(1));
    fleet.take(1, APPLICATION, days(7));
    reconcile();

    SnapshotHistory life = life(lost.members().get(0));
    assertThat(life.row().consistency()).contains(Consistency.UNKNOWN);
    assertThat(life.row().expiresAt()).contains(Instant.parse("2026-01-08T02:00:00Z"));
  }

  @Test
  void aSecondLookChangesNothing() {
    Fleet.Taken lost = fleet.create(1, 3);
    fleet.take(1, APPLICATION, days(7));
    fleet.pass(Duration.ofDays(1));
    reconcile();
    SnapshotHistory before = life(lost.members().get(0));

    assertThat(reconcile()).allMatch(page -> page.words().isEmpty());
    assertThat(life(lost.members().get(0))).isEqualTo(before);
  }

  @Test
  void whatIsGoneHasVanishedAndMayComeBack() {
    Fleet.Taken taken = fleet.take(1, APPLICATION, days(7));
    SnapshotId gone = taken.members().get(0);
    Ec2Snapshot kept = fleet.live.all().get(gone);
    fleet.live.deleteByHand(gone);
    fleet.pass(Duration.ofHours(2));

    reconcile();
    assertThat(life(gone).vanishedAt()).contains(fleet.now());
    assertThat(life(taken.members().get(1)).living()).isTrue();

    fleet.live.add(kept);
    reconcile();
    assertThat(life(gone).living()).isTrue();
    assertThat(life(gone).row().expiresAt()).contains(Instant.parse("2026-01-08T02:00:00Z"));
  }

  /** Found by seed 4967: the row lived forever, because its group was on record nowhere. */
  @Test
  void whatIsGoneHasVanishedThoughItsBackupDiedRightAfterRecordingIt() {
    Fleet.Taken taken = fleet.create(1, 1);
    fleet.record(taken);
    fleet.live.deleteByHand(taken.members().get(0));
    fleet.pass(Duration.ofHours(2));

    reconcile();

    assertThat(life(taken.members().get(0)).vanishedAt()).contains(fleet.now());
  }

  @Test
  void whatWasDeletedByARunThatDiedIsADeletionWithItsReason() {
    Fleet.Taken taken = fleet.take(1, APPLICATION, days(7));
    SnapshotId gone = taken.members().get(0);
    Deletion ordered = new Deletion("age", "its age ended", "expire-1", fleet.now(), true);
    fleet.ledger.recordDeleting(gone, ordered);
    fleet.live.deleteByHand(gone);
    fleet.pass(Duration.ofHours(2));

    reconcile();

    assertThat(life(gone).deletion()).contains(ordered.notFound());
    assertThat(life(gone).vanishedAt()).isEmpty();
  }

  @Test
  void whatWasJustCreatedIsNotTakenForVanished() {
    Fleet.Taken taken = fleet.take(1, APPLICATION, days(7));
    fleet.live.deleteByHand(taken.members().get(0));
    fleet.pass(Duration.ofMinutes(30));

    reconcile();

    assertThat(life(taken.members().get(0)).living()).isTrue();
  }

  @Test
  void aLostEventIsMadeGood() {
    Fleet.Taken taken = fleet.create(1, 2);
    fleet.record(taken);
    fleet.judge(taken, APPLICATION, days(7));
    taken.members().forEach(id -> fleet.live.settle(id, SnapshotState.COMPLETED));

    reconcile();

    assertThat(life(taken.members().get(0)).row().state()).isEqualTo(SnapshotState.COMPLETED);
  }

  /** Found by seed 4448: a snapshot that had lost our tags by hand stayed pending forever. */
  @Test
  void aLostEventOfASnapshotWithoutOurTagsIsMadeGood() {
    fleet.take(1, APPLICATION, days(7));
    fleet.pass(Duration.ofHours(1));
    Fleet.Taken taken = fleet.create(1, 1);
    fleet.record(taken);
    SnapshotId snapshot = taken.members().get(0);
    fleet.live.settle(snapshot, SnapshotState.COMPLETED);
    fleet.live.tag(snapshot, SnapshotTags.RUN, Optional.empty());
    fleet.pass(Duration.ofDays(1));

    reconcile();

    assertThat(life(snapshot).row().state()).isEqualTo(SnapshotState.COMPLETED);
  }

  @Test
  void whatLacksATagOfOursIsNamedAndLeft() {
    Fleet.Taken taken = fleet.create(1, 1);
    fleet.live.tag(taken.members().get(0), SnapshotTags.SET, Optional.empty());

    assertThat(reconcile().get(0).words().get(0)).contains("not all of our tags");
    assertThat(fleet.ledger.lives(taken.members())).isEmpty();
  }

  @Test
  void everyGroupThatItMeetsIsKnownAfterwards() {
    fleet.create(1, 1);
    fleet.create(2, 1);
    reconcile();

    assertThat(fleet.ledger.groups(Optional.empty(), 10))
        .extracting(GroupKey::instance)
        .containsExactly(Fleet.instance(1), Fleet.instance(2));
  }
}
