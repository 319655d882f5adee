package dev.freezeframe.ledger;

import dev.freezeframe.policy.TagSelector;
import dev.freezeframe.retention.LiveSnapshot;
import dev.freezeframe.retention.LiveSnapshots;
import dev.freezeframe.snapshot.SnapshotId;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.snapshot.SnapshotTags;
import dev.freezeframe.target.InstanceId;
import dev.freezeframe.target.VolumeId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An EC2 that has every snapshot of a fleet, none of them protected. */
record EverythingLives(KeptFleet fleet) implements LiveSnapshots {

  @Override
  public Map<SnapshotId, LiveSnapshot> find(Collection<SnapshotId> snapshots) {
    Map<SnapshotId, LiveSnapshot> found = new TreeMap<>();
    for (SnapshotId snapshot : snapshots) {
      KeptFleet.Tags tags = fleet.tags(snapshot);
      found.put(
          snapshot,
          new LiveSnapshot(
              snapshot,
              new VolumeId("vol-00000000000000000"),
              tags.pointInTime(),
              SnapshotState.COMPLETED,
              Optional.of(tags.pointInTime().plusSeconds(300)),
              Map.of(SnapshotTags.RUN, tags.run().value(), SnapshotTags.SET, tags.set().value()),
              Optional.empty(),
              List.of()));
    }
    return found;
  }

  @Override
  public Map<SnapshotId, LiveSnapshot> existing(Collection<SnapshotId> snapshots) {
    return find(snapshots);
  }

  @Override
  public Map<SnapshotId, List<String>> sharing(Collection<SnapshotId> snapshots) {
    return Map.of();
  }

  @Override
  public Page tagged(TagSelector tag, Optional<String> token) {
    throw new UnsupportedOperationException("a plan does not look for snapshots by tag");
  }

  @Override
  public Map<VolumeId, InstanceId> attachedTo(Collection<VolumeId> volumes) {
    throw new UnsupportedOperationException("a plan does not ask for volumes");
  }

  @Override
  public Ending delete(SnapshotId snapshot) {
    throw new UnsupportedOperationException("a plan deletes nothing");
  }
}
