package dev.freezeframe.slot;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.snapshot.SnapshotTags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.SnapshotState;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/** Asks EC2 for snapshots by their state. */
public final class Ec2PendingSnapshots implements PendingSnapshots {
  /** The most that EC2 puts on a page, so that a look is one call in an ordinary account. */
  private static final int PAGE = 1000;

  /** How many values a filter takes. */
  private static final int BATCH = 200;

  private final Ec2Client ec2;

  public Ec2PendingSnapshots(Ec2Client ec2) {
    this.ec2 = ec2;
  }

  @Override
  public List<PendingSnapshot> look() {
    return ec2
        .describeSnapshotsPaginator(
            request ->
                request
                    .ownerIds("self")
                    .maxResults(PAGE)
                    .filters(
                        Filter.builder()
                            .name("status")
                            .values(
                                SnapshotState.PENDING.toString(), SnapshotState.ERROR.toString())
                            .build()))
        .snapshots()
        .stream()
        .map(
            snapshot ->
                new PendingSnapshot(
                    new SnapshotId(snapshot.snapshotId()),
                    new VolumeId(snapshot.volumeId()),
                    set(snapshot),
                    snapshot.state() == SnapshotState.ERROR))
        .toList();
  }

  private static Optional<AttemptId> set(Snapshot snapshot) {
    return snapshot.tags().stream()
        .filter(tag -> tag.key().equals(SnapshotTags.SET))
        .map(Tag::value)
        .filter(AttemptId::isWellFormed)
        .map(AttemptId::new)
        .findFirst();
  }

  /** Asked by a filter: one id that is gone would fail a call by ids. */
  @Override
  public Set<VolumeId> slow(Collection<VolumeId> volumes) {
    List<String> ids = volumes.stream().map(VolumeId::value).toList();
    Set<VolumeId> slow = new TreeSet<>();
    for (List<String> batch : batches(ids)) {
      ec2
          .describeVolumesPaginator(
              request -> request.filters(Filter.builder().name("volume-id").values(batch).build()))
          .volumes()
          .stream()
          .filter(
              volume ->
                  volume.volumeType() == VolumeType.ST1 || volume.volumeType() == VolumeType.SC1)
          .forEach(volume -> slow.add(new VolumeId(volume.volumeId())));
    }
    return slow;
  }

  private static List<List<String>> batches(List<String> ids) {
    List<List<String>> batches = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += BATCH) {
      batches.add(ids.subList(from, Math.min(from + BATCH, ids.size())));
    }
    return batches;
  }
}
