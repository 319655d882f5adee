package dev.freezeframe.rehearsal.run;

import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.instance.InstancePermission;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestoreTags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;

/** What EC2 shows of volumes, instances and images at a time. */
final class RestoreWorld {
  final List<Volume> volumes = new ArrayList<>();
  final Map<String, Instance> instances = new TreeMap<>();
  final List<Image> images = new ArrayList<>();

  /** Looks at a time. */
  static RestoreWorld at(EmbeddedCloud cloud, Instant when) {
    RestoreWorld world = new RestoreWorld();
    cloud.time().at(when, () -> cloud.time().start("look", () -> world.look(cloud)));
    return world;
  }

  private void look(EmbeddedCloud cloud) {
    Ec2Client ec2 = cloud.ec2().client(3, InstancePermission.ANY);
    ec2.describeVolumesPaginator(request -> request.maxResults(500))
        .volumes()
        .forEach(volumes::add);
    ec2.describeInstancesPaginator(request -> request.maxResults(500))
        .reservations()
        .forEach(
            reservation ->
                reservation
                    .instances()
                    .forEach(instance -> instances.put(instance.instanceId(), instance)));
    images.addAll(ec2.describeImages(request -> request.owners("self")).images());
  }

  /** The volumes that a restore created and that are there. */
  List<Volume> of(RestoreId id) {
    return volumes.stream()
        .filter(volume -> tag(volume.tags(), RestoreTags.RESTORE).equals(Optional.of(id.value())))
        .toList();
  }

  /** Device and volume of what is attached to an instance. */
  Map<String, String> attachedTo(String instance) {
    Map<String, String> attached = new TreeMap<>();
    for (Volume volume : volumes) {
      volume.attachments().stream()
          .filter(on -> instance.equals(on.instanceId()))
          .forEach(on -> attached.put(on.device(), volume.volumeId()));
    }
    return attached;
  }

  /** Device and flag of what is attached to an instance. */
  Map<String, Boolean> flags(String instance) {
    Map<String, Boolean> flags = new TreeMap<>();
    for (Volume volume : volumes) {
      volume.attachments().stream()
          .filter(on -> instance.equals(on.instanceId()))
          .forEach(on -> flags.put(on.device(), on.deleteOnTermination()));
    }
    return flags;
  }

  String state(String instance) {
    return instances.get(instance).state().nameAsString();
  }

  static Optional<String> tag(List<Tag> tags, String key) {
    return tags.stream().filter(tag -> tag.key().equals(key)).map(Tag::value).findFirst();
  }

  /**
   * An instance with the most volumes that a type has and a set holds, the root among them; devices
   * by the names that EC2 allows.
   */
  static Fleet largest() {
    Fleet plain = fleet(1, 127);
    Map<String, String> devices = new TreeMap<>();
    for (int place = 1; place <= 127; place++) {
      int number = place - 1;
      devices.put(
          Fleets.volumeId(1, place),
          number < 4 * 26
              ? "/dev/xvd%c%c".formatted('a' + number / 26, 'a' + number % 26)
              : "/dev/sd%c".formatted('b' + number - 4 * 26));
    }
    return new Fleet(
        plain.instances().stream()
            .map(
                instance ->
                    instance.copy(
                        builder ->
                            builder
                                .instanceType("m7i.48xlarge")
                                .blockDeviceMappings(
                                    instance.blockDeviceMappings().stream()
                                        .map(
                                            mapping ->
                                                mapping.copy(
                                                    to ->
                                                        to.deviceName(
                                                            devices.getOrDefault(
                                                                mapping.ebs().volumeId(),
                                                                mapping.deviceName()))))
                                        .toList())))
            .toList(),
        plain.volumes().stream()
            .map(
                volume ->
                    volume.copy(
                        builder ->
                            builder.attachments(
                                volume.attachments().stream()
                                    .map(
                                        on ->
                                            on.copy(
                                                to ->
                                                    to.device(
                                                        devices.getOrDefault(
                                                            volume.volumeId(), on.device()))))
                                    .toList())))
            .toList());
  }

  /** Instances of which everything is known that a launch needs. */
  static Fleet fleet(int instances, int dataVolumes) {
    Fleet plain = Fleets.of(instances, dataVolumes);
    return new Fleet(
        plain.instances().stream()
            .map(
                instance ->
                    instance.copy(
                        builder ->
                            builder
                                .imageId("ami-0123456789abcdef0")
                                .instanceType("m5.large")
                                .architecture("x86_64")
                                .virtualizationType("hvm")
                                .platformDetails("Linux/UNIX")
                                .usageOperation("RunInstances")
                                .enaSupport(true)
                                .rootDeviceType("ebs")
                                .placement(where -> where.availabilityZone("eu-central-1a"))
                                .subnetId("subnet-0123456789abcdef0")
                                .vpcId("vpc-0123456789abcdef0")
                                .securityGroups(
                                    GroupIdentifier.builder()
                                        .groupId("sg-0123456789abcdef0")
                                        .groupName("servers")
                                        .build())))
            .toList(),
        plain.volumes());
  }
}
