package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.documents.SsmDocument;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.restore.RestoreOrder;
import dev.freezeframe.rehearsal.restore.RestoreReport;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestoreRow.Status;
import dev.freezeframe.restore.RestoreTags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeType;
import software.amazon.awssdk.services.kms.model.KeyState;

/** A whole rehearsal that restores what it backed up: the result has what was recorded. */
class RehearsedRestoresTest {
  private static final String ONE = Fleets.instanceId(1);
  private static final String TWO = Fleets.instanceId(2);
  private static final String IMAGE = "ami-0123456789abcdef0";

  /** A root beside one of its own origin is refused. */
  private static final String OTHER = "ami-0123456789abcdef1";

  private static final String KEY =
      "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555";
  private static final ManualFault LOST =
      cloud -> cloud.time().at(Scene.DUE.plus(Duration.ofDays(1)), () -> lose(cloud));

  /** The instance with all that goes with it, and by hand what stays. */
  private static void lose(EmbeddedCloud cloud) {
    cloud.ec2().terminate(ONE);
  }

  /** A root, a fast encrypted volume that goes with its instance, and a plain one that stays. */
  private static Fleet fleet() {
    Fleet plain = RestoreWorld.fleet(2, 2);
    return new Fleet(
        plain.instances().stream()
            .map(
                instance ->
                    instance.copy(
                        builder ->
                            builder
                                .imageId(instance.instanceId().equals(ONE) ? IMAGE : OTHER)
                                .blockDeviceMappings(
                                    instance.blockDeviceMappings().stream()
                                        .map(RehearsedRestoresTest::going)
                                        .toList())))
            .toList(),
        plain.volumes().stream()
            .map(RehearsedRestoresTest::odd)
            .map(RehearsedRestoresTest::named)
            .toList());
  }

  private static InstanceBlockDeviceMapping going(InstanceBlockDeviceMapping mapping) {
    boolean goes = !mapping.ebs().volumeId().endsWith("02");
    return mapping.copy(
        builder ->
            builder
                .deviceName(device(mapping.deviceName()))
                .ebs(mapping.ebs().copy(ebs -> ebs.deleteOnTermination(goes))));
  }

  /** Names that an image's root does not take. */
  private static String device(String given) {
    return given.replace("/dev/sda", "/dev/sdf").replace("/dev/sdb", "/dev/sdg");
  }

  private static Volume named(Volume volume) {
    return volume.copy(
        builder ->
            builder.attachments(
                volume.attachments().stream()
                    .map(on -> on.copy(changed -> changed.device(device(on.device()))))
                    .toList()));
  }

  private static Volume odd(Volume volume) {
    return switch (volume.volumeId().substring(volume.volumeId().length() - 2)) {
      case "01" ->
          volume.copy(
              builder ->
                  builder
                      .volumeType(VolumeType.IO2)
                      .iops(4_200)
                      .encrypted(true)
                      .kmsKeyId(KEY)
                      .tags(tags(volume, "owner", "orders")));
      case "02" ->
          volume.copy(
              builder ->
                  builder
                      .volumeType(VolumeType.GP3)
                      .iops(3_600)
                      .throughput(250)
                      .tags(tags(volume, "owner", "archive")));
      default -> volume;
    };
  }

  private static List<Tag> tags(Volume volume, String key, String value) {
    List<Tag> tags = new ArrayList<>(volume.tags());
    tags.add(Tag.builder().key(key).value(value).build());
    return tags;
  }

  private static Result rehearse(RestoreOrder order, ManualFault byHand) {
    Policy policy = new PolicyReader().read("policy.yaml", RestoresTest.POLICY);
    Faults none = Faults.NONE;
    Faults faults =
        new Faults(
            none.calls(),
            none.invocations(),
            none.executions(),
            none.guests(),
            none.sets(),
            none.instances(),
            none.events(),
            none.schedules(),
            none.alarms(),
            byHand);
    return Rehearsal.rehearse(
        policy,
        List.of(Scene.DUE),
        0,
        new CloudSettings(
            1, Scene.START, fleet(), SsmDocument.allDeployed(), time -> faults, 1_000),
        Scene.root().resolve("statemachines"),
        Optional.of(order),
        progress -> {});
  }

  private static RestoreOrder order(Destination to) {
    return new RestoreOrder(
        to,
        Optional.of(new InstanceId(TWO)).filter(any -> to == Destination.INSTANCE),
        Optional.of(new InstanceId(ONE)),
        Duration.ofDays(2),
        List.of(Consistency.values()),
        true);
  }

  static Stream<Arguments> ways() {
    return Stream.of(
        Arguments.of(Destination.VOLUMES, ManualFault.NONE),
        Arguments.of(Destination.INSTANCE, ManualFault.NONE),
        Arguments.of(Destination.NEW, ManualFault.NONE),
        Arguments.of(Destination.IN_PLACE, ManualFault.NONE),
        Arguments.of(Destination.ROOT, ManualFault.NONE),
        Arguments.of(Destination.VOLUMES, LOST),
        Arguments.of(Destination.INSTANCE, LOST),
        Arguments.of(Destination.NEW, LOST));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void whatIsRestoredIsAsItWas(Destination to, ManualFault byHand) {
    Result result = rehearse(order(to), byHand);

    JsonNode json = RunJson.tree(result);
    assertThat(json.get("restores")).hasSize(1);
    JsonNode restore = json.get("restores").get(0);
    assertThat(restore.get("status").asText())
        .as(restore.get("reason").asText())
        .isEqualTo("SUCCEEDED");
    assertThat(result.good()).isTrue();
    assertThat(restore.get("instanceId").asText()).isEqualTo(ONE);
    assertThat(restore.get("to").asText()).isEqualTo(to.word());
    assertThat(restore.get("states")).isNotEmpty();
    assertThat(restore.get("secondsToInitialized").asDouble())
        .isGreaterThanOrEqualTo(restore.get("secondsToAvailable").asDouble());
    assertThat(restore.get("volumes")).hasSize(to == Destination.ROOT ? 1 : 3);
    Map<String, Volume> originals = originals();
    restore.get("volumes").forEach(volume -> assertAsItWas(json, restore, volume, originals));
    assertThat(result.stillStopped()).isEmpty();
  }

  /** By the snapshot that each is of. */
  private static Map<String, Volume> originals() {
    return fleet().volumes().stream().collect(Collectors.toMap(Volume::volumeId, one -> one));
  }

  private static void assertAsItWas(
      JsonNode json, JsonNode restore, JsonNode volume, Map<String, Volume> originals) {
    Volume original = originals.get(originalOf(json, volume.get("snapshotId").asText()));
    JsonNode made = inEc2(json, volume.get("volumeId").asText());
    assertThat(volume.get("type").asText()).isEqualTo(original.volumeTypeAsString());
    assertThat(volume.get("sizeGiB").asInt()).isEqualTo(original.size());
    if (original.iops() != null) {
      assertThat(volume.get("iops").asInt()).isEqualTo(original.iops());
    }
    if (original.throughput() != null) {
      assertThat(volume.get("throughput").asInt()).isEqualTo(original.throughput());
    }
    Map<String, String> tags = new TreeMap<>();
    made.get("tags").properties().forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
    original.tags().forEach(tag -> assertThat(tags).containsEntry(tag.key(), tag.value()));
    assertThat(tags)
        .containsEntry(RestoreTags.RESTORE, restore.get("restoreId").asText())
        .containsEntry(RestoreTags.FROM, volume.get("snapshotId").asText());
    boolean attached = !restore.get("to").asText().equals("volumes");
    assertThat(volume.get("attachedTo").isNull()).isEqualTo(!attached);
    if (attached && !restore.get("to").asText().equals("instance")) {
      assertThat(volume.get("device").asText()).isEqualTo(original.attachments().get(0).device());
      assertThat(volume.get("deleteOnTermination").asBoolean())
          .isEqualTo(!original.volumeId().endsWith("02"));
    }
  }

  private static String originalOf(JsonNode json, String snapshot) {
    for (JsonNode one : json.get("ec2Snapshots")) {
      if (one.get("snapshotId").asText().equals(snapshot)) {
        return one.get("volumeId").asText();
      }
    }
    throw new AssertionError("no snapshot " + snapshot);
  }

  private static JsonNode inEc2(JsonNode json, String volume) {
    for (JsonNode one : json.get("ec2Volumes")) {
      if (one.get("volumeId").asText().equals(volume)) {
        return one;
      }
    }
    throw new AssertionError("no volume " + volume);
  }

  @ParameterizedTest
  @EnumSource(
      value = Destination.class,
      names = {"VOLUMES", "NEW", "IN_PLACE"})
  void theKeyIsThatOfTheSnapshot(Destination to) {
    Result result = rehearse(order(to), ManualFault.NONE);

    assertThat(result.restores().orElseThrow().volumes())
        .filteredOn(
            volume -> volume.tags().stream().anyMatch(tag -> tag.key().equals(RestoreTags.RESTORE)))
        .filteredOn(volume -> volume.volumeType() == VolumeType.IO2)
        .hasSize(1)
        .allMatch(Volume::encrypted)
        .extracting(Volume::kmsKeyId)
        .containsOnly(KEY);
  }

  @Test
  void eachInstanceIsRestoredUnlessOneIsNamed() {
    RestoreOrder each =
        new RestoreOrder(
            Destination.VOLUMES,
            Optional.empty(),
            Optional.empty(),
            Duration.ZERO,
            List.of(Consistency.values()),
            false);

    assertThat(rehearse(each, ManualFault.NONE).restores().orElseThrow().reports())
        .extracting(report -> report.instance().value())
        .containsExactly(ONE, TWO);
  }

  @Test
  void aRefusalIsAnAnswerWithItsReason() {
    RestoreOrder strict =
        new RestoreOrder(
            Destination.VOLUMES,
            Optional.empty(),
            Optional.of(new InstanceId(ONE)),
            Duration.ZERO,
            List.of(),
            false);

    Result result = rehearse(strict, ManualFault.NONE);

    RestoreReport refused = result.restores().orElseThrow().reports().get(0);
    assertThat(refused.status()).isEqualTo(Status.REFUSED);
    assertThat(refused.reason()).contains("CRASH");
    assertThat(refused.volumes()).isEmpty();
    assertThat(refused.states()).isEmpty();
    assertThat(result.good()).isTrue();
  }

  @Test
  void aRestoreThatFailsIsUndoneAndMakesTheRehearsalFail() {
    ManualFault disabled =
        cloud ->
            cloud
                .time()
                .at(
                    Scene.DUE.plus(Duration.ofDays(1)),
                    () -> cloud.ec2().kms().put(KEY, KeyState.DISABLED));

    Result result = rehearse(order(Destination.IN_PLACE), disabled);

    RestoreReport failed = result.restores().orElseThrow().reports().get(0);
    assertThat(failed.status()).isEqualTo(Status.UNDONE);
    assertThat(failed.reason()).contains(KEY);
    assertThat(failed.volumes()).allMatch(volume -> volume.volume().isEmpty());
    assertThat(result.good()).isFalse();
    assertThat(result.stillStopped()).isEmpty();
  }
}
