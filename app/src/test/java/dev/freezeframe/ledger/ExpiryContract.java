package dev.freezeframe.ledger;

import static dev.freezeframe.ledger.Rows.DAILY;
import static dev.freezeframe.ledger.Rows.EXECUTION;
import static dev.freezeframe.ledger.Rows.RUN;
import static dev.freezeframe.ledger.Rows.SERVER;
import static dev.freezeframe.ledger.Rows.TWO;
import static dev.freezeframe.ledger.Rows.completed;
import static dev.freezeframe.ledger.Rows.instance;
import static dev.freezeframe.ledger.Rows.judged;
import static dev.freezeframe.ledger.Rows.pending;
import static dev.freezeframe.ledger.Rows.snapshotId;
import static dev.freezeframe.ledger.Rows.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.dynamo.LedgerUnderTest;
import dev.freezeframe.policy.Retention;
import dev.freezeframe.snapshot.SnapshotState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What is due, what a group holds, and how snapshots end. */
interface ExpiryContract extends LedgerUnderTest {
  Instant EXPIRY = Instant.parse("2026-12-06T02:00:05.678Z");
  LocalDate DAY = LocalDate.parse("2026-12-06");
  GroupKey GROUP = new GroupKey(DAILY, SERVER);
  List<SnapshotId> PAIR = List.of(snapshotId(1), snapshotId(2));
  Deletion DELETION = new Deletion("age", "its age ended", EXECUTION, EXPIRY, true);
  RetentionSettings TERMS =
      new RetentionSettings(
          OptionalInt.of(14),
          "the policy says 14 days",
          OptionalInt.of(3),
          Optional.of(
              new Retention.Tiers(
                  OptionalInt.empty(),
                  OptionalInt.of(7),
                  OptionalInt.empty(),
                  OptionalInt.of(12),
                  OptionalInt.empty())),
          2,
          true,
          ZoneId.of("Europe/Berlin"));

  private void record(int... numbers) {
    for (int number : numbers) {
      ledger().recordSnapshots(pending(number, number));
    }
  }

  private void judge(Optional<Instant> expiresAt) {
    ledger().recordVerdict(PAIR, verdict(Consistency.APPLICATION, "proved"), expiresAt, TERMS);
  }

  private List<SnapshotId> due(Instant now) {
    return ledger().due(DAY, now).map(IndexedSnapshot::snapshot).sorted().toList();
  }

  private SnapshotHistory life(int number) {
    return ledger().lives(List.of(snapshotId(number))).get(0);
  }

  @Test
  default void aSnapshotIsDueFromItsInstantOnAndOnItsDayOnly() {
    record(1, 2);
    judge(Optional.of(EXPIRY));

    assertThat(due(EXPIRY.minusMillis(1))).isEmpty();
    assertThat(due(EXPIRY)).isEqualTo(PAIR);
    assertThat(ledger().due(DAY.plusDays(1), EXPIRY.plus(Duration.ofDays(9)))).isEmpty();
    assertThat(ledger().due(DAY, EXPIRY))
        .allSatisfy(
            snapshot -> {
              assertThat(snapshot.group()).isEqualTo(GROUP);
              assertThat(snapshot.set()).isEqualTo(pending(1).set());
              assertThat(snapshot.pointInTime()).isEqualTo(pending(1).pointInTime());
              assertThat(snapshot.consistency()).contains(Consistency.APPLICATION);
              assertThat(snapshot.terms()).contains(TERMS);
              assertThat(snapshot.setSize()).hasValue(2);
              assertThat(snapshot.expiresAt()).contains(EXPIRY);
            });
  }

  @Test
  default void aSnapshotIsNotDueWithoutAnExpiry() {
    record(1, 2);
    judge(Optional.of(EXPIRY));
    ledger().recordExpiry(PAIR, Optional.empty(), Optional.of("newest"));

    assertThat(due(EXPIRY)).isEmpty();
    assertThat(life(1).held()).contains("newest");
    assertThat(life(1).row().expiresAt()).isEmpty();
  }

  @Test
  default void anExpiryMovesAndLosesItsHoldWhenNothingHoldsAnyMore() {
    record(1, 2);
    judge(Optional.empty());
    ledger().recordExpiry(PAIR, Optional.of(EXPIRY.minusSeconds(9)), Optional.of("locked"));
    ledger().recordExpiry(PAIR, Optional.of(EXPIRY), Optional.empty());

    assertThat(due(EXPIRY.minusSeconds(1))).isEmpty();
    assertThat(due(EXPIRY)).isEqualTo(PAIR);
    assertThat(life(2).held()).isEmpty();

    ledger().recordExpiry(PAIR, Optional.empty(), Optional.empty());
    assertThat(due(EXPIRY)).isEmpty();
  }

  @Test
  default void aGroupShowsItsLivingSnapshots() {
    SnapshotRow older = pending(1);
    SnapshotRow newer = later(pending(2), "newer", Duration.ofDays(1));
    SnapshotRow newest = later(pending(3), "newest", Duration.ofDays(2));
    ledger().recordSnapshots(List.of(newer, older, newest, of(instance(9), pending(4))));
    ledger().apply(completed(2, 3000));

    assertThat(ledger().members(GROUP))
        .extracting(IndexedSnapshot::snapshot, IndexedSnapshot::state)
        .containsExactlyInAnyOrder(
            tuple(snapshotId(1), Optional.of(SnapshotState.PENDING)),
            tuple(snapshotId(2), Optional.of(SnapshotState.COMPLETED)),
            tuple(snapshotId(3), Optional.of(SnapshotState.PENDING)));
  }

  private static SnapshotRow later(SnapshotRow row, String set, Duration by) {
    return SnapshotRow.pending(
        row.snapshot(),
        AttemptId.of(set, 1),
        row.volume(),
        row.instance(),
        row.policy(),
        row.run(),
        row.execution(),
        row.pointInTime().plus(by),
        row.device());
  }

  private static SnapshotRow of(InstanceId instance, SnapshotRow row) {
    return SnapshotRow.pending(
        row.snapshot(),
        row.set(),
        row.volume(),
        instance,
        row.policy(),
        row.run(),
        row.execution(),
        row.pointInTime(),
        row.device());
  }

  @Test
  default void aDeletedSnapshotLeavesTheIndexesAndItsRowSaysWhy() {
    record(1, 2);
    judge(Optional.of(EXPIRY));

    assertThat(ledger().recordDeletion(snapshotId(1), DELETION)).isTrue();

    assertThat(due(EXPIRY)).containsExactly(snapshotId(2));
    assertThat(ledger().members(GROUP))
        .extracting(IndexedSnapshot::snapshot)
        .containsExactly(snapshotId(2));
    assertThat(life(1))
        .isEqualTo(
            new SnapshotHistory(
                judged(pending(1), Consistency.APPLICATION, "proved", Optional.of(EXPIRY)),
                Optional.of(TERMS),
                Optional.empty(),
                Optional.empty(),
                Optional.of(DELETION),
                Optional.empty(),
                Optional.empty()));
    assertThat(ledger().snapshotsOf(RUN)).hasSize(2);
  }

  @Test
  default void aDeletionThatIsOrderedIsOnRecordUntilItsEndOrAHoldIs() {
    record(1, 2);
    judge(Optional.of(EXPIRY));
    PAIR.forEach(id -> assertThat(ledger().recordDeleting(id, DELETION)).isTrue());
    ledger().recordExpiry(PAIR, Optional.of(EXPIRY), Optional.empty());

    assertThat(life(1).deleting()).contains(DELETION);
    assertThat(life(1).living()).isTrue();
    assertThat(due(EXPIRY)).isEqualTo(PAIR);

    ledger().recordDeletion(snapshotId(1), DELETION);
    ledger().recordExpiry(List.of(snapshotId(2)), Optional.of(EXPIRY), Optional.of("locked"));

    assertThat(life(1).deleting()).isEmpty();
    assertThat(life(2).deleting()).isEmpty();
    assertThat(ledger().recordDeleting(snapshotId(1), DELETION)).isFalse();
    assertThat(ledger().recordDeleting(snapshotId(9), DELETION)).isFalse();
  }

  @Test
  default void aDeletionIsRecordedOnceAndOfWhatHasARow() {
    record(1);
    Deletion other = new Deletion("count 3", "not among", EXECUTION, TWO, false);

    assertThat(ledger().recordDeletion(snapshotId(1), DELETION)).isTrue();
    assertThat(ledger().recordDeletion(snapshotId(1), other)).isFalse();
    assertThat(ledger().recordDeletion(snapshotId(9), other)).isFalse();
    assertThat(life(1).deletion()).contains(DELETION);
    assertThat(ledger().lives(List.of(snapshotId(9)))).isEmpty();
  }

  @Test
  default void aDeletedSnapshotIsNotJudgedHeldOrDueAgain() {
    record(1, 2);
    judge(Optional.of(EXPIRY));
    PAIR.forEach(id -> ledger().recordDeletion(id, DELETION));

    ledger()
        .recordVerdict(PAIR, verdict(Consistency.UNKNOWN, "redriven"), Optional.of(EXPIRY), TERMS);
    ledger().recordVerdict(PAIR, verdict(Consistency.UNKNOWN, "redriven"), Optional.of(EXPIRY));
    ledger().recordExpiry(PAIR, Optional.of(EXPIRY), Optional.of("held"));
    ledger().recordReturned(snapshotId(1));

    assertThat(due(EXPIRY)).isEmpty();
    assertThat(life(1).row().reason()).contains("proved");
    assertThat(life(1).held()).isEmpty();
    assertThat(life(1).deletion()).contains(DELETION);
  }

  @Test
  default void aVanishedSnapshotMayReturn() {
    record(1, 2);
    judge(Optional.of(EXPIRY));

    assertThat(ledger().recordVanished(snapshotId(1), TWO)).isTrue();
    assertThat(ledger().recordVanished(snapshotId(1), EXPIRY)).isFalse();
    assertThat(ledger().recordDeletion(snapshotId(1), DELETION)).isFalse();
    assertThat(life(1).vanishedAt()).contains(TWO);
    assertThat(life(1).living()).isFalse();
    assertThat(due(EXPIRY)).containsExactly(snapshotId(2));

    ledger().recordReturned(snapshotId(1));
    ledger().recordReturned(snapshotId(2));

    assertThat(life(1).living()).isTrue();
    assertThat(due(EXPIRY)).containsExactly(snapshotId(2));
    assertThat(ledger().members(GROUP)).hasSize(2);
    assertThat(life(1).row())
        .isEqualTo(judged(pending(1), Consistency.APPLICATION, "proved", Optional.empty()));
  }

  @Test
  default void anAdoptionIsRecordedOnce() {
    record(1);
    Adoption first = new Adoption(TWO, "its tags");
    ledger().recordAdoption(snapshotId(1), first);
    ledger().recordAdoption(snapshotId(1), new Adoption(EXPIRY, "other tags"));
    ledger().recordAdoption(snapshotId(2), first);

    assertThat(life(1).adoption()).contains(first);
    assertThat(ledger().lives(List.of(snapshotId(2)))).isEmpty();
  }

  @Test
  default void theGroupsOfAllThatIsRecordedAreReadByKeyAPageAtATime() {
    for (int number : List.of(3, 1, 2, 1)) {
      ledger().recordSnapshots(List.of(of(instance(number), pending(number))));
    }
    List<GroupKey> first = ledger().groups(Optional.empty(), 2);

    assertThat(first)
        .containsExactly(new GroupKey(DAILY, instance(1)), new GroupKey(DAILY, instance(2)));
    assertThat(ledger().groups(Optional.of(first.get(1)), 2))
        .containsExactly(new GroupKey(DAILY, instance(3)));
    assertThat(ledger().groups(Optional.of(new GroupKey(DAILY, instance(3))), 2)).isEmpty();
  }

  @Test
  default void theDayFromWhichThingsAreDueNeverGoesBack() {
    assertThat(ledger().dueFrom()).isEmpty();
    ledger().beginDueFrom(DAY.minusDays(5));
    ledger().beginDueFrom(DAY.minusDays(4));
    assertThat(ledger().dueFrom()).contains(DAY.minusDays(5));
    ledger().recordDueFrom(DAY, DAY);
    ledger().recordDueFrom(DAY.minusDays(1), DAY);
    assertThat(ledger().dueFrom()).contains(DAY);
    ledger().recordDueFrom(DAY.plusDays(1), DAY.plusDays(1));
    assertThat(ledger().dueFrom()).contains(DAY.plusDays(1));
  }

  @Test
  default void aDayFromWhichThingsAreDueThatLiesInTheFutureIsTakenBack() {
    ledger().recordDueFrom(DAY.plusDays(90), DAY.plusDays(92));
    ledger().recordDueFrom(DAY.minusDays(2), DAY);
    assertThat(ledger().dueFrom()).contains(DAY.minusDays(2));
  }
}
