package dev.freezeframe.operator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.IndexedSnapshot;
import dev.freezeframe.snapshot.SnapshotState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SetChoiceTest {
  private static final InstanceId INSTANCE = new InstanceId("i-0aaa0000000000001");
  private static final Instant START = Instant.parse("2026-11-20T02:00:00Z");

  private final List<IndexedSnapshot> living = new ArrayList<>();

  private static AttemptId set(int day) {
    return AttemptId.of("arn:execution:" + day, 1);
  }

  private static Instant at(int day) {
    return START.plusSeconds(86_400L * day);
  }

  private void add(int day, int number, SnapshotState state, Optional<Consistency> verdict) {
    living.add(
        new IndexedSnapshot(
            new SnapshotId("snap-0aaa00000000" + day + number),
            set(day),
            new PolicyName("daily"),
            INSTANCE,
            at(day),
            Optional.of(state),
            verdict,
            Optional.empty(),
            Optional.empty(),
            OptionalInt.of(2)));
  }

  private void whole(int day, Consistency verdict) {
    add(day, 1, SnapshotState.COMPLETED, Optional.of(verdict));
    add(day, 2, SnapshotState.COMPLETED, Optional.of(verdict));
  }

  private SetChoice choose(Optional<Instant> latest, Consistency... accept) {
    return SetChoice.of(INSTANCE, living, latest, List.of(accept));
  }

  @Test
  void theNewestIsChosen() {
    whole(1, Consistency.APPLICATION);
    whole(2, Consistency.APPLICATION);
    assertThat(choose(Optional.empty()).set()).contains(set(2));
    assertThat(choose(Optional.of(at(2).minusMillis(1))).set()).contains(set(1));
    assertThat(choose(Optional.of(at(2))).set()).contains(set(2));
    assertThat(choose(Optional.of(at(0))).set()).isEmpty();
  }

  @Test
  void aHalfSetAndOneThatHasNotCompletedArePassedOver() {
    whole(1, Consistency.APPLICATION);
    add(2, 1, SnapshotState.COMPLETED, Optional.of(Consistency.APPLICATION));
    add(3, 1, SnapshotState.COMPLETED, Optional.of(Consistency.APPLICATION));
    add(3, 2, SnapshotState.PENDING, Optional.of(Consistency.APPLICATION));
    SetChoice choice = choose(Optional.empty());
    assertThat(choice.set()).contains(set(1));
    assertThat(choice.words())
        .anyMatch(words -> words.endsWith("passed over: 1 of its 2 snapshots are left"))
        .anyMatch(words -> words.endsWith("passed over: not all of its snapshots have completed"));
  }

  @Test
  void aVerdictThatIsNotAcceptedIsPassedOver() {
    whole(1, Consistency.APPLICATION);
    whole(2, Consistency.CRASH);
    add(3, 1, SnapshotState.COMPLETED, Optional.empty());
    add(3, 2, SnapshotState.COMPLETED, Optional.of(Consistency.APPLICATION));
    assertThat(choose(Optional.empty()).set()).contains(set(1));
    assertThat(choose(Optional.empty(), Consistency.CRASH).set()).contains(set(2));
    assertThat(choose(Optional.empty(), Consistency.UNKNOWN).set()).contains(set(3));
  }

  @Test
  void whatIsPassedOverIsNamedThreeTimesAndThenCounted() {
    for (int day = 1; day <= 9; day++) {
      whole(day, Consistency.UNKNOWN);
    }
    SetChoice choice = choose(Optional.empty());
    assertThat(choice.set()).isEmpty();
    assertThat(choice.words()).hasSize(5).last().isEqualTo("6 more are passed over");
  }
}
