package dev.freezeframe.restore.view;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.inventory.Ec2Instances;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Volume;

/** Asks EC2 about volumes. */
record Ec2VolumeReader(Ec2Client ec2) {
  /** How many values a filter takes. */
  private static final int BATCH = 200;

  /**
   * Some volumes; those that do not exist are left out: an unknown id would fail the whole call.
   */
  Map<VolumeId, LiveVolume> find(Collection<VolumeId> volumes) {
    List<String> ids = volumes.stream().map(VolumeId::value).sorted().distinct().toList();
    Map<VolumeId, LiveVolume> found = new TreeMap<>();
    for (int from = 0; from < ids.size(); from += BATCH) {
      List<String> some = new ArrayList<>(ids.subList(from, Math.min(from + BATCH, ids.size())));
      ec2.describeVolumesPaginator(
              request -> request.filters(Filter.builder().name("volume-id").values(some).build()))
          .volumes()
          .forEach(volume -> found.put(new VolumeId(volume.volumeId()), live(volume)));
    }
    return found;
  }

  static LiveVolume live(Volume volume) {
    return new LiveVolume(
        new VolumeId(volume.volumeId()),
        String.valueOf(volume.volumeTypeAsString()),
        number(volume.iops()),
        number(volume.throughput()),
        volume.availabilityZone(),
        snapshot(volume),
        Ec2Instances.tags(volume.tags()));
  }

  /**
   * The snapshot that it was created of; empty for an empty volume, of which EC2 gives an empty
   * text.
   */
  static Optional<SnapshotId> snapshot(Volume volume) {
    return Optional.ofNullable(volume.snapshotId())
        .filter(id -> !id.isEmpty())
        .map(SnapshotId::new);
  }

  private static OptionalInt number(Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
