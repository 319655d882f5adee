package dev.freezeframe.rehearsal.ec2;

import static dev.freezeframe.rehearsal.ec2.api.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.cloud.Call;
import dev.freezeframe.rehearsal.cloud.Stage;
import dev.freezeframe.rehearsal.ec2.api.Ec2Settings;
import dev.freezeframe.rehearsal.ec2.snapshot.SetFault;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotBehavior;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.fleet.Fleets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.CopyTagsFromSource;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.InstanceSpecification;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SnapshotInfo;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.VolumeType;

class CreateSnapshotsTest {
  private static final String INSTANCE = Fleets.instanceId(1);

  private final Stage stage = new Stage();
  private EmbeddedEc2 ec2 = ec2(Ec2Settings.DEFAULTS, Fleets.of(2, 3));

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void aSetHasOnePointInTimeInTheMiddleOfTheCall() {
    List<SnapshotInfo> set = create(spec -> {});

    Call call = stage.api.calls().get(0);
    assertThat(set).hasSize(4).allMatch(snapshot -> snapshot.stateAsString().equals("pending"));
    assertThat(set)
        .allMatch(
            snapshot ->
                snapshot
                    .startTime()
                    .equals(
                        call.startedAt()
                            .plus(Duration.between(call.startedAt(), call.endedAt()).dividedBy(2))
                            .truncatedTo(ChronoUnit.SECONDS)));
  }

  @Test
  void aTagKeyThatIsGivenTwiceOrGivenAndCopiedIsRefused() {
    for (List<Tag> given :
        List.of(List.of(tag("a", "1"), tag("a", "2")), List.of(tag("disk", "")))) {
      TagSpecification tags =
          TagSpecification.builder().resourceType(ResourceType.SNAPSHOT).tags(given).build();
      assertRefused(
          "InvalidParameterValue",
          () ->
              stage.call(
                  () ->
                      ec2.createSnapshots(
                          request(spec -> {}).toBuilder()
                              .copyTagsFromSource(CopyTagsFromSource.VOLUME)
                              .tagSpecifications(tags)
                              .build())));
    }
  }

  @Test
  void theSameSeedGivesTheSameIds() {
    try (Stage again = new Stage()) {
      EmbeddedEc2 other =
          new EmbeddedEc2(
              again.time,
              again.seed,
              again.api,
              Ec2Settings.DEFAULTS,
              Fleets.of(2, 3),
              SetFault.NONE,
              again.events::add);

      assertThat(again.call(() -> other.createSnapshots(request(spec -> {}))).snapshots())
          .isEqualTo(create(spec -> {}));
    }
  }

  @Test
  void theBootVolumeAndDataVolumesCanBeExcluded() {
    List<SnapshotInfo> set =
        create(spec -> spec.excludeBootVolume(true).excludeDataVolumeIds(Fleets.volumeId(1, 2)));

    assertThat(set)
        .extracting(SnapshotInfo::volumeId)
        .containsExactly(Fleets.volumeId(1, 1), Fleets.volumeId(1, 3));
  }

  @Test
  void theRootVolumeAmongTheExcludedDataVolumesIsRefused() {
    assertRefused(
        "InvalidParameterValue",
        () -> create(spec -> spec.excludeDataVolumeIds(Fleets.volumeId(1, 0))));
  }

  @Test
  void fortyVolumesCanBeExcludedNotMore() {
    ec2 = ec2(Ec2Settings.DEFAULTS, Fleets.of(1, 45));

    assertThat(create(spec -> spec.excludeDataVolumeIds(volumes(1, 40)))).hasSize(6);
    assertRefused(
        "InvalidParameterValue", () -> create(spec -> spec.excludeDataVolumeIds(volumes(1, 41))));
  }

  @Test
  void aSetOfNothingIsRefused() {
    assertRefused(
        "InvalidParameterValue",
        () -> create(spec -> spec.excludeBootVolume(true).excludeDataVolumeIds(volumes(1, 3))));
  }

  @Test
  void aSetHas128VolumesAtMost() {
    ec2 =
        ec2(
            Ec2Settings.DEFAULTS.withPendingPerAccount(1000),
            Fleets.together(Fleets.one(1, 128), Fleets.one(2, 127)));

    assertRefused("InvalidParameterValue", () -> create(spec -> {}));
    assertThat(create(spec -> spec.instanceId(Fleets.instanceId(2)))).hasSize(128);
  }

  @Test
  void tagsAreThereFromTheStartThoseOfTheVolumeToo() {
    List<SnapshotInfo> set =
        stage
            .call(
                () ->
                    ec2.createSnapshots(
                        request(spec -> spec.excludeBootVolume(true)).toBuilder()
                            .copyTagsFromSource(CopyTagsFromSource.VOLUME)
                            .tagSpecifications(tags(1))
                            .build()))
            .snapshots();

    assertThat(set.get(0).tags()).containsExactly(tag("disk", "/dev/sda"), tag("key-0", "value"));
  }

  @Test
  void copiedAndGivenTagsAreFiftyAtMost() {
    assertRefused(
        "TagLimitExceeded",
        () ->
            stage.call(
                () ->
                    ec2.createSnapshots(
                        request(spec -> {}).toBuilder()
                            .copyTagsFromSource(CopyTagsFromSource.VOLUME)
                            .tagSpecifications(tags(50))
                            .build())));
  }

  @Test
  void hibernationEnabledInstancesAreRefused() {
    Fleet fleet = Fleets.one(1, 1);
    ec2 =
        ec2(
            Ec2Settings.DEFAULTS,
            new Fleet(
                List.of(
                    fleet
                        .instances()
                        .get(0)
                        .copy(instance -> instance.hibernationOptions(h -> h.configured(true)))),
                fleet.volumes()));

    assertRefused("UnsupportedOperation", () -> create(spec -> {}));
  }

  @Test
  void aStoppedInstanceIsFine() {
    ec2.stop(INSTANCE);
    stage.pass(Duration.ofMinutes(2));

    assertThat(create(spec -> {})).hasSize(4);
  }

  @Test
  void aTerminatedInstanceIsRefusedAndLaterUnknown() {
    ec2.terminate(INSTANCE);

    assertRefused("IncorrectInstanceState", () -> create(spec -> {}));
    stage.pass(Duration.ofHours(1));
    assertRefused("InvalidInstanceID.NotFound", () -> create(spec -> {}));
  }

  @Test
  void fifteenSecondsLieBetweenTwoSnapshotsOfAVolume() {
    create(spec -> {});
    stage.pass(Duration.ofSeconds(13));

    assertRefused("SnapshotCreationPerVolumeRateExceeded", () -> create(spec -> {}));
    stage.pass(Duration.ofSeconds(1));
    assertThat(create(spec -> {})).hasSize(4);
  }

  @Test
  void fiveSnapshotsOfAVolumeMayBePending() {
    ec2 = ec2(Ec2Settings.DEFAULTS, Fleets.of(1, 0), slow());
    for (int i = 0; i < 5; i++) {
      create(spec -> {});
      stage.pass(Duration.ofSeconds(15));
    }

    assertRefused("ConcurrentSnapshotLimitExceeded", () -> create(spec -> {}));
  }

  @Test
  void oneSnapshotOfAnSt1VolumeMayBePending() {
    Fleet fleet = Fleets.one(1, 0);
    ec2 =
        ec2(
            Ec2Settings.DEFAULTS,
            new Fleet(
                fleet.instances(),
                List.of(fleet.volumes().get(0).copy(v -> v.volumeType(VolumeType.ST1)))),
            slow());
    create(spec -> {});
    stage.pass(Duration.ofSeconds(15));

    assertRefused("ConcurrentSnapshotLimitExceeded", () -> create(spec -> {}));
  }

  @Test
  void theAccountHasAQuotaOfPendingSnapshots() {
    ec2 = ec2(Ec2Settings.DEFAULTS.withPendingPerAccount(6), Fleets.of(2, 3));
    create(spec -> {});

    assertRefused(
        "PendingSnapshotLimitExceeded",
        () -> create(spec -> spec.instanceId(Fleets.instanceId(2))));
    stage.pass(Duration.ofMinutes(5));
    assertThat(create(spec -> spec.instanceId(Fleets.instanceId(2)))).hasSize(4);
  }

  @Test
  void aRegionHasAQuotaOfSnapshots() {
    ec2 =
        ec2(
            new Ec2Settings("eu-central-1", "111122223333", 100, 7, Duration.ZERO),
            Fleets.of(2, 3));
    create(spec -> {});

    assertRefused(
        "SnapshotLimitExceeded", () -> create(spec -> spec.instanceId(Fleets.instanceId(2))));
  }

  @Test
  void aHundredAtOnceThenFiveASecond() {
    ec2 = ec2(Ec2Settings.DEFAULTS.withPendingPerAccount(1000), Fleets.of(110, 0));
    List<Runnable> calls =
        IntStream.rangeClosed(1, 110)
            .<Runnable>mapToObj(
                number ->
                    () ->
                        ec2.createSnapshots(
                            request(spec -> spec.instanceId(Fleets.instanceId(number)))))
            .toList();
    for (Runnable call : calls) {
      stage.time.start("burst", () -> quietly(call));
    }
    stage.pass(Duration.ofSeconds(2));

    assertThat(stage.api.calls()).filteredOn(call -> call.error().isEmpty()).hasSize(100);
    assertThat(stage.api.calls())
        .filteredOn(call -> call.error().equals("RequestLimitExceeded"))
        .hasSize(10);
  }

  private static void quietly(Runnable call) {
    try {
      call.run();
    } catch (Ec2Exception refused) {
      // counted by the door
    }
  }

  private List<SnapshotInfo> create(Consumer<InstanceSpecification.Builder> change) {
    return stage.call(() -> ec2.createSnapshots(request(change))).snapshots();
  }

  private static CreateSnapshotsRequest request(Consumer<InstanceSpecification.Builder> change) {
    InstanceSpecification.Builder specification =
        InstanceSpecification.builder().instanceId(INSTANCE);
    change.accept(specification);
    return CreateSnapshotsRequest.builder().instanceSpecification(specification.build()).build();
  }

  private EmbeddedEc2 ec2(Ec2Settings settings, Fleet fleet) {
    return ec2(settings, fleet, SetFault.NONE);
  }

  private EmbeddedEc2 ec2(Ec2Settings settings, Fleet fleet, SetFault faults) {
    return new EmbeddedEc2(
        stage.time, stage.seed, stage.api, settings, fleet, faults, stage.events::add);
  }

  private static SetFault slow() {
    return instance -> SnapshotBehavior.GOOD.taking(Duration.ofHours(6));
  }

  private static List<String> volumes(int instance, int most) {
    return IntStream.rangeClosed(1, most)
        .mapToObj(place -> Fleets.volumeId(instance, place))
        .toList();
  }

  private static TagSpecification tags(int many) {
    Stream<Tag> tags = IntStream.range(0, many).mapToObj(number -> tag("key-" + number, "value"));
    return TagSpecification.builder()
        .resourceType(ResourceType.SNAPSHOT)
        .tags(tags.toList())
        .build();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
