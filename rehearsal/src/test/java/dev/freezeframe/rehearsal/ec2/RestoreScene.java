package dev.freezeframe.rehearsal.ec2;

import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.cloud.Stage;
import dev.freezeframe.rehearsal.ec2.api.Ec2Settings;
import dev.freezeframe.rehearsal.ec2.snapshot.SetFault;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.instance.InstanceFault;
import dev.freezeframe.rehearsal.kms.EmbeddedKms;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.model.CreateVolumeResponse;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.SnapshotInfo;
import software.amazon.awssdk.services.ec2.model.Volume;

/**
 * Two instances of which the first has a root and two data volumes, and a completed set of it: what
 * a restore begins with.
 */
final class RestoreScene implements AutoCloseable {
  static final String FIRST = Fleets.instanceId(1);
  static final String SECOND = Fleets.instanceId(2);
  static final String ROOT = Fleets.volumeId(1, 0);
  static final String DATA = Fleets.volumeId(1, 1);
  static final String ZONE = "eu-central-1a";
  static final String KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd";
  static final String IMAGE = "ami-0123456789abcdef0";
  static final String SUBNET = "subnet-0123456789abcdef0";
  static final String GROUP = "sg-0123456789abcdef0";
  static final Duration SOON = Duration.ofMinutes(2);
  static final Caller RESTORE = new Caller("execution", "CreateVolumes", FIRST);

  final Stage stage;
  final EmbeddedKms kms = new EmbeddedKms();
  final EmbeddedEc2 ec2;

  /** In the order of the devices: the root, and two data volumes of which the last is encrypted. */
  final List<SnapshotInfo> set;

  RestoreScene() {
    this(CallFault.NONE, InstanceFault.NONE, 7);
  }

  RestoreScene(CallFault calls, InstanceFault faults, long seed) {
    this.stage = new Stage(calls);
    this.ec2 =
        new EmbeddedEc2(
            stage.time,
            new Seed(seed),
            stage.api,
            Ec2Settings.DEFAULTS,
            fleet(),
            SetFault.NONE,
            faults,
            kms,
            stage.events::add);
    this.set =
        call(() ->
                ec2.createSnapshots(
                    request -> request.instanceSpecification(of -> of.instanceId(FIRST))))
            .snapshots();
    stage.pass(Duration.ofMinutes(10));
    stage.events.clear();
  }

  private static Fleet fleet() {
    Fleet plain = Fleets.of(2, 2);
    List<Instance> instances =
        plain.instances().stream()
            .map(
                instance ->
                    instance.copy(
                        builder ->
                            builder
                                .imageId(IMAGE)
                                .instanceType("m5.large")
                                .architecture("x86_64")
                                .subnetId(SUBNET)
                                .vpcId("vpc-0123456789abcdef0")
                                .keyName("operators")
                                .iamInstanceProfile(
                                    profile ->
                                        profile.arn(
                                            "arn:aws:iam::123456789012:instance-profile/server"))
                                .securityGroups(
                                    GroupIdentifier.builder()
                                        .groupId(GROUP)
                                        .groupName("servers")
                                        .build())))
            .toList();
    List<Volume> volumes =
        plain.volumes().stream()
            .map(
                volume ->
                    volume.volumeId().equals(Fleets.volumeId(1, 2))
                        ? volume.copy(
                            builder ->
                                builder.encrypted(true).kmsKeyId(KEY).iops(4000).throughput(250))
                        : volume)
            .toList();
    return new Fleet(instances, volumes);
  }

  <T> T call(Supplier<T> body) {
    return stage.call(RESTORE, body);
  }

  String snapshot(int place) {
    return set.get(place).snapshotId();
  }

  /** A volume of a member of the set, as soon as every call knows it. */
  String volumeOf(int place) {
    CreateVolumeResponse made =
        call(
            () ->
                ec2.createVolume(
                    request -> request.snapshotId(snapshot(place)).availabilityZone(ZONE)));
    stage.pass(SOON);
    return made.volumeId();
  }

  Volume described(String id) {
    return call(() -> ec2.describeVolumes(request -> request.volumeIds(id))).volumes().get(0);
  }

  Instance instance(String id) {
    return call(() -> ec2.describeInstances(request -> request.instanceIds(id)))
        .reservations()
        .get(0)
        .instances()
        .get(0);
  }

  void stop(String id) {
    call(() -> ec2.stopInstances(request -> request.instanceIds(id)));
    stage.pass(SOON);
  }

  /** The details of the events of one type, in order. */
  List<String> told(String type) {
    return stage.events.stream()
        .filter(event -> event.get("detail-type").textValue().equals(type))
        .map(event -> event.get("detail").toString())
        .toList();
  }

  @Override
  public void close() {
    stage.close();
  }
}
