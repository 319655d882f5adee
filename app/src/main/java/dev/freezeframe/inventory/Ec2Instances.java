package dev.freezeframe.inventory;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.LogSafe;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.policy.TagSelector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;
import software.amazon.awssdk.services.ec2.model.VolumeAttachmentState;

/** Asks EC2 about instances. */
public final class Ec2Instances implements Instances {
  /** Those of EC2 are shorter. */
  private static final int MAX_DEVICE = 40;

  private final Ec2Client ec2;

  public Ec2Instances(Ec2Client ec2) {
    this.ec2 = ec2;
  }

  /**
   * AWS documents the unit of a page as "items", which may be reservations of any number of
   * instances: a page that is larger is cut, and its rest asked for again.
   */
  @Override
  public Page select(List<TagSelector> targets, Optional<String> token, int size) {
    PageToken from = PageToken.parse(token);
    DescribeInstancesResponse page =
        ec2.describeInstances(
            request ->
                request
                    .filters(filter(targets))
                    .maxResults(size)
                    .nextToken(from.token().orElse(null)));
    List<InstanceFacts> found =
        facts(page).stream()
            .filter(instance -> from.isBefore(instance.id()))
            .sorted(Comparator.comparing(InstanceFacts::id))
            .toList();
    return found.size() > size
        ? new Page(found.subList(0, size), Optional.of(from.after(found.get(size - 1).id())))
        : new Page(found, Optional.ofNullable(page.nextToken()).filter(t -> !t.isEmpty()));
  }

  /**
   * One filter that lets through every instance that matches: filters of different names are ANDed,
   * targets are ORed, so several keys can only be asked for by key. Wildcards in a value let more
   * through; a backslash, which escapes them, would let less.
   */
  private static Filter filter(List<TagSelector> targets) {
    TreeSet<String> keys = new TreeSet<>();
    targets.forEach(target -> keys.add(target.key()));
    boolean byValue =
        targets.stream()
            .allMatch(target -> target.value().map(value -> !value.contains("\\")).orElse(false));
    if (keys.size() == 1 && byValue) {
      return Filter.builder()
          .name("tag:" + keys.first())
          .values(targets.stream().map(target -> target.value().orElseThrow()).toList())
          .build();
    }
    return Filter.builder().name("tag-key").values(keys).build();
  }

  @Override
  public Optional<InstanceFacts> find(InstanceId id) {
    try {
      return facts(ec2.describeInstances(request -> request.instanceIds(id.value()))).stream()
          .findFirst();
    } catch (Ec2Exception refused) {
      if ("InvalidInstanceID.NotFound".equals(refused.awsErrorDetails().errorCode())) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  @Override
  public Map<VolumeId, VolumeFacts> volumes(InstanceId id) {
    Map<VolumeId, VolumeFacts> volumes = new TreeMap<>();
    ec2.describeVolumesPaginator(
            request ->
                request.filters(
                    Filter.builder().name("attachment.instance-id").values(id.value()).build()))
        .volumes()
        .forEach(
            (Volume volume) ->
                volumes.put(
                    new VolumeId(volume.volumeId()),
                    new VolumeFacts(Ec2Settings.of(volume, id), elsewhere(volume, id))));
    return volumes;
  }

  /** A volume that is detaching may still be written to. */
  private static List<InstanceId> elsewhere(Volume volume, InstanceId id) {
    return volume.attachments().stream()
        .filter(attachment -> attachment.state() != VolumeAttachmentState.DETACHED)
        .map(VolumeAttachment::instanceId)
        .filter(instance -> instance != null && !instance.equals(id.value()))
        .map(InstanceId::new)
        .toList();
  }

  private static List<InstanceFacts> facts(DescribeInstancesResponse response) {
    List<InstanceFacts> found = new ArrayList<>();
    response
        .reservations()
        .forEach(
            reservation -> reservation.instances().forEach(instance -> found.add(facts(instance))));
    return found;
  }

  private static InstanceFacts facts(Instance instance) {
    Optional<VolumeId> boot = Optional.empty();
    List<VolumeId> volumes = new ArrayList<>();
    Map<VolumeId, String> devices = new TreeMap<>();
    Map<VolumeId, Boolean> deletedOnTermination = new TreeMap<>();
    for (InstanceBlockDeviceMapping device : instance.blockDeviceMappings()) {
      if (device.ebs() == null || device.ebs().volumeId() == null) {
        continue;
      }
      VolumeId volume = new VolumeId(device.ebs().volumeId());
      volumes.add(volume);
      if (device.ebs().deleteOnTermination() != null) {
        deletedOnTermination.put(volume, device.ebs().deleteOnTermination());
      }
      if (device.deviceName() != null) {
        devices.put(volume, LogSafe.of(device.deviceName(), MAX_DEVICE));
        if (device.deviceName().equals(instance.rootDeviceName())) {
          boot = Optional.of(volume);
        }
      }
    }
    return new InstanceFacts(
        new InstanceId(instance.instanceId()),
        instance.state().nameAsString(),
        Optional.ofNullable(instance.launchTime()),
        Ec2Settings.hibernation(instance),
        boot,
        volumes,
        devices,
        deletedOnTermination,
        tags(instance.tags()),
        Ec2Settings.of(instance));
  }

  /** Tags by key; one without a value has an empty one. */
  public static Map<String, String> tags(List<Tag> tags) {
    Map<String, String> map = new TreeMap<>();
    tags.stream()
        .filter(tag -> tag.key() != null)
        .forEach(tag -> map.put(tag.key(), tag.value() == null ? "" : tag.value()));
    return map;
  }
}
