package dev.freezeframe.ledger;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.ledger.dynamo.KeptFleet;
import dev.freezeframe.retention.Ec2SnapshotsOfPlan;
import dev.freezeframe.snapshot.Ec2Snapshot;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.snapshot.SnapshotTags;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An EC2 that has every snapshot of a fleet, none of them protected. */
public record EverythingLives(KeptFleet fleet) implements Ec2SnapshotsOfPlan {

  @Override
  public Map<SnapshotId, Ec2Snapshot> find(Collection<SnapshotId> snapshots) {
    Map<SnapshotId, Ec2Snapshot> found = new TreeMap<>();
    for (SnapshotId snapshot : snapshots) {
      KeptFleet.Tags tags = fleet.tags(snapshot);
      found.put(
          snapshot,
          new Ec2Snapshot(
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
}
