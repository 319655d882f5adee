package dev.freezeframe.rehearsal.ec2;

import dev.freezeframe.rehearsal.cloud.Page;
import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.api.Matching;
import dev.freezeframe.rehearsal.ec2.api.Paging;
import dev.freezeframe.rehearsal.ec2.api.Tags;
import dev.freezeframe.rehearsal.ec2.inventory.Inventory;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotStore;
import dev.freezeframe.rehearsal.ec2.snapshot.StoredSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;

/** Answers the Describe calls. */
final class Descriptions {
  private static final List<String> STATES = List.of("pending", "completed", "error");
  private static final String ATTACHED_TO = "attachment.instance-id";

  private static final Matching<Instance> INSTANCES =
      new Matching<>(
          Instance::tags,
          Map.of(
              "instance-id",
              Instance::instanceId,
              "instance-state-name",
              instance -> Inventory.state(instance).toString(),
              "image-id",
              Instance::imageId,
              "client-token",
              Instance::clientToken));
  private static final Matching<Attached> VOLUMES =
      new Matching<>(
          attached -> attached.volume.tags(),
          Map.of(
              "volume-id",
              attached -> attached.volume.volumeId(),
              "status",
              attached -> attached.volume.stateAsString(),
              "snapshot-id",
              attached -> attached.volume.snapshotId(),
              "availability-zone",
              attached -> attached.volume.availabilityZone(),
              "attachment.status",
              attached -> attached.attachment.map(VolumeAttachment::stateAsString).orElse(null),
              "attachment.device",
              attached -> attached.attachment.map(VolumeAttachment::device).orElse(null),
              ATTACHED_TO,
              attached -> attached.attachment.map(VolumeAttachment::instanceId).orElse(null)));
  private static final Matching<StoredSnapshot> SNAPSHOTS =
      new Matching<>(
          snapshot -> Tags.list(snapshot.tags()),
          Map.of(
              "snapshot-id", StoredSnapshot::id,
              "volume-id", StoredSnapshot::volumeId,
              "status", snapshot -> snapshot.state().toString()));

  private final Inventory inventory;
  private final SnapshotStore snapshots;

  Descriptions(Inventory inventory, SnapshotStore snapshots) {
    this.inventory = inventory;
    this.snapshots = snapshots;
  }

  /** A page holds so many reservations: its "items", of any number of instances each. */
  DescribeInstancesResponse instances(DescribeInstancesRequest request) {
    Paging.check(request.maxResults(), request.instanceIds());
    List<Instance> found =
        !request.instanceIds().isEmpty()
            ? request.instanceIds().stream().sorted().map(inventory::asked).toList()
            : inventory.instances();
    SortedMap<String, List<Instance>> reserved = new TreeMap<>();
    found.stream()
        .map(inventory::described)
        .flatMap(Optional::stream)
        .filter(INSTANCES.of(request.filters()))
        .forEach(
            instance ->
                reserved
                    .computeIfAbsent(inventory.reservation(instance), id -> new ArrayList<>())
                    .add(instance));
    Page<Reservation> page =
        Paging.of(
            reserved.entrySet().stream()
                .map(
                    entry ->
                        Reservation.builder()
                            .reservationId(entry.getKey())
                            .instances(entry.getValue())
                            .build())
                .toList(),
            Reservation::reservationId,
            request.maxResults(),
            request.nextToken());
    return DescribeInstancesResponse.builder()
        .reservations(page.items())
        .nextToken(page.next())
        .build();
  }

  DescribeVolumesResponse volumes(DescribeVolumesRequest request) {
    Paging.check(request.maxResults(), request.volumeIds());
    List<Volume> found =
        !request.volumeIds().isEmpty()
            ? request.volumeIds().stream().sorted().map(inventory::volume).toList()
            : candidates(request.filters());
    Predicate<Attached> matches = VOLUMES.of(request.filters());
    Page<Volume> page =
        Paging.of(
            found.stream()
                .map(inventory::described)
                .flatMap(Optional::stream)
                .filter(volume -> Attached.all(volume).anyMatch(matches))
                .toList(),
            Volume::volumeId,
            request.maxResults(),
            request.nextToken());
    return DescribeVolumesResponse.builder().volumes(page.items()).nextToken(page.next()).build();
  }

  /** All volumes, or those of the instances that a filter names; the filters decide. */
  private List<Volume> candidates(List<Filter> filters) {
    return filters.stream()
        .filter(filter -> filter.name().equals(ATTACHED_TO) && !Matching.hasWildcard(filter))
        .findFirst()
        .map(filter -> inventory.attachedTo(filter.values()))
        .orElseGet(inventory::volumes);
  }

  DescribeSnapshotsResponse snapshots(DescribeSnapshotsRequest request) {
    Paging.check(request.maxResults(), request.snapshotIds());
    Ec2Refusal.unlessOwn("OwnerIds", request.ownerIds());
    for (Filter filter : request.filters()) {
      if (filter.name().equals("status") && !STATES.containsAll(filter.values())) {
        throw Ec2Refusal.of(
            "InvalidParameterValue",
            "The filter 'status' knows %s, not %s".formatted(STATES, filter.values()));
      }
    }
    List<StoredSnapshot> found =
        !request.snapshotIds().isEmpty()
            ? request.snapshotIds().stream().sorted().map(snapshots::visible).toList()
            : snapshots.visible();
    Page<StoredSnapshot> page =
        Paging.of(
            found.stream().filter(SNAPSHOTS.of(request.filters())).toList(),
            StoredSnapshot::id,
            request.maxResults(),
            request.nextToken());
    return DescribeSnapshotsResponse.builder()
        .snapshots(page.items().stream().map(StoredSnapshot::described).toList())
        .nextToken(page.next())
        .build();
  }

  /** A volume with one of its attachments, or with none. */
  private record Attached(Volume volume, Optional<VolumeAttachment> attachment) {
    static Stream<Attached> all(Volume volume) {
      return volume.attachments().isEmpty()
          ? Stream.of(new Attached(volume, Optional.empty()))
          : volume.attachments().stream()
              .map(attachment -> new Attached(volume, Optional.of(attachment)));
    }
  }
}
