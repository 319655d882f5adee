package dev.freezeframe.ledger;

import static dev.freezeframe.ledger.Rows.DAILY;
import static dev.freezeframe.ledger.Rows.EXECUTION;
import static dev.freezeframe.ledger.Rows.OTHER_EXECUTION;
import static dev.freezeframe.ledger.Rows.SERVER;
import static dev.freezeframe.ledger.Rows.TWO;
import static dev.freezeframe.ledger.Rows.attempt;
import static dev.freezeframe.ledger.Rows.snapshotId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.ledger.dynamo.LedgerUnderTest;
import dev.freezeframe.slot.OpenSnapshots;
import dev.freezeframe.slot.QuotaRefusal;
import dev.freezeframe.slot.SlotHold;
import dev.freezeframe.slot.SlotHolder;
import dev.freezeframe.slot.SlotLook;
import dev.freezeframe.slot.SlotQueue;
import dev.freezeframe.slot.SlotWait;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

interface SlotContract extends LedgerUnderTest {
  SlotHolder HOLDER = new SlotHolder(SERVER, EXECUTION);
  SlotHolder OTHER_HOLDER = new SlotHolder(SERVER, OTHER_EXECUTION);

  private static SlotHold three(String execution) {
    return SlotHold.of(execution, SERVER, attempt(1), 3, TWO.plusSeconds(900));
  }

  @Test
  default void aQueueThatNobodyHasChangedIsEmpty() {
    assertThat(ledger().slotQueue()).isEqualTo(SlotQueue.empty());
    assertThat(ledger().slotLook()).isEmpty();
    assertThat(ledger().slotHolds()).isEmpty();
    assertThat(ledger().firstSlotWaits(5)).isEmpty();
  }

  @Test
  default void ofTwoThatChangeTheQueueAtOnceOneHasToReadAgain() {
    SlotQueue read = ledger().slotQueue();
    SlotQueue first = read.refused(QuotaRefusal.PENDING_SNAPSHOTS, 3, 0, TWO);

    assertThat(ledger().recordSlotQueue(first)).isTrue();
    assertThat(ledger().recordSlotQueue(read.refused(QuotaRefusal.RATE, 1, 0, TWO))).isFalse();
    assertThat(ledger().slotQueue()).isEqualTo(first);
    assertThat(ledger().recordSlotQueue(first.refused(QuotaRefusal.RATE, 1, 0, TWO))).isTrue();
  }

  @Test
  default void everyFieldOfTheQueueIsKept() {
    SlotQueue queue =
        new SlotQueue(
            1,
            90,
            40,
            TWO,
            new TreeMap<>(Map.of(DAILY, 55L)),
            TWO.plusSeconds(15),
            Optional.of(new SlotQueue.Refused(3, 7, TWO)),
            Optional.of(new SlotQueue.Lowered(50, TWO.plusSeconds(600))),
            new SlotQueue.Rate(12_500, TWO));

    ledger().recordSlotQueue(queue);

    assertThat(ledger().slotQueue()).isEqualTo(queue);
  }

  @Test
  default void theNewestLookIsKept() {
    SlotLook newer =
        new SlotLook(
            TWO.plusSeconds(9),
            4,
            1,
            new SlotLook.Peak(30, TWO.minusSeconds(60)),
            OpenSnapshots.of(Map.of(new VolumeId("vol-00000001"), 2)),
            new SlotLook.Held(3, 40));
    SlotLook older =
        new SlotLook(
            TWO,
            99,
            99,
            new SlotLook.Peak(99, TWO),
            OpenSnapshots.of(Map.of()),
            new SlotLook.Held(0, 0));
    ledger().recordSlotLook(older);
    assertThat(ledger().slotLook()).contains(older);
    ledger().recordSlotLook(newer);
    ledger().recordSlotLook(older);

    assertThat(ledger().slotLook()).contains(newer);
  }

  @Test
  default void slotsAreHeldUntilTheyAreGivenBack() {
    ledger().recordSlotHold(three(EXECUTION));
    ledger().recordSlotHold(three(OTHER_EXECUTION));
    ledger().giveSlotsBack(OTHER_HOLDER);
    ledger().giveSlotsBack(OTHER_HOLDER);

    assertThat(ledger().slotHolds()).containsExactly(three(EXECUTION));
    assertThat(ledger().slotHold(HOLDER)).contains(three(EXECUTION));
    assertThat(ledger().slotHold(OTHER_HOLDER)).isEmpty();
  }

  @Test
  default void thoseOfAnInstanceAreFoundAmongAll() {
    InstanceId other = new InstanceId("i-0123456789abcdef0");
    SlotHold elsewhere = SlotHold.of(EXECUTION, other, attempt(1), 2, TWO.plusSeconds(900));
    ledger().recordSlotHold(three(EXECUTION));
    ledger().recordSlotHold(three(OTHER_EXECUTION));
    ledger().recordSlotHold(elsewhere);

    assertThat(ledger().slotHolds()).hasSize(3);
    assertThat(ledger().slotHolds(other)).containsExactly(elsewhere);
    assertThat(ledger().slotHolds(SERVER))
        .containsExactlyInAnyOrder(three(EXECUTION), three(OTHER_EXECUTION));
    assertThat(ledger().slotHolds(new InstanceId("i-0123456789abcdef"))).isEmpty();
  }

  @Test
  default void aSnapshotGivesItsSlotBackOnceHoweverOftenItIsTold() {
    ledger().recordSlotHold(three(EXECUTION));
    ledger()
        .recordSlotSnapshots(
            HOLDER, Set.of(snapshotId(1), snapshotId(2), snapshotId(3)), TWO.plusSeconds(5));

    ledger().giveSlotsBack(HOLDER, Set.of(snapshotId(1)));
    ledger().giveSlotsBack(HOLDER, Set.of(snapshotId(1)));
    assertThat(ledger().slotHold(HOLDER).orElseThrow().held()).isEqualTo(2);

    ledger().giveSlotsBack(HOLDER, Set.of(snapshotId(2), snapshotId(3)));
    assertThat(ledger().slotHold(HOLDER).orElseThrow().held()).isZero();
  }

  @Test
  default void aSetThatIsRecordedAgainTakesNoSlotBackThatWasGiven() {
    ledger().recordSlotHold(three(EXECUTION));
    ledger().recordSlotSnapshots(HOLDER, Set.of(snapshotId(1), snapshotId(2)), TWO);
    ledger().giveSlotsBack(HOLDER, Set.of(snapshotId(1)));
    ledger().recordSlotSnapshots(HOLDER, Set.of(snapshotId(1), snapshotId(2)), TWO);

    assertThat(ledger().slotHold(HOLDER).orElseThrow().pending()).containsExactly(snapshotId(2));
  }

  @Test
  default void aSetWithoutSlotsHoldsNone() {
    ledger().recordSlotSnapshots(HOLDER, Set.of(snapshotId(1)), TWO);
    ledger().giveSlotsBack(HOLDER, Set.of(snapshotId(1)));
    ledger().lapseSlots(HOLDER, TWO);

    assertThat(ledger().slotHolds()).isEmpty();
  }

  @Test
  default void slotsLapseSoonerAndNeverLater() {
    ledger().recordSlotHold(three(EXECUTION));

    ledger().lapseSlots(HOLDER, TWO.plusSeconds(60));
    ledger().lapseSlots(HOLDER, TWO.plusSeconds(600));

    assertThat(ledger().slotHold(HOLDER).orElseThrow().until()).isEqualTo(TWO.plusSeconds(60));
  }

  @Test
  default void thoseThatWaitStandByTheirPlace() {
    SlotWait second = new SlotWait(EXECUTION, 12, 3, TWO);
    SlotWait first = new SlotWait(OTHER_EXECUTION, 9, 3, TWO);
    ledger().recordSlotWait(second);
    ledger().recordSlotWait(first);
    ledger().recordSlotWait(new SlotWait(EXECUTION, 1_000, 3, TWO));
    SlotWait again = new SlotWait(EXECUTION, 12, 3, TWO.plusSeconds(30));
    ledger().recordSlotWait(again);

    assertThat(ledger().firstSlotWaits(2)).containsExactly(first, again);

    ledger().removeSlotWait(OTHER_EXECUTION, 9);
    assertThat(ledger().firstSlotWaits(1)).containsExactly(again);
  }
}
