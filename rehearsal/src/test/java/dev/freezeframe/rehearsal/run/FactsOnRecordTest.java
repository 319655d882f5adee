package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.Json;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.ledger.RunJsonLedger;
import dev.freezeframe.restore.InstanceSettings;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.restore.VolumeSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfile;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsResponse;
import software.amazon.awssdk.services.ec2.model.Placement;
import software.amazon.awssdk.services.ec2.model.ProductCode;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;

/**
 * What a restore has to know is what DescribeInstances and DescribeVolumes said when the instance
 * was inspected: here each instance is terminated a minute after its set was taken.
 */
class FactsOnRecordTest {
  private static final String KEY =
      "arn:aws:kms:eu-central-1:123456789012:key/12345678-1234-1234-1234-123456789012";

  private static final String WHOLE =
      """
      name: daily
      schedule: {cron: "0 2 * * ? *"}
      volumes: {excludeBoot: false}
      pacing: {setsPerSecond: 5, jitter: 0s}
      """;

  private static final int IO2 = 4;
  private static final int GROUPED = 8;
  private static final int HIBERNATING = 12;

  /** What EC2 said before the firing. */
  private static final Map<InstanceId, Instance> INSTANCES = new TreeMap<>();

  private static final Map<VolumeId, Volume> VOLUMES = new TreeMap<>();
  private static Map<InstanceId, RestoreFacts> facts;
  private static Result result;

  @BeforeAll
  static void backUpAndTerminate() throws IOException {
    Fleet fleet = oddFleet();
    result =
        Scene.of(fleet)
            .policy(WHOLE)
            .besides(FactsOnRecordTest::describe)
            .alsoBesides(
                cloud ->
                    cloud
                        .time()
                        .at(
                            Scene.DUE.plus(Duration.ofMinutes(1)),
                            () ->
                                fleet
                                    .instances()
                                    .forEach(one -> cloud.ec2().terminate(one.instanceId()))))
            .play();
    facts = onRecord();
  }

  private static void describe(EmbeddedCloud cloud) {
    cloud
        .time()
        .start(
            "describe",
            () -> {
              cloud.ec2().describeInstancesPaginator(request -> {}).reservations().stream()
                  .flatMap(reservation -> reservation.instances().stream())
                  .forEach(one -> INSTANCES.put(new InstanceId(one.instanceId()), one));
              cloud.ec2().describeVolumesPaginator(request -> {}).volumes().stream()
                  .forEach(one -> VOLUMES.put(new VolumeId(one.volumeId()), one));
            });
  }

  /** As {@code ./rehearse explain} reads them. */
  private static Map<InstanceId, RestoreFacts> onRecord() throws IOException {
    Map<InstanceId, RestoreFacts> read = new TreeMap<>();
    RunJsonLedger ledger = RunJsonLedger.of(Json.mapper().readTree(RunJson.write(result)));
    for (SnapshotHistory life : result.lives().values()) {
      ledger.ledger().facts(life.row().set()).ifPresent(one -> read.put(one.instance(), one));
    }
    return read;
  }

  private static Fleet oddFleet() {
    List<UnaryOperator<Instance.Builder>> kinds =
        List.of(
            nitro -> nitro.instanceType("m5.large").enaSupport(true).hypervisor("xen"),
            xen -> xen.instanceType("m4.large").sriovNetSupport("simple").enaSupport(false),
            uefi ->
                uefi.instanceType("m6i.large")
                    .bootMode("uefi-preferred")
                    .currentInstanceBootMode("uefi")
                    .tpmSupport("v2.0"),
            io2 -> io2.instanceType("r5b.large"),
            encrypted -> encrypted.instanceType("c5.large").ebsOptimized(true),
            marketplace ->
                marketplace
                    .instanceType("t3.large")
                    .productCodes(
                        ProductCode.builder()
                            .productCodeId("abcdefghijklmnopqrstuvwxy")
                            .productCodeType("marketplace")
                            .build())
                    .usageOperation("RunInstances:00g0"),
            spot -> spot.instanceType("m5.large").instanceLifecycle("spot"),
            grouped -> grouped.instanceType("m5.large"),
            windows ->
                windows
                    .instanceType("m5.xlarge")
                    .platform("Windows")
                    .platformDetails("Windows with SQL Server Standard")
                    .usageOperation("RunInstances:0006"),
            arm -> arm.instanceType("m7g.large").architecture("arm64"),
            host ->
                host.instanceType("m5.large")
                    .placement(
                        where ->
                            where
                                .availabilityZone("eu-central-1b")
                                .tenancy("host")
                                .hostId("h-0123456789abcdef0")
                                .groupName("")),
            hibernating ->
                hibernating
                    .instanceType("m5.large")
                    .hibernationOptions(options -> options.configured(true)));
    List<Instance> instances = new ArrayList<>();
    List<Volume> volumes = new ArrayList<>();
    for (int number = 1; number <= kinds.size(); number++) {
      Fleet one = Fleets.one(number, 1);
      UnaryOperator<Instance.Builder> kind = kinds.get(number - 1);
      int of = number;
      instances.add(
          one.instances().get(0).copy(builder -> kind.apply(usual(builder, of)).tags(tags(of))));
      one.volumes().forEach(volume -> volumes.add(volume.copy(builder -> set(builder, of))));
    }
    instances.set(0, instances.get(0).copy(FactsOnRecordTest::bare));
    share(instances, volumes);
    return new Fleet(instances, volumes);
  }

  /** Without a profile, a key pair, a subnet. */
  private static void bare(Instance.Builder builder) {
    builder
        .iamInstanceProfile((IamInstanceProfile) null)
        .metadataOptions((InstanceMetadataOptionsResponse) null)
        .placement((Placement) null)
        .keyName("")
        .subnetId(null)
        .securityGroups(List.of());
  }

  private static Instance.Builder usual(Instance.Builder builder, int number) {
    return builder
        .architecture("x86_64")
        .imageId("ami-%017x".formatted(number))
        .keyName("ops")
        .usageOperation("RunInstances")
        .virtualizationType("hvm")
        .rootDeviceType("ebs")
        .vpcId("vpc-0123456789abcdef0")
        .subnetId("subnet-%017x".formatted(number))
        .privateIpAddress("10.0.0." + number)
        .ebsOptimized(false)
        .placement(
            where -> where.availabilityZone("eu-central-1a").tenancy("default").groupName(""))
        .iamInstanceProfile(
            profile -> profile.arn("arn:aws:iam::123456789012:instance-profile/web"))
        .securityGroups(
            GroupIdentifier.builder().groupId("sg-0123456789abcdef0").build(),
            GroupIdentifier.builder().groupId("sg-0123456789abcdef1").build())
        .metadataOptions(
            options ->
                options
                    .httpTokens("required")
                    .httpEndpoint("enabled")
                    .httpPutResponseHopLimit(number)
                    .instanceMetadataTags("disabled"));
  }

  private static List<Tag> tags(int number) {
    List<Tag> tags = new ArrayList<>();
    tags.add(tag("snapshot", "snapshot"));
    tags.add(tag("Name", "server <script>\u202e\"" + number));
    if (number == GROUPED) {
      tags.add(tag("aws:autoscaling:groupName", "web"));
    }
    return tags;
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private static void set(Volume.Builder builder, int number) {
    builder
        .availabilityZone("eu-central-1a")
        .encrypted(number % 2 == 1)
        .kmsKeyId(number % 2 == 1 ? KEY : null)
        .iops(3000 + number)
        .throughput(number == IO2 ? null : 125 + number)
        .multiAttachEnabled(false);
  }

  /** The data volume of one instance is attached to the next as well, under another name. */
  private static void share(List<Instance> instances, List<Volume> volumes) {
    String shared = Fleets.volumeId(IO2, 1);
    Instance next = instances.get(IO2);
    List<InstanceBlockDeviceMapping> mappings = new ArrayList<>(next.blockDeviceMappings());
    mappings.add(
        InstanceBlockDeviceMapping.builder()
            .deviceName("/dev/xvdba")
            .ebs(ebs -> ebs.volumeId(shared).deleteOnTermination(true))
            .build());
    instances.set(IO2, next.copy(builder -> builder.blockDeviceMappings(mappings)));
    volumes.replaceAll(
        volume -> volume.volumeId().equals(shared) ? sharedWith(volume, IO2 + 1) : volume);
  }

  private static Volume sharedWith(Volume volume, int instance) {
    List<VolumeAttachment> attachments = new ArrayList<>(volume.attachments());
    attachments.add(
        VolumeAttachment.builder()
            .instanceId(Fleets.instanceId(instance))
            .device("/dev/xvdba")
            .build());
    return volume.copy(
        builder -> builder.attachments(attachments).multiAttachEnabled(true).volumeType("io2"));
  }

  @Test
  void eachInstanceThatHasASetHasItsFactsOnRecordThoughAllAreGone() {
    assertThat(result.reports()).hasSize(12);
    assertThat(facts.keySet())
        .containsExactlyInAnyOrderElementsOf(
            INSTANCES.keySet().stream()
                .filter(id -> !id.value().equals(Fleets.instanceId(HIBERNATING)))
                .toList());
    assertThat(facts.values())
        .allSatisfy(
            one -> {
              assertThat(one.recordedAt()).isBetween(Scene.DUE, Scene.DUE.plusSeconds(30));
              assertThat(one.tagsLeftOut()).isEmpty();
            });
  }

  @Test
  void eachFactOfAnInstanceIsWhatEc2Said() {
    facts.forEach((id, one) -> assertIs(one.settings().orElseThrow(), INSTANCES.get(id)));
    assertThat(facts.values())
        .extracting(one -> one.settings().orElseThrow().autoScalingGroup())
        .filteredOn(Optional::isPresent)
        .containsExactly(Optional.of("web"));
  }

  private static void assertIs(InstanceSettings settings, Instance said) {
    assertThat(settings.type()).isEqualTo(text(said.instanceTypeAsString()));
    assertThat(settings.architecture()).isEqualTo(text(said.architectureAsString()));
    assertThat(settings.platformDetails()).isEqualTo(text(said.platformDetails()));
    assertThat(settings.usageOperation()).isEqualTo(text(said.usageOperation()));
    assertThat(settings.productCodes())
        .isEqualTo(said.productCodes().stream().map(ProductCode::productCodeId).toList());
    assertThat(settings.image()).isEqualTo(text(said.imageId()));
    assertThat(settings.keyName()).isEqualTo(text(said.keyName()));
    assertThat(settings.bootMode()).isEqualTo(text(said.bootModeAsString()));
    assertThat(settings.currentBootMode()).isEqualTo(text(said.currentInstanceBootModeAsString()));
    assertThat(settings.tpmSupport()).isEqualTo(text(said.tpmSupport()));
    assertThat(settings.enaSupport()).isEqualTo(Optional.ofNullable(said.enaSupport()));
    assertThat(settings.sriovNetSupport()).isEqualTo(text(said.sriovNetSupport()));
    assertThat(settings.virtualization()).isEqualTo(text(said.virtualizationTypeAsString()));
    assertThat(settings.rootDevice()).isEqualTo(text(said.rootDeviceName()));
    assertThat(settings.rootDeviceType()).isEqualTo(text(said.rootDeviceTypeAsString()));
    assertThat(settings.vpc()).isEqualTo(text(said.vpcId()));
    assertThat(settings.subnet()).isEqualTo(text(said.subnetId()));
    assertThat(settings.privateIp()).isEqualTo(text(said.privateIpAddress()));
    assertThat(settings.securityGroups())
        .isEqualTo(said.securityGroups().stream().map(GroupIdentifier::groupId).toList());
    assertThat(settings.profile())
        .isEqualTo(Optional.ofNullable(said.iamInstanceProfile()).map(IamInstanceProfile::arn));
    assertThat(settings.ebsOptimized()).isEqualTo(Boolean.TRUE.equals(said.ebsOptimized()));
    assertThat(settings.hibernation()).isFalse();
    assertThat(settings.lifecycle()).isEqualTo(text(said.instanceLifecycleAsString()));
    assertThat(settings.tags()).isEqualTo(tags(said.tags()));
    Placement placement = said.placement();
    assertThat(settings.placement().isPresent()).isEqualTo(placement != null);
    if (placement != null) {
      assertThat(settings.zone()).isEqualTo(text(placement.availabilityZone()));
      assertThat(settings.placement().get())
          .isEqualTo(
              new InstanceSettings.Placement(
                  text(placement.tenancyAsString()),
                  text(placement.groupName()),
                  text(placement.hostId())));
    }
    InstanceMetadataOptionsResponse options = said.metadataOptions();
    assertThat(settings.metadata().isPresent()).isEqualTo(options != null);
    if (options != null) {
      assertThat(settings.metadata().get())
          .isEqualTo(
              new InstanceSettings.Metadata(
                  Optional.of("required"),
                  Optional.of("enabled"),
                  options.httpPutResponseHopLimit(),
                  Optional.of("disabled")));
    }
  }

  @Test
  void eachFactOfAVolumeIsWhatEc2SaidOfItAndOfItsAttachmentToThatInstance() {
    assertThat(facts.values())
        .allSatisfy(
            one -> {
              assertThat(one.volumes())
                  .hasSize(INSTANCES.get(one.instance()).blockDeviceMappings().size());
              one.volumes().forEach(volume -> assertIs(volume, INSTANCES.get(one.instance())));
            });
    assertThat(facts.get(new InstanceId(Fleets.instanceId(IO2 + 1))).volumes())
        .filteredOn(VolumeSettings::multiAttach)
        .singleElement()
        .satisfies(
            shared -> {
              assertThat(shared.device()).contains("/dev/xvdba");
              assertThat(shared.deleteOnTermination()).contains(true);
              assertThat(shared.type()).contains("io2");
            });
  }

  private static void assertIs(VolumeSettings settings, Instance instance) {
    Volume said = VOLUMES.get(settings.volume());
    InstanceBlockDeviceMapping mapping =
        instance.blockDeviceMappings().stream()
            .filter(one -> one.ebs().volumeId().equals(said.volumeId()))
            .findFirst()
            .orElseThrow();
    assertThat(settings.device()).contains(mapping.deviceName());
    assertThat(settings.deleteOnTermination()).contains(mapping.ebs().deleteOnTermination());
    assertThat(settings.boot()).isEqualTo(mapping.deviceName().equals(instance.rootDeviceName()));
    assertThat(settings.type()).contains(said.volumeTypeAsString());
    assertThat(settings.iops()).isEqualTo(number(said.iops()));
    assertThat(settings.throughput()).isEqualTo(number(said.throughput()));
    assertThat(settings.sizeGiB()).isEqualTo(number(said.size()));
    assertThat(settings.zone()).contains(said.availabilityZone());
    assertThat(settings.encrypted()).contains(said.encrypted());
    assertThat(settings.kmsKeyId()).isEqualTo(text(said.kmsKeyId()));
    assertThat(settings.multiAttach()).isEqualTo(Boolean.TRUE.equals(said.multiAttachEnabled()));
    assertThat(settings.tags()).isEqualTo(tags(said.tags()));
  }

  /** One of this test, one selects, one for each backup; CostsTest has all calls of a backup. */
  @Test
  void noCallOfEc2IsMadeForThem() {
    assertThat(result.calls()).containsEntry("ec2:DescribeInstances", 13);
  }

  @Test
  void theEventOfABackupCarriesThem() {
    assertThat(
            result.firings().get(0).backups().stream()
                .flatMap(execution -> execution.output().stream())
                .map(event -> event.path("restore"))
                .filter(restore -> !restore.isMissingNode())
                .map(restore -> Json.mapper().convertValue(restore, RestoreFacts.class)))
        .containsExactlyInAnyOrderElementsOf(facts.values());
  }

  private static Map<String, String> tags(List<Tag> tags) {
    Map<String, String> map = new TreeMap<>();
    tags.forEach(tag -> map.put(tag.key(), tag.value()));
    return map;
  }

  private static Optional<String> text(String said) {
    return Optional.ofNullable(said).filter(words -> !words.isEmpty());
  }

  private static OptionalInt number(Integer said) {
    return said == null ? OptionalInt.empty() : OptionalInt.of(said);
  }
}
