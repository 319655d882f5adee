package dev.freezeframe.operator.restore.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoreRow.Stage;
import dev.freezeframe.restore.RestoreRow.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UndoTextTest {
  private static final InstanceId INSTANCE = new InstanceId("i-0aaa0000000000001");
  private static final Instant AT = Instant.parse("2026-11-28T15:30:00Z");

  private static RestoreRow row(Destination to, Status status, Map<Stage, Instant> reached) {
    return row(to, status, reached, Optional.of(AT).filter(any -> status != Status.RUNNING));
  }

  private static RestoreRow row(
      Destination to, Status status, Map<Stage, Instant> reached, Optional<Instant> endedAt) {
    return new RestoreRow(
        new RestoreId("restore-20261128T153000Z-1a2b3c4d"),
        plan(to).request(),
        "0123456789abcdef",
        "arn:execution",
        AT,
        status,
        "because",
        reached,
        Optional.empty(),
        Optional.empty(),
        endedAt);
  }

  private static RestorePlan plan(Destination to) {
    RestoreRequest request =
        new RestoreRequest(
            AttemptId.of("arn:execution", 1),
            INSTANCE,
            to,
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            false,
            List.of(),
            List.of(),
            new TreeSet<>(),
            false,
            Optional.empty());
    return new RestorePlan(
        request,
        "eu-central-1a",
        to.changesInstance() ? Optional.of(INSTANCE) : Optional.empty(),
        true,
        List.of(),
        to == Destination.IN_PLACE
            ? List.of(
                new RestorePlan.Replacement(
                    new VolumeId("vol-0aaa0000000000001"), "/dev/sdf", false))
            : List.of(),
        Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "REFUSED,true,true",
    "UNDONE,true,true",
    "RUNNING,false,true",
    "SUCCEEDED,false,true",
    "FAILED,false,true"
  })
  void aRestoreIsUndoneUnlessItNeverWasOrIsUndone(
      Status status, boolean nothing, boolean nothingLeft) {
    RestoreRow row = row(Destination.VOLUMES, status, Map.of());
    assertThat(UndoText.nothing(row).isPresent()).isEqualTo(nothing);
    assertThat(UndoText.nothingLeft(row, List.of()).isPresent()).isEqualTo(nothingLeft);
  }

  @ParameterizedTest
  @EnumSource
  void eachDestinationSaysWhatBecomesOfIt(Destination to) {
    assertThat(UndoText.undo(row(to, Status.SUCCEEDED, Map.of()), plan(to))).isNotEmpty();
  }

  @Test
  void aCleanUpEndsTheUndoThatIsTriedAgainEvenIfNothingIsLeft() {
    RestoreRow row =
        row(Destination.IN_PLACE, Status.FAILED, Map.of(Stage.UNDOING, AT), Optional.empty());

    assertThat(UndoText.nothingLeft(row, List.of())).isEmpty();
    assertThat(UndoText.clean(row, plan(Destination.IN_PLACE), List.of()))
        .startsWith(
            "Its undo is tried no more; i-0aaa0000000000001 stays as it is now, and is yours to put"
                + " back.");
    assertThat(UndoText.undo(row, plan(Destination.IN_PLACE)).get(0))
        .isEqualTo("It is tried every five minutes as it is; an execution tries it again now.");
  }

  @Test
  void whatTheInstanceRanWithIsKept() {
    assertThat(
            UndoText.undo(
                row(Destination.IN_PLACE, Status.SUCCEEDED, Map.of(Stage.RUNNING, AT)),
                plan(Destination.IN_PLACE)))
        .anyMatch(words -> words.startsWith("vol-0aaa0000000000001 is attached again as /dev/sdf"))
        .anyMatch(words -> words.contains("is down meanwhile"))
        .last()
        .asString()
        .contains("detached and kept");
  }

  @Test
  void whatItNeverRanWithIsDeleted() {
    assertThat(
            UndoText.undo(
                row(Destination.IN_PLACE, Status.RUNNING, Map.of(Stage.STOPPED, AT)),
                plan(Destination.IN_PLACE)))
        .startsWith("The restore goes on: what it has not done yet is not done.")
        .last()
        .asString()
        .startsWith("The volumes that it created are deleted, unless")
        .endsWith("has run with them.");
  }
}
