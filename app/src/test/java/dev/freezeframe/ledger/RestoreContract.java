package dev.freezeframe.ledger;

import static dev.freezeframe.ledger.Rows.EXECUTION;
import static dev.freezeframe.ledger.Rows.RUN;
import static dev.freezeframe.ledger.Rows.SERVER;
import static dev.freezeframe.ledger.Rows.TWO;
import static dev.freezeframe.ledger.Rows.attempt;
import static dev.freezeframe.ledger.Rows.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.ledger.dynamo.LedgerUnderTest;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestoreConflictException;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestorePlan.Creation;
import dev.freezeframe.restore.RestorePlan.Replacement;
import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoreRow.Stage;
import dev.freezeframe.restore.RestoreRow.Status;
import dev.freezeframe.restore.RestoredVolume;
import dev.freezeframe.slot.SlotHold;
import dev.freezeframe.stop.StopRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Restores, what they create, and what they hold. */
interface RestoreContract extends LedgerUnderTest {
  RestoreId FIRST = new RestoreId("restore-20261128T153000Z-00000001");
  RestoreId SECOND = new RestoreId("restore-20261128T153000Z-00000002");
  Instant UNTIL = TWO.plus(Duration.ofMinutes(30));

  private static SnapshotId snapshot(int number) {
    return new SnapshotId("snap-%017x".formatted(number));
  }

  private static VolumeId volume(int number) {
    return new VolumeId("vol-%017x".formatted(number));
  }

  private static RestoreRequest request(int set, Destination to) {
    return new RestoreRequest(
        attempt(set),
        SERVER,
        to,
        Optional.empty(),
        Optional.empty(),
        OptionalInt.of(200),
        true,
        List.of(volume(9)),
        List.of(),
        new TreeSet<>(List.of("team")),
        false,
        Optional.empty());
  }

  private static RestorePlan plan(RestoreRequest request, int volumes) {
    return new RestorePlan(
        request,
        "eu-central-1a",
        request.to().changesInstance() ? Optional.of(SERVER) : Optional.empty(),
        true,
        IntStream.rangeClosed(1, volumes)
            .mapToObj(
                number ->
                    new Creation(
                        snapshot(number),
                        volume(number),
                        Optional.of("/dev/sd" + number),
                        "gp3",
                        OptionalInt.of(3000),
                        OptionalInt.empty(),
                        8,
                        Optional.of("arn:aws:kms:eu-central-1:1:key/k"),
                        number == 1,
                        number == 1,
                        Map.of("Name", "data " + number)))
            .toList(),
        List.of(new Replacement(volume(1), "/dev/sd1", true)),
        Optional.empty());
  }

  private static RestoreRow row(RestoreId id, RestoreRequest request, Instant at) {
    return new RestoreRow(
        id,
        request,
        "0123456789abcdef",
        EXECUTION,
        at,
        Status.RUNNING,
        "it goes on",
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private RestoreRow claim(RestoreId id, int set, Destination to) {
    RestoreRequest request = request(set, to);
    return ledger().claimRestore(row(id, request, TWO), plan(request, 2), UNTIL);
  }

  @Test
  default void aRestoreIsOnRecordWithItsPlanAndWhatItWillCreate() {
    RestoreRequest request = request(1, Destination.IN_PLACE);

    assertThat(claim(FIRST, 1, Destination.IN_PLACE)).isEqualTo(row(FIRST, request, TWO));
    assertThat(ledger().restore(FIRST)).contains(row(FIRST, request, TWO));
    assertThat(ledger().restorePlan(FIRST)).contains(plan(request, 2));
    assertThat(ledger().restoredVolumes(FIRST))
        .extracting(RestoredVolume::creation)
        .containsExactlyElementsOf(plan(request, 2).volumes());
    assertThat(ledger().restoredVolumes(FIRST)).allMatch(one -> one.volume().isEmpty());
    assertThat(ledger().restore(SECOND)).isEmpty();
    assertThat(ledger().restorePlan(SECOND)).isEmpty();
  }

  @Test
  default void theFirstClaimUnderAnIdStands() {
    claim(FIRST, 1, Destination.VOLUMES);

    assertThat(claim(FIRST, 2, Destination.ROOT).request().to()).isEqualTo(Destination.VOLUMES);
    assertThat(ledger().restoredVolumes(FIRST)).hasSize(2);
    assertThat(ledger().instanceLease(SERVER, TWO)).isEmpty();
  }

  @Test
  default void volumesOf128SnapshotsComeBackInTheOrderOfThePlan() {
    RestoreRequest request = request(1, Destination.VOLUMES);
    ledger().claimRestore(row(FIRST, request, TWO), plan(request, 128), UNTIL);

    assertThat(ledger().restoredVolumes(FIRST))
        .extracting(one -> one.creation().snapshot())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 128).mapToObj(RestoreContract::snapshot).toList());
  }

  @Test
  default void whatIsCreatedAttachedAndGoneIsKeptOfEachVolume() {
    claim(FIRST, 1, Destination.IN_PLACE);

    ledger().recordCreated(FIRST, snapshot(1), volume(11));
    ledger().recordCreated(FIRST, snapshot(1), volume(12));
    ledger().recordAttaching(FIRST, snapshot(1), SERVER);
    ledger().recordGone(FIRST, snapshot(2), "never created");
    ledger().recordGone(FIRST, snapshot(2), "deleted");
    ledger().recordCreated(FIRST, snapshot(7), volume(17));

    RestoredVolume first = ledger().restoredVolumes(FIRST).get(0);
    assertThat(first.volume()).contains(volume(11));
    assertThat(first.attachedTo()).contains(SERVER);
    assertThat(first.gone()).isEmpty();
    assertThat(ledger().restoredVolumes(FIRST).get(1).gone()).contains("never created");
    assertThat(ledger().restoredVolumes(FIRST)).hasSize(2);
  }

  @Test
  default void theFirstTimeOfAStageAndTheFirstLaunchStand() {
    claim(FIRST, 1, Destination.NEW);

    ledger().recordStage(FIRST, Stage.AVAILABLE, TWO.plusSeconds(10));
    ledger().recordStage(FIRST, Stage.AVAILABLE, TWO.plusSeconds(20));
    ledger().recordLaunched(FIRST, instance(2));
    ledger().recordLaunched(FIRST, instance(3));
    ledger().recordImage(FIRST, Optional.of("ami-1"));
    assertThat(ledger().restore(FIRST).orElseThrow().image()).contains("ami-1");
    ledger().recordImage(FIRST, Optional.empty());

    RestoreRow row = ledger().restore(FIRST).orElseThrow();
    assertThat(row.at(Stage.AVAILABLE)).contains(TWO.plusSeconds(10));
    assertThat(row.launched()).contains(instance(2));
    assertThat(row.image()).isEmpty();
  }

  @Test
  default void oneRestoreAloneHoldsAnInstanceUntilItsLeaseLapses() {
    claim(FIRST, 1, Destination.IN_PLACE);

    assertThatThrownBy(() -> claim(SECOND, 2, Destination.ROOT))
        .isInstanceOf(RestoreConflictException.class)
        .hasMessageContaining("%s is being restored by %s".formatted(SERVER, FIRST));
    assertThat(ledger().restore(SECOND)).isEmpty();
    assertThat(ledger().setLease(attempt(2), TWO)).isEmpty();
    assertThat(ledger().instanceLease(SERVER, UNTIL.minusMillis(1))).contains(FIRST);
    assertThat(ledger().instanceLease(SERVER, UNTIL)).isEmpty();

    RestoreRequest request = request(2, Destination.ROOT);
    ledger()
        .claimRestore(
            row(SECOND, request, UNTIL), plan(request, 1), UNTIL.plus(Duration.ofMinutes(30)));
    assertThat(ledger().instanceLease(SERVER, UNTIL)).contains(SECOND);
    assertThat(ledger().keepLeases(FIRST, UNTIL, UNTIL.plusSeconds(60))).isFalse();
  }

  @Test
  default void oneSetMayBeRestoredTwiceAtATime() {
    claim(FIRST, 1, Destination.VOLUMES);
    claim(SECOND, 1, Destination.VOLUMES);
    ledger().recordRestoreEnded(FIRST, Status.SUCCEEDED, "done", TWO.plusSeconds(60));

    assertThat(ledger().setLease(attempt(1), TWO.plusSeconds(60))).contains(SECOND);
    assertThat(ledger().setLeases(TWO)).containsOnly(Map.entry(attempt(1), SECOND));
    ledger().recordRestoreEnded(SECOND, Status.SUCCEEDED, "done", TWO.plusSeconds(60));
    assertThat(ledger().setLeases(TWO)).isEmpty();
  }

  @Test
  default void aRunningRestoreExtendsItsLeasesAndNeverShortensThem() {
    RestoreRow row = claim(FIRST, 1, Destination.IN_PLACE);

    assertThat(ledger().keepLeases(FIRST, TWO, UNTIL.plusSeconds(60))).isTrue();
    assertThat(ledger().leasedUntil(row)).contains(UNTIL.plusSeconds(60));
    assertThat(ledger().instanceLease(SERVER, UNTIL)).contains(FIRST);
    assertThat(ledger().setLease(attempt(1), UNTIL)).contains(FIRST);
    assertThat(ledger().setLease(attempt(2), TWO)).isEmpty();
  }

  @Test
  default void anInstanceOfWhichABackupIsUnderWayIsNotRestored() {
    ledger().recordSlotHold(SlotHold.of(EXECUTION, SERVER, attempt(5), 1, TWO.plusSeconds(60)));

    assertThatThrownBy(() -> claim(FIRST, 1, Destination.IN_PLACE))
        .isInstanceOf(RestoreConflictException.class)
        .hasMessageContaining("a backup of %s is under way".formatted(SERVER));
    assertThat(ledger().instanceLease(SERVER, TWO)).isEmpty();
    assertThat(ledger().setLease(attempt(1), TWO)).isEmpty();
    assertThat(claim(FIRST, 1, Destination.VOLUMES).id()).isEqualTo(FIRST);
  }

  @Test
  default void anInstanceThatIsStoppedForItsBackupIsNotRestored() {
    ledger()
        .recordStop(
            StopRow.ordered(
                RUN, SERVER, attempt(5), EXECUTION, 0, "", TWO, Optional.empty(), UNTIL));

    assertThatThrownBy(() -> claim(FIRST, 1, Destination.IN_PLACE))
        .isInstanceOf(RestoreConflictException.class)
        .hasMessageContaining("is stopped for its backup");
  }

  @Test
  default void aSuccessIsNotReplacedByAFailureUnlessItIsUndone() {
    claim(FIRST, 1, Destination.IN_PLACE);
    ledger().recordRestoreEnded(FIRST, Status.SUCCEEDED, "done", TWO.plusSeconds(60));

    assertThat(
            ledger().recordRestoreEnded(FIRST, Status.FAILED, "late", TWO.plusSeconds(61)).status())
        .isEqualTo(Status.SUCCEEDED);
    assertThat(ledger().instanceLease(SERVER, TWO)).isEmpty();

    RestoreRow undone =
        ledger().beginUndo(FIRST, TWO.plusSeconds(90), UNTIL.plusSeconds(90)).orElseThrow();
    assertThat(undone.open()).isTrue();
    assertThat(undone.undoing()).isTrue();
    assertThat(ledger().instanceLease(SERVER, TWO)).contains(FIRST);
    assertThat(
            ledger()
                .recordRestoreEnded(FIRST, Status.SUCCEEDED, "late", TWO.plusSeconds(91))
                .open())
        .as("nothing that is being undone has succeeded")
        .isTrue();
    RestoreRow ended =
        ledger().recordRestoreEnded(FIRST, Status.UNDONE, "as it was", TWO.plusSeconds(95));
    assertThat(ended.status()).isEqualTo(Status.UNDONE);
    assertThat(ended.reason()).isEqualTo("as it was");
    assertThat(ended.endedAt()).contains(TWO.plusSeconds(95));
    assertThat(ledger().instanceLease(SERVER, TWO)).isEmpty();
  }

  @Test
  default void anUndoThatGoesOnKeepsItsTimeAndItsLeases() {
    claim(FIRST, 1, Destination.IN_PLACE);
    ledger().beginUndo(FIRST, TWO.plusSeconds(1), UNTIL);

    RestoreRow again =
        ledger().beginUndo(FIRST, TWO.plusSeconds(50), UNTIL.plusSeconds(50)).orElseThrow();
    assertThat(again.at(Stage.UNDOING)).contains(TWO.plusSeconds(1));
    assertThat(ledger().instanceLease(SERVER, UNTIL)).contains(FIRST);
    assertThat(ledger().beginUndo(SECOND, TWO, UNTIL)).isEmpty();
  }

  @Test
  default void anUndoThatCouldNotBeFinishedStaysOpenWithItsLeasesUntilItIs() {
    claim(FIRST, 1, Destination.IN_PLACE);

    RestoreRow row = ledger().recordNotUndone(FIRST, "no room", TWO.plusSeconds(5));
    assertThat(row.status()).isEqualTo(Status.FAILED);
    assertThat(row.reason()).isEqualTo("no room");
    assertThat(row.notUndone()).isTrue();
    assertThat(row.open()).isTrue();
    assertThat(row.at(Stage.UNDOING)).as("nothing goes on with it").contains(TWO.plusSeconds(5));
    assertThat(ledger().instanceLease(SERVER, TWO)).contains(FIRST);
    assertThat(ledger().beginUndo(FIRST, TWO.plusSeconds(9), UNTIL).orElseThrow()).isEqualTo(row);
    assertThat(ledger().recordNotUndone(FIRST, "still none", TWO.plusSeconds(305)).reason())
        .isEqualTo("still none");

    RestoreRow ended =
        ledger().recordRestoreEnded(FIRST, Status.UNDONE, "as it was", TWO.plusSeconds(600));
    assertThat(ended.status()).isEqualTo(Status.UNDONE);
    assertThat(ended.notUndone()).isFalse();
    assertThat(ledger().instanceLease(SERVER, TWO)).isEmpty();
    assertThat(ledger().recordNotUndone(FIRST, "late", TWO.plusSeconds(601))).isEqualTo(ended);
    assertThatThrownBy(() -> ledger().recordNotUndone(SECOND, "x", TWO))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected a restore on record, found none");
  }

  @Test
  default void aSuccessIsNotUndoneByWhoComesLate() {
    claim(FIRST, 1, Destination.IN_PLACE);
    RestoreRow row =
        ledger().recordRestoreEnded(FIRST, Status.SUCCEEDED, "done", TWO.plusSeconds(60));

    assertThat(ledger().recordNotUndone(FIRST, "late", TWO.plusSeconds(61))).isEqualTo(row);
  }

  @Test
  default void anUndoWhoseLeaseHasLapsedGivesWayToWhoHoldsTheInstanceMeanwhile() {
    claim(FIRST, 1, Destination.IN_PLACE);
    ledger().recordNotUndone(FIRST, "no room", TWO.plusSeconds(5));
    ledger().recordSlotHold(SlotHold.of(EXECUTION, SERVER, attempt(5), 1, UNTIL.plusSeconds(120)));

    assertThat(ledger().beginUndo(FIRST, UNTIL.minusSeconds(1), UNTIL))
        .as("a backup that comes while it is held gives way by itself")
        .isPresent();
    assertThatThrownBy(() -> ledger().beginUndo(FIRST, UNTIL, UNTIL.plus(Duration.ofMinutes(30))))
        .isInstanceOf(RestoreConflictException.class)
        .hasMessageContaining("a backup of %s is under way".formatted(SERVER));
    assertThat(ledger().instanceLease(SERVER, UNTIL)).isEmpty();

    RestoreRequest request = request(2, Destination.ROOT);
    Instant later = UNTIL.plusSeconds(121);
    ledger().claimRestore(row(SECOND, request, later), plan(request, 1), later.plusSeconds(600));
    assertThatThrownBy(() -> ledger().beginUndo(FIRST, later, later.plus(Duration.ofMinutes(30))))
        .isInstanceOf(RestoreConflictException.class)
        .hasMessageContaining("%s is being restored by %s".formatted(SERVER, SECOND));
    assertThat(ledger().instanceLease(SERVER, later)).contains(SECOND);
    assertThat(
            ledger()
                .beginUndo(FIRST, later.plusSeconds(600), later.plus(Duration.ofMinutes(30)))
                .orElseThrow()
                .notUndone())
        .isTrue();
    assertThat(ledger().instanceLease(SERVER, later.plusSeconds(600))).contains(FIRST);
  }

  @Test
  default void theTurnIsOnesUntilHeGivesItBackOrItLapses() {
    claim(FIRST, 1, Destination.IN_PLACE);
    Instant until = TWO.plusSeconds(240);

    assertThat(ledger().takeTurn(FIRST, "one", TWO, until)).isTrue();
    assertThat(ledger().takeTurn(FIRST, "one", TWO, until)).as("tried again").isTrue();
    assertThat(ledger().takeTurn(FIRST, "other", until.minusMillis(1), UNTIL)).isFalse();
    assertThat(ledger().takeTurn(SECOND, "other", TWO, until)).isTrue();
    ledger().giveTurn(FIRST, "other");
    assertThat(ledger().takeTurn(FIRST, "other", TWO, until)).isFalse();
    ledger().giveTurn(FIRST, "one");
    assertThat(ledger().takeTurn(FIRST, "other", TWO, until)).isTrue();
    assertThat(ledger().takeTurn(FIRST, "one", until, UNTIL)).as("it has lapsed").isTrue();
    assertThat(ledger().setLeases(TWO)).containsOnlyKeys(attempt(1));
  }

  @Test
  default void anUndoIsFoundByTheTimeOfItsLastTryHoweverOldItsRestoreIs() {
    claim(FIRST, 1, Destination.IN_PLACE);
    Instant weeks = TWO.plus(Duration.ofDays(30));
    assertThat(ledger().restores(TWO.plusSeconds(1))).isEmpty();

    ledger().recordRestoreEnded(FIRST, Status.SUCCEEDED, "done", TWO.plusSeconds(60));
    ledger().beginUndo(FIRST, weeks, weeks.plus(Duration.ofMinutes(30)));
    assertThat(ledger().restores(weeks)).extracting(RestoreRow::id).containsExactly(FIRST);

    ledger().recordNotUndone(FIRST, "no room", weeks.plusSeconds(300));
    assertThat(ledger().restores(weeks.plusSeconds(300)))
        .extracting(RestoreRow::id)
        .containsExactly(FIRST);
    assertThat(ledger().restores(weeks.plusSeconds(301))).isEmpty();
  }

  @Test
  default void anUndoIsRefusedWhileABackupIsUnderWay() {
    claim(FIRST, 1, Destination.IN_PLACE);
    ledger().recordRestoreEnded(FIRST, Status.SUCCEEDED, "done", TWO.plusSeconds(1));
    ledger().recordSlotHold(SlotHold.of(EXECUTION, SERVER, attempt(5), 1, TWO.plusSeconds(60)));

    assertThatThrownBy(() -> ledger().beginUndo(FIRST, TWO.plusSeconds(2), UNTIL))
        .isInstanceOf(RestoreConflictException.class);
    assertThat(ledger().restore(FIRST).orElseThrow().status()).isEqualTo(Status.SUCCEEDED);
  }

  @Test
  default void aRefusalIsOnRecordWithoutAPlan() {
    RestoreRequest request = request(1, Destination.VOLUMES);
    RestoreRow refused =
        new RestoreRow(
            FIRST,
            request,
            "h",
            EXECUTION,
            TWO,
            Status.REFUSED,
            "no",
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(TWO));

    assertThat(ledger().recordRefused(refused)).isEqualTo(refused);
    assertThat(ledger().restorePlan(FIRST)).isEmpty();
    assertThat(ledger().keepLeases(FIRST, TWO, UNTIL)).isFalse();
  }

  @Test
  default void restoresAreFoundByTheirTimeTheNewestFirst() {
    RestoreRequest request = request(1, Destination.VOLUMES);
    ledger().claimRestore(row(FIRST, request, TWO), plan(request, 1), UNTIL);
    ledger().claimRestore(row(SECOND, request, TWO.plusSeconds(1)), plan(request, 1), UNTIL);

    assertThat(ledger().restores(TWO)).extracting(RestoreRow::id).containsExactly(SECOND, FIRST);
    assertThat(ledger().restores(TWO.plusMillis(1)))
        .extracting(RestoreRow::id)
        .containsExactly(SECOND);
    assertThat(ledger().openStops()).as("the index of groups has stops as well").isEmpty();
    assertThatThrownBy(
            () ->
                ledger()
                    .recordRestoreEnded(
                        new RestoreId("restore-20261128T153000Z-00000003"),
                        Status.FAILED,
                        "x",
                        TWO))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected a restore on record, found none");
  }
}
