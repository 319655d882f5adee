package dev.freezeframe.rehearsal.ec2;

import static dev.freezeframe.rehearsal.ec2.api.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.rehearsal.cloud.Stage;
import dev.freezeframe.rehearsal.ec2.api.Ec2Settings;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotBehavior;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotView;
import dev.freezeframe.rehearsal.fleet.Fleets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.SnapshotInfo;
import software.amazon.awssdk.services.ec2.model.Tag;

class SnapshotLifeTest {
  private static final String INSTANCE = Fleets.instanceId(1);

  private final Stage stage = new Stage();
  private SnapshotBehavior fate = SnapshotBehavior.GOOD;
  private final EmbeddedEc2 ec2 =
      new EmbeddedEc2(
          stage.time,
          stage.seed,
          stage.api,
          Ec2Settings.DEFAULTS,
          Fleets.of(1, 2),
          instance -> fate,
          stage.events::add);

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void snapshotsCompleteAfterMinutes() {
    create();
    stage.pass(Duration.ofSeconds(30));
    assertThat(ec2.snapshots()).allMatch(snapshot -> snapshot.state().equals("pending"));
    stage.pass(Duration.ofMinutes(2));
    assertThat(ec2.snapshots()).allMatch(snapshot -> snapshot.state().equals("completed"));
  }

  @Test
  void eachSnapshotAndTheSetAnnounceTheirCompletion() {
    List<SnapshotInfo> set = create();
    stage.pass(Duration.ofMinutes(5));

    assertThat(stage.events)
        .extracting(event -> event.get("detail-type").asText())
        .containsExactly(
            "EBS Snapshot Notification",
            "EBS Snapshot Notification",
            "EBS Snapshot Notification",
            "EBS Multi-Volume Snapshots Completion Status");
    ObjectNode last = stage.events.get(3);
    JsonNode detail = last.get("detail");
    assertThat(last.get("source").asText()).isEqualTo("aws.ec2");
    assertThat(last.get("resources")).hasSize(3);
    assertThat(detail.get("event").asText()).isEqualTo("createSnapshots");
    assertThat(detail.get("result").asText()).isEqualTo("succeeded");
    assertThat(detail.get("cause").asText()).isEmpty();
    assertThat(detail.get("startTime").asText())
        .isEqualTo(set.get(0).startTime().truncatedTo(ChronoUnit.SECONDS).toString());
    assertThat(detail.get("snapshots"))
        .extracting(snapshot -> snapshot.get("status").asText())
        .containsOnly("completed");
    assertThat(detail.has("instance-id")).isFalse();
  }

  @Test
  void anEventOfOneSnapshotNamesItAndItsVolume() {
    create();
    stage.pass(Duration.ofMinutes(5));

    JsonNode detail = stage.events.get(0).get("detail");
    assertThat(detail.get("event").asText()).isEqualTo("createSnapshot");
    assertThat(detail.get("result").asText()).isEqualTo("succeeded");
    assertThat(detail.get("source").asText()).contains("/vol-");
    assertThat(detail.get("snapshot_id").asText()).contains("/snap-0");
  }

  @Test
  void bothFormsOfAnArnOccur() {
    create();
    stage.pass(Duration.ofMinutes(5));

    assertThat(stage.events)
        .extracting(event -> event.get("resources").get(0).asText())
        .anyMatch(arn -> arn.startsWith("arn:aws:ec2::eu-central-1:snapshot/snap-0"))
        .anyMatch(arn -> arn.startsWith("arn:aws:ec2:eu-central-1::snapshot/snap-0"));
  }

  @Test
  void aFailedMemberTakesTheOthersToError() {
    fate = SnapshotBehavior.GOOD.failing();
    List<SnapshotInfo> set = create();
    stage.pass(Duration.ofMinutes(5));

    assertThat(ec2.snapshots()).allMatch(snapshot -> snapshot.state().equals("error"));
    JsonNode detail = stage.events.get(3).get("detail");
    assertThat(detail.get("result").asText()).isEqualTo("failed");
    assertThat(detail.get("cause").asText())
        .isEqualTo("Snapshot " + set.get(2).snapshotId() + " is in status error");
    assertThat(detail.get("snapshots"))
        .extracting(snapshot -> snapshot.get("status").asText())
        .containsOnly("error");
  }

  @Test
  void aSnapshotInErrorCountsAmongThePendingOnesOfItsVolume() {
    fate = SnapshotBehavior.GOOD.failing();
    for (int i = 0; i < 5; i++) {
      create();
      stage.pass(Duration.ofMinutes(5));
    }
    assertRefused("ConcurrentSnapshotLimitExceeded", this::create);

    for (SnapshotView snapshot : ec2.snapshots()) {
      stage.call(() -> ec2.deleteSnapshot(r -> r.snapshotId(snapshot.snapshotId())));
    }
    assertThat(create()).hasSize(3);
  }

  @Test
  void aSlowSnapshotHoldsItsSetBack() {
    fate = SnapshotBehavior.GOOD.taking(Duration.ofHours(6));
    create();
    stage.pass(Duration.ofHours(5));
    assertThat(stage.events).hasSize(2);
    stage.pass(Duration.ofHours(1));
    assertThat(stage.events).hasSize(4);
  }

  @Test
  void eventsCanBeLost() {
    fate = SnapshotBehavior.GOOD.losingEvents();
    create();
    stage.pass(Duration.ofDays(1));

    assertThat(stage.events).isEmpty();
    assertThat(ec2.snapshots()).allMatch(snapshot -> snapshot.state().equals("completed"));
  }

  @Test
  void eventsCanComeTwice() {
    fate = SnapshotBehavior.GOOD.doublingEvents();
    create();
    stage.pass(Duration.ofMinutes(5));

    assertThat(stage.events).hasSize(8);
    assertThat(stage.events.stream().map(event -> event.get("id").asText()).distinct()).hasSize(4);
  }

  @Test
  void eventsCanComeLateAndStillTellTheTrueTime() {
    fate = SnapshotBehavior.GOOD.delayingEvents(Duration.ofDays(1));
    create();
    stage.pass(Duration.ofDays(1));
    assertThat(stage.events).isEmpty();
    stage.pass(Duration.ofMinutes(5));

    assertThat(stage.events).hasSize(4);
    assertThat(Instant.parse(stage.events.get(0).get("time").asText()))
        .isBefore(Stage.START.plus(Duration.ofMinutes(5)));
  }

  @Test
  void eventsCanComeBeforeTheAnswer() {
    fate = SnapshotBehavior.GOOD.completingEarly();
    create();

    assertThat(stage.events).hasSize(4);
  }

  @Test
  void aNewSnapshotIsNotSeenAtOnce() {
    List<SnapshotInfo> set = create();
    String id = set.get(0).snapshotId();

    assertThat(described("pending")).isEmpty();
    assertRefused(
        "InvalidSnapshot.NotFound",
        () -> stage.call(() -> ec2.describeSnapshots(r -> r.snapshotIds(id))));
    assertRefused("InvalidSnapshot.NotFound", () -> tag(id, 1));
    stage.pass(Duration.ofSeconds(2));
    assertThat(described("pending")).hasSize(3);
    tag(id, 1);
  }

  @Test
  void snapshotsAreFoundByTagStatusAndVolume() {
    List<SnapshotInfo> set = create();
    stage.pass(Duration.ofMinutes(5));
    tag(set.get(1).snapshotId(), 1);

    List<Snapshot> found =
        stage.call(
            () ->
                ec2.describeSnapshots(
                        r ->
                            r.filters(
                                filter("tag:key-0", "value"),
                                filter("status", "completed"),
                                filter("volume-id", set.get(1).volumeId())))
                    .snapshots());
    assertThat(found).extracting(Snapshot::snapshotId).containsExactly(set.get(1).snapshotId());
    assertThat(found.get(0).progress()).isEqualTo("100%");
    assertThat(found.get(0).completionTime()).isNotNull();
  }

  @Test
  void theStatusFilterKnowsNothingOfTheRecycleBin() {
    assertRefused("InvalidParameterValue", () -> described("recoverable"));
  }

  @Test
  void aSnapshotHasFiftyTagsAtMost() {
    String id = create().get(0).snapshotId();
    stage.pass(Duration.ofSeconds(2));
    tag(id, 50);

    assertRefused(
        "TagLimitExceeded",
        () ->
            stage.call(
                () ->
                    ec2.createTags(
                        r -> r.resources(id).tags(Tag.builder().key("more").value("").build()))));
  }

  @Test
  void tagsAreTakenAwayByKeyOrByKeyAndValue() {
    String id = create().get(0).snapshotId();
    stage.pass(Duration.ofSeconds(2));
    tag(id, 3);
    stage.call(
        () ->
            ec2.deleteTags(
                r ->
                    r.resources(id)
                        .tags(
                            Tag.builder().key("key-0").build(),
                            Tag.builder().key("key-1").value("other").build())));

    SnapshotView view =
        ec2.snapshots().stream().filter(s -> s.snapshotId().equals(id)).findFirst().orElseThrow();
    assertThat(view.tags()).containsOnlyKeys("key-1", "key-2");
  }

  @Test
  void aDeletedSnapshotIsNotFound() {
    String id = create().get(0).snapshotId();
    stage.pass(Duration.ofMinutes(5));
    delete(id);

    assertRefused("InvalidSnapshot.NotFound", () -> delete(id));
    assertThat(ec2.snapshots()).hasSize(2);
  }

  @Test
  void deletingAPendingSnapshotTakesEffectWhenItCompletes() {
    String id = create().get(0).snapshotId();
    stage.pass(Duration.ofSeconds(2));
    delete(id);
    assertThat(ec2.snapshots()).hasSize(3);
    stage.pass(Duration.ofMinutes(5));

    assertThat(ec2.snapshots()).hasSize(2);
  }

  @Test
  void aSnapshotThatIsUsedOrLockedIsNotDeleted() {
    List<SnapshotInfo> set = create();
    stage.pass(Duration.ofMinutes(5));
    ec2.useForImage(set.get(0).snapshotId(), "ami-0123456789abcdef0");
    ec2.lock(set.get(1).snapshotId());

    assertRefused("InvalidSnapshot.InUse", () -> delete(set.get(0).snapshotId()));
    assertRefused("OperationNotPermitted", () -> delete(set.get(1).snapshotId()));
    ec2.deleteByHand(set.get(1).snapshotId());
    assertThat(ec2.snapshots()).hasSize(2);
  }

  private List<SnapshotInfo> create() {
    return stage
        .call(() -> ec2.createSnapshots(r -> r.instanceSpecification(s -> s.instanceId(INSTANCE))))
        .snapshots();
  }

  private void delete(String id) {
    stage.call(() -> ec2.deleteSnapshot(r -> r.snapshotId(id)));
  }

  private void tag(String id, int many) {
    List<Tag> tags =
        IntStream.range(0, many)
            .mapToObj(number -> Tag.builder().key("key-" + number).value("value").build())
            .toList();
    stage.call(() -> ec2.createTags(CreateTagsRequest.builder().resources(id).tags(tags).build()));
  }

  private List<Snapshot> described(String status) {
    return stage.call(
        () -> ec2.describeSnapshots(r -> r.filters(filter("status", status))).snapshots());
  }

  private static Filter filter(String name, String... values) {
    return Filter.builder().name(name).values(values).build();
  }
}
