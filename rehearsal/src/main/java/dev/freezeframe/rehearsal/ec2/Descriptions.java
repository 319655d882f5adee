package dev.freezeframe.rehearsal.ec2;

import dev.freezeframe.rehearsal.cloud.Page;
import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.api.Matching;
import dev.freezeframe.rehearsal.ec2.api.Tags;
import dev.freezeframe.rehearsal.ec2.inventory.Inventory;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotStore;
import dev.freezeframe.rehearsal.ec2.snapshot.StoredSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  private static final int MIN_RESULTS = 5;
  private static final int MAX_RESULTS = 1000;
  private static final List<String> STATES = List.of("pending", "completed", "error");
  private static final String ATTACHED_TO = "attachment.instance-id";

  private static final Matching<Instance> INSTANCES =
      new Matching<>(
          Instance::tags,
          Map.of(
              "instance-id",
              Instance::instanceId,
              "instance-state-name",
              instance -> Inventory.state(instance).toString()));
  private static final Matching<Attached> VOLUMES =
      new Matching<>(
          attached -> attached.volume.tags(),
          Map.of(
              "volume-id",
              attached -> attached.volume.volumeId(),
              "status",
              attached -> attached.volume.stateAsString(),
              ATTACHED_TO,
              Attached::instanceId));
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
    checkPaging(request.maxResults(), request.instanceIds());
    List<Instance> found =
        !request.instanceIds().isEmpty()
            ? request.instanceIds().stream().sorted().map(inventory::instance).toList()
            : inventory.instances();
    SortedMap<String, List<Instance>> reserved = new TreeMap<>();
    found.stream()
        .map(inventory::described)
        .filter(INSTANCES.of(request.filters()))
        .forEach(
            instance ->
                reserved
                    .computeIfAbsent(inventory.reservation(instance), id -> new ArrayList<>())
                    .add(instance));
    Page<Reservation> page =
        Page.of(
            reserved.entrySet().stream()
                .map(
                    entry ->
                        Reservation.builder()
                            .reservationId(entry.getKey())
                            .instances(entry.getValue())
                            .build())
                .toList(),
            Reservation::reservationId,
            most(request.maxResults()),
            request.nextToken(),
            Ec2Refusal::badToken);
    return DescribeInstancesResponse.builder()
        .reservations(page.items())
        .nextToken(page.next())
        .build();
  }

  DescribeVolumesResponse volumes(DescribeVolumesRequest request) {
    checkPaging(request.maxResults(), request.volumeIds());
    List<Volume> found =
        !request.volumeIds().isEmpty()
            ? request.volumeIds().stream().sorted().map(inventory::volume).toList()
            : candidates(request.filters());
    Predicate<Attached> matches = VOLUMES.of(request.filters());
    Page<Volume> page =
        Page.of(
            found.stream().filter(volume -> Attached.all(volume).anyMatch(matches)).toList(),
            Volume::volumeId,
            most(request.maxResults()),
            request.nextToken(),
            Ec2Refusal::badToken);
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
    checkPaging(request.maxResults(), request.snapshotIds());
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
        Page.of(
            found.stream().filter(SNAPSHOTS.of(request.filters())).toList(),
            StoredSnapshot::id,
            most(request.maxResults()),
            request.nextToken(),
            Ec2Refusal::badToken);
    return DescribeSnapshotsResponse.builder()
        .snapshots(page.items().stream().map(StoredSnapshot::described).toList())
        .nextToken(page.next())
        .build();
  }

  private static void checkPaging(Integer maxResults, List<String> ids) {
    if (maxResults == null) {
      return;
    }
    if (!ids.isEmpty()) {
      throw Ec2Refusal.of(
          "InvalidParameterCombination",
          "The parameter MaxResults cannot be used with a list of ids");
    }
    if (maxResults < MIN_RESULTS) {
      throw Ec2Refusal.of(
          "InvalidParameterValue",
          "Value ( %d ) for parameter maxResults is invalid. Expecting a value of at least %d."
              .formatted(maxResults, MIN_RESULTS));
    }
  }

  private static Integer most(Integer maxResults) {
    return maxResults == null ? null : (Integer) Math.min(maxResults, MAX_RESULTS);
  }

  /** A volume with one of the instances that it is attached to, or with none. */
  private record Attached(Volume volume, String instanceId) {
    static Stream<Attached> all(Volume volume) {
      return volume.attachments().isEmpty()
          ? Stream.of(new Attached(volume, null))
          : volume.attachments().stream()
              .map(VolumeAttachment::instanceId)
              .map(instance -> new Attached(volume, instance));
    }
  }
}
