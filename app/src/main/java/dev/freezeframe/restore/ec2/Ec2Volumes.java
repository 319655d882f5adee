package dev.freezeframe.restore.ec2;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.inventory.Ec2Instances;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestorePlan.Creation;
import dev.freezeframe.restore.RestoreTags;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMappingSpecification;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeStatusItem;

/** Volumes in EC2. */
public final class Ec2Volumes implements Volumes {
  /** EC2 takes 200 values in a filter. */
  private static final int FILTER = 200;

  /** What EC2 says of a volume that is not where the call would have it. */
  private static final Set<String> NOT_NOW = Set.of("VolumeInUse", "IncorrectState");

  private final Ec2Client ec2;

  /**
   * Adapts EC2.
   *
   * @param ec2 may retry: no call is for anything that is made once only
   */
  public Ec2Volumes(Ec2Client ec2) {
    this.ec2 = ec2;
  }

  @Override
  public List<VolumeView> tagged(String key, String value) {
    return describe("tag:" + key, List.of(value));
  }

  @Override
  public Map<VolumeId, VolumeView> find(Collection<VolumeId> volumes) {
    Map<VolumeId, VolumeView> found = new TreeMap<>();
    List<String> ids = volumes.stream().map(VolumeId::value).distinct().toList();
    for (int from = 0; from < ids.size(); from += FILTER) {
      // By a filter: an id that is unknown is left out, and does not fail the whole call.
      describe("volume-id", ids.subList(from, Math.min(from + FILTER, ids.size())))
          .forEach(volume -> found.put(volume.id(), volume));
    }
    return found;
  }

  @Override
  public List<VolumeView> attachedTo(InstanceId instance) {
    return describe("attachment.instance-id", List.of(instance.value()));
  }

  private List<VolumeView> describe(String filter, List<String> values) {
    return ec2
        .describeVolumesPaginator(
            request -> request.filters(Filter.builder().name(filter).values(values).build()))
        .volumes()
        .stream()
        .map(Ec2Volumes::view)
        .toList();
  }

  private static VolumeView view(Volume volume) {
    return new VolumeView(
        new VolumeId(volume.volumeId()),
        Optional.ofNullable(volume.snapshotId()).filter(id -> !id.isEmpty()).map(SnapshotId::new),
        volume.stateAsString(),
        volume.attachments().stream()
            .filter(known -> !"detached".equals(known.stateAsString()))
            .map(
                known ->
                    new VolumeView.Attachment(
                        new InstanceId(known.instanceId()),
                        String.valueOf(known.device()),
                        String.valueOf(known.stateAsString()),
                        Boolean.TRUE.equals(known.deleteOnTermination())))
            .toList(),
        Ec2Instances.tags(volume.tags()));
  }

  @Override
  public VolumeId create(RestoreId restore, Creation creation, String zone, OptionalInt rate) {
    CreateVolumeRequest.Builder request =
        CreateVolumeRequest.builder()
            .clientToken(token(restore, creation.snapshot()))
            .availabilityZone(zone)
            .snapshotId(creation.snapshot().value())
            .volumeType(creation.type())
            .size(creation.sizeGiB())
            .tagSpecifications(
                TagSpecification.builder()
                    .resourceType(ResourceType.VOLUME)
                    .tags(tags(tags(restore, creation)))
                    .build());
    creation.iops().ifPresent(request::iops);
    creation.throughput().ifPresent(request::throughput);
    rate.ifPresent(request::volumeInitializationRate);
    try {
      return new VolumeId(ec2.createVolume(request.build()).volumeId());
    } catch (Ec2Exception refused) {
      throw Ec2Refusals.told("CreateVolume of " + creation.snapshot(), refused);
    }
  }

  /** All tags of a created volume. */
  public static Map<String, String> tags(RestoreId restore, Creation creation) {
    Map<String, String> tags = new TreeMap<>(creation.tags());
    tags.put(RestoreTags.RESTORE, restore.value());
    tags.put(RestoreTags.FROM, creation.snapshot().value());
    return tags;
  }

  static List<Tag> tags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  /** 64 characters, which is all that EC2 takes. */
  private static String token(RestoreId restore, SnapshotId snapshot) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest("%s/%s".formatted(restore, snapshot).getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("expected SHA-256 in every Java", impossible);
    }
  }

  @Override
  public boolean attach(VolumeId volume, InstanceId instance, String device) {
    try {
      ec2.attachVolume(
          request -> request.volumeId(volume.value()).instanceId(instance.value()).device(device));
      return true;
    } catch (Ec2Exception refused) {
      if (NOT_NOW.contains(Ec2Refusals.code(refused))) {
        return false;
      }
      throw Ec2Refusals.told(
          "AttachVolume of %s to %s as %s".formatted(volume, instance, device), refused);
    }
  }

  @Override
  public void detach(VolumeId volume, InstanceId instance) {
    try {
      ec2.detachVolume(request -> request.volumeId(volume.value()).instanceId(instance.value()));
    } catch (Ec2Exception refused) {
      if (!NOT_NOW.contains(Ec2Refusals.code(refused))) {
        throw Ec2Refusals.told("DetachVolume of %s from %s".formatted(volume, instance), refused);
      }
    }
  }

  @Override
  public void goWithInstance(InstanceId instance, Map<String, Boolean> flags) {
    List<InstanceBlockDeviceMappingSpecification> mappings = new ArrayList<>();
    new TreeMap<>(flags)
        .forEach(
            (device, flag) ->
                mappings.add(
                    InstanceBlockDeviceMappingSpecification.builder()
                        .deviceName(device)
                        .ebs(ebs -> ebs.deleteOnTermination(flag))
                        .build()));
    try {
      ec2.modifyInstanceAttribute(
          request -> request.instanceId(instance.value()).blockDeviceMappings(mappings));
    } catch (Ec2Exception refused) {
      throw Ec2Refusals.told(
          "ModifyInstanceAttribute of %s: DeleteOnTermination of %s"
              .formatted(instance, flags.keySet()),
          refused);
    }
  }

  @Override
  public void tag(Collection<VolumeId> volumes, Map<String, String> tags) {
    try {
      ec2.createTags(
          request ->
              request.resources(volumes.stream().map(VolumeId::value).toList()).tags(tags(tags)));
    } catch (Ec2Exception refused) {
      throw Ec2Refusals.told("CreateTags on %s".formatted(volumes), refused);
    }
  }

  @Override
  public void delete(VolumeId volume) {
    try {
      ec2.deleteVolume(request -> request.volumeId(volume.value()));
    } catch (Ec2Exception refused) {
      String code = Ec2Refusals.code(refused);
      if (!NOT_NOW.contains(code) && !code.equals("InvalidVolume.NotFound")) {
        throw Ec2Refusals.told("DeleteVolume of " + volume, refused);
      }
    }
  }

  @Override
  public List<VolumeId> initialized(Collection<VolumeId> volumes) {
    List<VolumeId> initialized = new ArrayList<>();
    List<String> ids = volumes.stream().map(VolumeId::value).distinct().toList();
    for (int from = 0; from < ids.size(); from += FILTER) {
      List<String> some = ids.subList(from, Math.min(from + FILTER, ids.size()));
      ec2
          .describeVolumeStatusPaginator(request -> request.volumeIds(some))
          .volumeStatuses()
          .stream()
          .filter(Ec2Volumes::initialized)
          .forEach(status -> initialized.add(new VolumeId(status.volumeId())));
    }
    return initialized;
  }

  /** EC2 gives details of a volume only while there is something to initialize, or was. */
  private static boolean initialized(VolumeStatusItem status) {
    return status.initializationStatusDetails() != null
        && status.initializationStatusDetails().progress() != null
        && status.initializationStatusDetails().progress() >= 100;
  }
}
