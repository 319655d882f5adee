package dev.freezeframe.task.backup;

import static dev.freezeframe.task.backup.BackupInputs.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.slot.SlotsLostException;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.snapshot.SnapshotsRefusedException;
import dev.freezeframe.snapshot.SnapshotsUncertainException;
import dev.freezeframe.task.InputRefusedException;
import dev.freezeframe.task.KnownEc2;
import dev.freezeframe.task.NoAws;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.SnapshotInfo;

/** The freeze of the input is known for 10 s; its budget is 30 s. */
class CreateSnapshotsTaskTest {
  private static final String INSTANCE = "i-0123456789abcdef0";
  private static final Instant LAUNCHED = Instant.parse("2026-11-01T00:00:00Z");

  private final KnownEc2 ec2 = new KnownEc2();
  private final NoAws aws = new NoAws(ec2);

  @BeforeEach
  void takeOne() {
    ec2.taken.add(
        SnapshotInfo.builder()
            .snapshotId("snap-0123456789abcdef0")
            .volumeId("vol-0123456789abcdef0")
            .startTime(aws.clock().instant())
            .build());
  }

  private SnapshotSet create(Consumer<ObjectNode> change) {
    BackupInput order = BackupInputs.with(work -> change.accept(work));
    return create(order, 0);
  }

  private SnapshotSet create(BackupInput order, int redrives) {
    return new CreateSnapshotsTask(aws)
        .handle(
            new BackupInput(
                order.execution(),
                order.instanceId(),
                order.work(),
                redrives,
                order.enteredAt(),
                order.unproved()));
  }

  private static void withoutScripts(ObjectNode work) {
    at(work, "/inspection/answer").put("preScript", false);
  }

  @Test
  void aSetIsTakenByOneCallWhileTheGuestIsFrozen() {
    SnapshotSet set = create(work -> {});

    assertThat(set.quiescent()).isFalse();
    assertThat(ec2.ordered).hasSize(1);
    assertThat(ec2.asked).as("nobody looks at the instance meanwhile").isNull();
    assertThat(ec2.looks).isZero();
  }

  @Test
  void aFreezeOlderThanItsBudgetTakesNoSet() {
    aws.pause().pause(Duration.ofSeconds(20));
    assertThat(create(work -> {})).isNotNull();

    aws.pause().pause(Duration.ofSeconds(1));
    assertThatThrownBy(() -> create(work -> {}))
        .isInstanceOf(SnapshotsRefusedException.class)
        .hasMessage("the freeze is 31 s old, its budget is 30 s");
    assertThat(ec2.ordered).hasSize(1);
  }

  @Test
  void anExecutionThatWasRedrivenWhileItsSetWasOrderedCallsNobody() {
    BackupInput order = BackupInputs.with(work -> at(work, "/attempt").put("redrives", 0));

    assertThatThrownBy(() -> create(order, 1)).isInstanceOf(SnapshotsUncertainException.class);
    assertThat(ec2.ordered).isEmpty();
    assertThat(create(order, 0)).isNotNull();
  }

  @Test
  void aSetWithoutAFreezeIsTakenHoweverLateItsPreScriptWas() {
    aws.pause().pause(Duration.ofHours(1));

    assertThat(create(CreateSnapshotsTaskTest::withoutScripts)).isNotNull();
  }

  @Test
  void aSetWhoseSlotsHaveLapsedIsNotTaken() {
    Consumer<ObjectNode> withSlots =
        work -> {
          withoutScripts(work);
          work.putObject("slots")
              .putObject("answer")
              .put("taken", true)
              .put("inspectAgain", false)
              .put("waitSeconds", 0)
              .put("servedThen", 0)
              .put("asked", 1)
              .put("overQuota", 0)
              .put("words", "taken");
        };
    assertThatThrownBy(() -> create(withSlots)).isInstanceOf(SlotsLostException.class);
    assertThat(ec2.ordered).isEmpty();

    new TakeSlotsTask(aws).handle(BackupInputs.with(CreateSnapshotsTaskTest::withoutScripts));
    assertThat(create(withSlots)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "stopped, 2026-11-01T00:00:00Z, true",
    "running, 2026-11-01T00:00:00Z, false",
    "stopped, 2026-11-22T02:59:59Z, false"
  })
  void aStoppedInstanceIsQuiescentIfItIsStoppedStillAndWasNotStarted(
      String state, Instant launched, boolean quiescent) {
    ec2.instances.add(
        Instance.builder()
            .instanceId(INSTANCE)
            .state(now -> now.name(state))
            .launchTime(launched)
            .build());

    SnapshotSet set =
        create(
            work -> {
              withoutScripts(work);
              at(work, "/inspection/answer")
                  .put("stopped", true)
                  .put("launchedAt", LAUNCHED.toString());
            });

    assertThat(set.quiescent()).isEqualTo(quiescent);
  }

  @Test
  void anInstanceThatIsGoneByThenIsNotQuiescent() {
    SnapshotSet set =
        create(
            work -> {
              withoutScripts(work);
              at(work, "/inspection/answer").put("stopped", true);
            });

    assertThat(set.quiescent()).isFalse();
  }

  @Test
  void withoutTheVolumesThatWereInspectedNothingIsTaken() {
    assertThatThrownBy(() -> create(work -> at(work, "/inspection/answer").remove("volumes")))
        .isInstanceOf(InputRefusedException.class)
        .hasMessageStartingWith("work.inspection.answer.volumes is missing");
    assertThat(ec2.ordered).isEmpty();
  }
}
