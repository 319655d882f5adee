package dev.freezeframe.task.backup;

import static dev.freezeframe.task.backup.BackupInputs.at;
import static dev.freezeframe.task.backup.BackupInputs.caught;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.slot.QuotaRefusal;
import dev.freezeframe.slot.SlotHold;
import dev.freezeframe.slot.SlotsImpossibleException;
import dev.freezeframe.task.KnownEc2;
import dev.freezeframe.task.NoAws;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Snapshot;

/** One execution alone; how several share the quota is {@code SlotRulesTest}'s. */
class TakeSlotsTaskTest {
  private static final String EXECUTION = "arn:aws:states:e:1:execution:m:n";

  private final KnownEc2 ec2 = new KnownEc2();
  private final NoAws aws = new NoAws(ec2);

  private Optional<SlotHold> held() {
    return aws.ledger().slotHolds().stream()
        .filter(hold -> hold.execution().equals(EXECUTION))
        .findAny();
  }

  private BackupState.Slots ask(Consumer<ObjectNode> change) {
    return new TakeSlotsTask(aws).handle(BackupInputs.with(change));
  }

  private void pendingOfOthers(int snapshots) {
    IntStream.range(0, snapshots)
        .mapToObj(
            number ->
                Snapshot.builder()
                    .snapshotId("snap-%017x".formatted(number))
                    .volumeId("vol-%017x".formatted(number))
                    .state("pending")
                    .build())
        .forEach(ec2.snapshots::add);
  }

  private static Consumer<ObjectNode> answered(BackupState.Slots before) {
    return work -> {
      ObjectNode answer =
          work.putObject("slots")
              .putObject("answer")
              .put("taken", before.taken())
              .put("inspectAgain", before.inspectAgain())
              .put("waitSeconds", before.waitSeconds())
              .put("servedThen", before.servedThen())
              .put("asked", before.asked())
              .put("overQuota", before.overQuota())
              .put("words", before.words());
      before.place().ifPresent(place -> answer.put("place", place));
      before.since().ifPresent(since -> answer.put("since", since.toString()));
    };
  }

  @Test
  void whereThereIsRoomTheSlotsAreTakenAtOnce() {
    BackupState.Slots slots = ask(work -> {});

    assertThat(slots.taken()).isTrue();
    assertThat(slots.inspectAgain()).isFalse();
    assertThat(slots.asked()).isOne();
    assertThat(held().orElseThrow().reservedUntil(aws.clock().instant())).isTrue();
  }

  @Test
  void whereEnoughIsFreeForSureItIsNotReadWhoHoldsTheRest() {
    BackupState.Slots first = ask(work -> {});
    BackupState.Slots again = ask(work -> {});
    aws.pause().pause(Duration.ofSeconds(11));
    BackupState.Slots later = ask(work -> {});

    assertThat(first.words()).startsWith("100 of 100 slots are free, 1 wanted");
    // What it keeps may not have been counted, so it is counted again until the next look.
    assertThat(again.words()).startsWith("at least 99 of 100 slots are free, 1 wanted");
    assertThat(later.words()).startsWith("100 of 100 slots are free, 1 wanted");
  }

  @Test
  void whereThereIsNoneItWaitsAtAPlaceAndHoldsNothing() {
    pendingOfOthers(100);

    BackupState.Slots slots = ask(work -> {});

    assertThat(slots.taken()).isFalse();
    assertThat(slots.place()).isPresent();
    assertThat(slots.waitSeconds()).isPositive();
    assertThat(held()).isEmpty();
    assertThat(aws.ledger().firstSlotWaits(10)).hasSize(1);
  }

  @Test
  void whoAsksAgainKeepsItsPlaceAndItsBeginning() {
    pendingOfOthers(100);
    BackupState.Slots first = ask(work -> {});
    aws.pause().pause(Duration.ofSeconds(first.waitSeconds()));

    BackupState.Slots second = ask(answered(first));

    assertThat(second.place()).isEqualTo(first.place());
    assertThat(second.since()).isEqualTo(first.since());
    assertThat(second.asked()).isEqualTo(2);
    assertThat(aws.ledger().firstSlotWaits(10)).hasSize(1);
  }

  @Test
  void whoWaitedForLongIsInspectedAgainOnceItHasItsSlots() {
    pendingOfOthers(100);
    BackupState.Slots first = ask(work -> {});
    ec2.snapshots.clear();
    aws.pause().pause(Duration.ofMinutes(11));

    BackupState.Slots second = ask(answered(first));

    assertThat(second.taken()).isTrue();
    assertThat(second.inspectAgain()).isTrue();
    assertThat(aws.ledger().firstSlotWaits(10)).isEmpty();
  }

  @Test
  void whoWaitedForADayGivesUpAndLeavesNothing() {
    pendingOfOthers(100);
    BackupState.Slots first = ask(work -> {});
    aws.pause().pause(TakeSlotsTask.MAX_WAIT.plusSeconds(1));

    assertThatThrownBy(() -> ask(answered(first)))
        .isInstanceOf(SlotsImpossibleException.class)
        .hasMessageStartingWith("it has waited for a slot since");
    assertThat(aws.ledger().firstSlotWaits(10)).isEmpty();
  }

  @Test
  void aSetLargerThanTheQuotaIsImpossible() {
    assertThatThrownBy(
            () ->
                ask(
                    work -> {
                      ArrayNode volumes =
                          at(work, "/inspection/answer/volumes").putArray("included");
                      IntStream.range(0, 101)
                          .forEach(number -> volumes.add("vol-%017x".formatted(number)));
                    }))
        .isInstanceOf(SlotsImpossibleException.class)
        .hasMessageStartingWith("the set has 101 snapshots, and no more than 100 may be pending");
  }

  @Test
  void aSetThatEc2RefusedGivesItsSlotsBackAndWaitsAsItsRefusalSays() {
    BackupState.Slots taken = ask(work -> {});

    BackupState.Slots refused =
        ask(
            answered(taken)
                .andThen(
                    work -> {
                      at(work, "/attempt").put("overQuota", 1);
                      caught(work, "createProblem", "refused: PendingSnapshotLimitExceeded");
                    }));

    assertThat(refused.taken()).isFalse();
    assertThat(refused.waitSeconds())
        .isEqualTo(QuotaRefusal.PENDING_SNAPSHOTS.pause(1).toSeconds());
    assertThat(refused.overQuota()).isOne();
    assertThat(held()).isEmpty();
  }

  @Test
  void aSetThatEc2RefusedIsInspectedAgainOnceItHasItsSlots() {
    BackupState.Slots taken = ask(work -> {});
    Consumer<ObjectNode> refusedOnce =
        work -> {
          at(work, "/attempt").put("overQuota", 1);
          caught(work, "createProblem", "refused: PendingSnapshotLimitExceeded");
        };
    BackupState.Slots refused = ask(answered(taken).andThen(refusedOnce));
    aws.pause().pause(Duration.ofSeconds(refused.waitSeconds()));

    BackupState.Slots second = ask(answered(refused).andThen(refusedOnce));
    BackupState.Slots third = ask(answered(second).andThen(refusedOnce));

    assertThat(second.taken()).isTrue();
    assertThat(second.inspectAgain()).isTrue();
    assertThat(third.taken()).isTrue();
    assertThat(third.inspectAgain()).isFalse();
  }

  @Test
  void aSetThatEc2RefusedTooOftenIsImpossible() {
    assertThatThrownBy(
            () ->
                ask(work -> at(work, "/attempt").put("overQuota", TakeSlotsTask.MAX_REFUSALS + 1)))
        .isInstanceOf(SlotsImpossibleException.class)
        .hasMessageStartingWith("EC2 has refused 9 sets that had slots: ");
  }
}
