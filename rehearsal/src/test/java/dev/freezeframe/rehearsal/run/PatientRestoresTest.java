package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.instance.InstanceFault;
import dev.freezeframe.rehearsal.run.RestoreTroubles.AbortsOnce;
import dev.freezeframe.rehearsal.run.RestoreTroubles.Course;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoreRow.Stage;
import dev.freezeframe.restore.RestoreRow.Status;
import dev.freezeframe.slot.SlotHold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.Volume;

/** What a restore waits for: blocks that are read from snapshots, and guests that use volumes. */
class PatientRestoresTest {
  private static final Instant BEGUN = Scene.DUE.plus(Duration.ofHours(1));
  private static final String ONE = Fleets.instanceId(1);
  private static final String TWO = Fleets.instanceId(2);

  /** Of a volume of 8 GiB and one of 100 GiB, all of it data. */
  private static final int RATE = 100;

  private String policy = RestoresTest.POLICY;
  private Faults faults = Faults.NONE;
  private Duration until = Duration.ofHours(6);
  private UnaryOperator<Restoring> wish = person -> person;
  private RestoreWorld before;
  private RestoreWorld after;
  private RestoreRow row;

  private void restore(Destination to, BiConsumer<EmbeddedCloud, Restoring> besides) {
    Optional<InstanceId> target =
        Optional.of(new InstanceId(TWO)).filter(any -> to == Destination.INSTANCE);
    Scene.of(RestoreWorld.fleet(2, 1))
        .policy(policy)
        .faults(faults)
        .besides(
            cloud -> {
              Restoring person = wish.apply(new Restoring(cloud));
              person.at(BEGUN, 1, to, target);
              before = RestoreWorld.at(cloud, BEGUN.minusSeconds(60));
              after = RestoreWorld.at(cloud, BEGUN.plus(until));
              cloud
                  .time()
                  .at(
                      BEGUN.plus(until),
                      () -> row = cloud.ledger().restore(Restoring.id(1)).orElseThrow());
              besides.accept(cloud, person);
            })
        .play();
  }

  private void restore(Destination to) {
    restore(to, (cloud, person) -> {});
  }

  private List<Volume> created() {
    return after.of(Restoring.id(1));
  }

  private Duration initialized() {
    return Duration.between(
        row.at(Stage.AVAILABLE).orElseThrow(), row.at(Stage.INITIALIZED).orElseThrow());
  }

  /** How long the largest volume takes, of which every byte is read. */
  private static Duration takes(List<Volume> volumes) {
    return Duration.ofSeconds(
        volumes.stream().mapToInt(Volume::size).max().orElseThrow() * 1024L / RATE);
  }

  @Test
  void aRestoreIsOverOnlyWhenEveryBlockIsRead() {
    wish = person -> person.initializing(RATE);

    restore(Destination.VOLUMES);

    assertThat(row.status()).as(row.reason()).isEqualTo(Status.SUCCEEDED);
    assertThat(created()).hasSize(2).allMatch(volume -> volume.volumeInitializationRate() == RATE);
    assertThat(initialized()).isPositive().isLessThan(takes(created()).plusMinutes(11));
    assertThat(row.endedAt().orElseThrow()).isAfterOrEqualTo(row.at(Stage.INITIALIZED).get());
  }

  @Test
  void nobodyWaitsWhoDoesNotAskForIt() {
    restore(Destination.VOLUMES);

    assertThat(row.status()).as(row.reason()).isEqualTo(Status.SUCCEEDED);
    assertThat(row.at(Stage.INITIALIZED)).isEmpty();
    assertThat(created()).allMatch(volume -> volume.volumeInitializationRate() == null);
  }

  @Test
  void whereEc2RefusesToSayWhatIsReadTheRestoreIsCompleteAllTheSame() {
    wish = person -> person.initializing(RATE);
    faults =
        Faults.NONE.withCalls(
            new CallFault() {
              @Override
              public void before(String action, boolean changes, Caller caller, String detail) {
                if (action.equals("ec2:DescribeVolumeStatus")) {
                  throw Ec2Refusal.unauthorized();
                }
              }
            });

    restore(Destination.IN_PLACE);

    assertThat(row.status()).as(row.reason()).isEqualTo(Status.SUCCEEDED);
    assertThat(after.attachedTo(ONE).values())
        .containsExactlyInAnyOrderElementsOf(created().stream().map(Volume::volumeId).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Look at initialization", "All initialized?", "Wait until initialized"})
  void anAbortWhileBlocksAreReadUndoesNothing(String state) {
    wish = person -> person.initializing(RATE);
    faults = Faults.NONE.withExecutions(new AbortsOnce(Course.SUCCEEDS, List.of(state)));

    restore(Destination.IN_PLACE);

    assertThat(row.status()).as(row.reason()).isEqualTo(Status.SUCCEEDED);
    assertThat(row.reason()).contains("broke off when all was done");
    assertThat(after.state(ONE)).isEqualTo("running");
    assertThat(created()).hasSize(2).allMatch(volume -> volume.stateAsString().equals("in-use"));
  }

  /** Its guest uses what is attached when it starts, as if its file systems were mounted. */
  private static void mount(EmbeddedCloud cloud) {
    cloud.time().at(BEGUN.plus(Duration.ofMinutes(30)), () -> cloud.ec2().stop(TWO));
    cloud.time().at(BEGUN.plus(Duration.ofMinutes(40)), () -> cloud.ec2().start(TWO));
  }

  private void undoMounted(boolean unmounted) {
    policy = RestoresTest.DATA_ALONE;
    restore(
        Destination.INSTANCE,
        (cloud, person) -> {
          mount(cloud);
          cloud.time().at(BEGUN.plus(Duration.ofHours(1)), () -> person.ask(1, "undo"));
          if (unmounted) {
            cloud.time().at(BEGUN.plus(Duration.ofHours(3)), () -> cloud.ec2().stop(TWO));
            cloud.time().at(BEGUN.plus(Duration.ofHours(4)), () -> cloud.ec2().start(TWO));
          }
        });
  }

  @Test
  void anUndoWaitsForAGuestThatUsesAVolumeAndIsDoneWhenItDoesNoMore() {
    undoMounted(true);

    assertThat(row.status()).as(row.reason()).isEqualTo(Status.UNDONE);
    assertThat(row.endedAt().orElseThrow()).isAfter(BEGUN.plus(Duration.ofHours(3)));
    assertThat(created()).isEmpty();
    assertThat(after.attachedTo(TWO)).isEqualTo(before.attachedTo(TWO));
    assertThat(after.state(TWO)).isEqualTo("running");
  }

  @Test
  void anUndoNeverTakesAVolumeFromAGuestByForceAndSaysWhatToDo() {
    until = Duration.ofHours(40);

    undoMounted(false);

    assertThat(row.status()).as(row.reason()).isEqualTo(Status.FAILED);
    assertThat(row.reason())
        .contains("it is not undone after 30 hours")
        .contains("is in use in the guest of " + TWO + "; unmount it there");
    assertThat(created())
        .hasSize(1)
        .allMatch(volume -> volume.attachments().get(0).stateAsString().equals("busy"));
    assertThat(after.state(TWO)).isEqualTo("running");
  }

  /** EC2 keeps an attachment busy although the instance is stopped. */
  @Test
  void aRestoreInPlaceIsUndoneWhereTheOldVolumesAreNotDetached() {
    faults =
        Faults.NONE.withInstances(
            new InstanceFault() {
              @Override
              public Duration keepsBusy(String instanceId) {
                return instanceId.equals(ONE) ? Duration.ofMinutes(40) : Duration.ZERO;
              }
            });

    restore(Destination.IN_PLACE);

    assertThat(row.status()).as(row.reason()).isEqualTo(Status.UNDONE);
    assertThat(row.reason()).contains("DetachReplaced has waited");
    assertThat(created()).isEmpty();
    assertThat(after.attachedTo(ONE)).isEqualTo(before.attachedTo(ONE));
    assertThat(after.flags(ONE)).isEqualTo(before.flags(ONE));
    assertThat(after.state(ONE)).isEqualTo("running");
  }

  @Test
  void anUndoThatCannotBeginFailsAndTheRestoreStands() {
    Instant asked = BEGUN.plus(Duration.ofHours(1));
    List<Execution> executions = new ArrayList<>();

    restore(
        Destination.IN_PLACE,
        (cloud, person) -> {
          cloud
              .time()
              .at(
                  asked.minusSeconds(1),
                  () ->
                      cloud
                          .ledger()
                          .recordSlotHold(
                              SlotHold.of(
                                  "a backup",
                                  new InstanceId(ONE),
                                  AttemptId.of("a backup", 1),
                                  1,
                                  BEGUN.plus(until))));
          cloud.time().at(asked, () -> person.ask(1, "undo"));
          cloud.time().at(BEGUN.plus(until), () -> executions.addAll(cloud.restores()));
        });

    Execution undo =
        executions.stream().filter(one -> one.name().endsWith("-undo")).findFirst().orElseThrow();
    assertThat(undo.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(undo.cause().orElseThrow()).contains("a backup of " + ONE + " is under way");
    assertThat(row.status()).as(row.reason()).isEqualTo(Status.SUCCEEDED);
    assertThat(after.attachedTo(ONE)).isNotEqualTo(before.attachedTo(ONE));
  }
}
