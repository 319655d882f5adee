package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoreRow.Stage;
import dev.freezeframe.restore.RestoreRow.Status;
import dev.freezeframe.restore.RestoreTags;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Volume;

/** A set is restored in each of the five ways, and undone again. */
class RestoresTest {
  static final String POLICY =
      """
      name: daily
      schedule: {cron: "0 2 * * ? *"}
      volumes: {excludeBoot: false}
      retention: {days: 14}
      """;

  /** A root beside one of the same origin is refused. */
  static final String DATA_ALONE = POLICY.replace("excludeBoot: false", "excludeBoot: true");

  private static final Instant BEGUN = Scene.DUE.plus(Duration.ofHours(1));
  private static final Instant OVER = BEGUN.plus(Duration.ofHours(2));
  private static final String ONE = Fleets.instanceId(1);
  private static final String TWO = Fleets.instanceId(2);

  private String policy = POLICY;
  private RestoreWorld before;
  private RestoreWorld after;
  private RestoreRow row;
  private Map<String, Integer> calls;

  private void restore(Destination to, Optional<InstanceId> target) {
    restore(to, target, cloud -> {});
  }

  private void restore(
      Destination to, Optional<InstanceId> target, Consumer<EmbeddedCloud> besides) {
    EmbeddedCloud[] held = new EmbeddedCloud[1];
    Restoring[] restoring = new Restoring[1];
    Result result =
        Scene.of(RestoreWorld.fleet(2, 2))
            .policy(policy)
            .besides(
                cloud -> {
                  held[0] = cloud;
                  restoring[0] = new Restoring(cloud);
                  restoring[0].at(BEGUN, 1, to, target);
                  before = RestoreWorld.at(cloud, BEGUN.minusSeconds(60));
                  after = RestoreWorld.at(cloud, OVER);
                  cloud
                      .time()
                      .at(OVER, () -> row = cloud.ledger().restore(Restoring.id(1)).orElse(null));
                  besides.accept(cloud);
                })
            .play();
    calls = result.calls();
    assertThat(row).as("planned as %s", restoring[0].planned).isNotNull();
  }

  private List<Volume> created() {
    return after.of(Restoring.id(1));
  }

  private void succeeded() {
    assertThat(row.status()).as(row.reason()).isEqualTo(Status.SUCCEEDED);
  }

  @Test
  void volumesAreCreatedAsTheyWereAndAttachedToNothing() {
    restore(Destination.VOLUMES, Optional.empty());

    succeeded();
    assertThat(created())
        .hasSize(3)
        .allMatch(volume -> volume.stateAsString().equals("available"))
        .allMatch(volume -> volume.volumeTypeAsString().equals("gp3"))
        .allMatch(
            volume ->
                RestoreWorld.tag(volume.tags(), RestoreTags.FROM)
                    .equals(Optional.of(volume.snapshotId())))
        .allMatch(volume -> RestoreWorld.tag(volume.tags(), "disk").isPresent());
    assertThat(created()).extracting(Volume::size).containsExactlyInAnyOrder(8, 100, 100);
    assertThat(after.attachedTo(ONE)).isEqualTo(before.attachedTo(ONE));
    assertThat(row.at(Stage.AVAILABLE)).isPresent();
  }

  @Test
  void volumesAreAttachedToAnInstanceBesideItsOwn() {
    policy = DATA_ALONE;
    restore(Destination.INSTANCE, Optional.of(new InstanceId(TWO)));

    succeeded();
    assertThat(created()).isNotEmpty();
    assertThat(after.attachedTo(TWO))
        .hasSize(before.attachedTo(TWO).size() + created().size())
        .containsAllEntriesOf(before.attachedTo(TWO));
    assertThat(after.state(TWO)).isEqualTo("running");
    assertThat(row.at(Stage.STOPPING)).isEmpty();
  }

  @Test
  void anInstanceIsRestoredInPlaceAndItsOldVolumesAreKept() {
    restore(Destination.IN_PLACE, Optional.empty());

    succeeded();
    assertThat(after.state(ONE)).isEqualTo("running");
    assertThat(after.attachedTo(ONE).keySet()).isEqualTo(before.attachedTo(ONE).keySet());
    assertThat(after.attachedTo(ONE).values())
        .containsExactlyInAnyOrderElementsOf(created().stream().map(Volume::volumeId).toList());
    assertThat(after.flags(ONE)).isEqualTo(before.flags(ONE));
    for (String old : before.attachedTo(ONE).values()) {
      assertThat(after.volumes)
          .filteredOn(volume -> volume.volumeId().equals(old))
          .singleElement()
          .satisfies(
              volume -> {
                assertThat(volume.stateAsString()).isEqualTo("available");
                assertThat(RestoreWorld.tag(volume.tags(), RestoreTags.REPLACED_BY))
                    .contains(Restoring.id(1).value());
              });
    }
    assertThat(row.at(Stage.RUNNING)).isPresent();
    assertThat(calls)
        .as("each call that changes something, as docs/workflow.md counts them")
        .containsEntry("ec2:CreateVolume", 3)
        .containsEntry("ec2:DetachVolume", 3)
        .containsEntry("ec2:AttachVolume", 3)
        .containsEntry("ec2:ModifyInstanceAttribute", 1)
        .containsEntry("ec2:StopInstances", 1)
        .containsEntry("ec2:StartInstances", 1)
        .doesNotContainKeys("ec2:DeleteVolume", "ec2:TerminateInstances");
  }

  @Test
  void aNewInstanceIsLaunchedWithAllVolumesOfTheSet() {
    restore(Destination.NEW, Optional.empty());

    succeeded();
    String launched = row.launched().orElseThrow().value();
    assertThat(after.state(launched)).isEqualTo("running");
    assertThat(after.attachedTo(launched)).hasSize(3).containsKey("/dev/xvda");
    assertThat(created())
        .hasSize(3)
        .allMatch(
            volume ->
                RestoreWorld.tag(volume.tags(), RestoreTags.FROM)
                    .equals(Optional.of(volume.snapshotId())));
    assertThat(after.flags(launched).values())
        .containsExactlyInAnyOrderElementsOf(before.flags(ONE).values());
    assertThat(after.images)
        .as("the image was for the launch only")
        .noneMatch(image -> Restoring.id(1).value().equals(image.name()));
    assertThat(row.image()).isEmpty();
  }

  @Test
  void theRootAloneIsReplaced() {
    restore(Destination.ROOT, Optional.empty());

    succeeded();
    assertThat(created()).hasSize(1);
    assertThat(after.attachedTo(ONE))
        .containsEntry("/dev/xvda", created().get(0).volumeId())
        .hasSize(3);
    assertThat(after.state(ONE)).isEqualTo("running");
  }

  @Test
  void aRestoreInPlaceIsUndoneOnRequestAndWhatItRanWithIsKeptUntilItIsCleanedUp() {
    RestoreRow[] cleaned = new RestoreRow[1];
    RestoreWorld[] clean = new RestoreWorld[1];
    restore(
        Destination.IN_PLACE,
        Optional.empty(),
        cloud -> {
          Restoring person = new Restoring(cloud);
          cloud.time().at(BEGUN.plus(Duration.ofHours(1)), () -> person.ask(1, "undo"));
          cloud.time().at(OVER.plusSeconds(60), () -> person.ask(1, "clean"));
          clean[0] = RestoreWorld.at(cloud, OVER.plus(Duration.ofHours(1)));
          cloud
              .time()
              .at(
                  OVER.plus(Duration.ofHours(1)),
                  () -> cleaned[0] = cloud.ledger().restore(Restoring.id(1)).orElseThrow());
        });

    assertThat(row.status()).as(row.reason()).isEqualTo(Status.UNDONE);
    assertThat(after.attachedTo(ONE)).isEqualTo(before.attachedTo(ONE));
    assertThat(after.flags(ONE)).isEqualTo(before.flags(ONE));
    assertThat(after.state(ONE)).isEqualTo("running");
    assertThat(created()).hasSize(3).allMatch(one -> one.stateAsString().equals("available"));
    assertThat(clean[0].of(Restoring.id(1))).isEmpty();
    assertThat(clean[0].attachedTo(ONE)).isEqualTo(before.attachedTo(ONE));
    assertThat(cleaned[0].status()).isEqualTo(Status.UNDONE);
  }

  private void undone(Destination to, Optional<InstanceId> target) {
    restore(
        to,
        target,
        cloud -> {
          Restoring person = new Restoring(cloud);
          cloud.time().at(BEGUN.plus(Duration.ofHours(1)), () -> person.ask(1, "undo"));
        });
    assertThat(row.status()).as(row.reason()).isEqualTo(Status.UNDONE);
    for (String instance : before.instances.keySet()) {
      assertThat(after.attachedTo(instance)).isEqualTo(before.attachedTo(instance));
      assertThat(after.flags(instance)).isEqualTo(before.flags(instance));
      assertThat(after.state(instance)).isEqualTo("running");
    }
  }

  @Test
  void volumesThatNobodyHasAttachedAreDeletedByAnUndo() {
    undone(Destination.VOLUMES, Optional.empty());

    assertThat(created()).isEmpty();
  }

  @Test
  void volumesBesideThoseOfAnInstanceAreDetachedAndDeletedByAnUndo() {
    policy = DATA_ALONE;
    undone(Destination.INSTANCE, Optional.of(new InstanceId(TWO)));

    assertThat(created()).isEmpty();
    assertThat(row.at(Stage.STOPPING)).as("it runs all the while").isEmpty();
  }

  @Test
  void anOldRootComesBackByAnUndoAndTheOneThatItRanWithIsKept() {
    undone(Destination.ROOT, Optional.empty());

    assertThat(created())
        .singleElement()
        .matches(volume -> volume.stateAsString().equals("available"));
  }

  @Test
  void aNewInstanceIsUndoneWithAllThatCameWithIt() {
    undone(Destination.NEW, Optional.empty());

    assertThat(created()).isEmpty();
  }
}
